"""The list of Manifests, and of each who signed it again."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.workbooks import Column as Export
from signatories import manifests
from signatories.filters import ManifestFilter, SignedAgainFilter
from signatories.models import Manifest, Organisation
from signatories.views.manifests import address, crumbs


class ManifestList(ListPage):
    """All Manifests, the newest first, with what was in force on the day."""

    noun = "Manifesten"
    template = "signatories/manifest_list.html"
    columns = (
        Column("name", "Manifest", sort="naam"),
        Column("opened", "Eerste ondertekening", sort="begin"),
        Column("until", "Looptijd tot en met"),
        Column("signatures", "Handtekeningen van kracht", numeric=True),
    )
    sorts = {"naam": "name", "begin": "opened_on"}
    default_sort = "-begin"
    then = ("slug",)
    empty = "Er staat nog geen manifest in het register."
    header = (
        *("sleutel", "naam", "eerste ondertekening", "looptijd tot en met", "beëindigd op"),
        *(
            "handtekeningen van kracht",
            "maanden voor een plan",
            "vorig manifest",
            "vindplaats",
            "bron",
            "demo",
        ),
    )
    export = "signatories:manifest-export"
    meanings = {
        "naam": "Hoe het manifest heet.",
        "eerste ondertekening": "De dag waarop voor het eerst is ondertekend.",
        "looptijd tot en met": "Met de verlengingen waartoe op de peildatum was besloten; leeg: niet bekend.",
        "beëindigd op": "Leeg: niet voortijdig beëindigd.",
        "handtekeningen van kracht": "Hoeveel er op de peildatum van kracht zijn.",
        "maanden voor een plan": "Zoveel maanden na de eigen ondertekening is het actieplan er.",
        "vorig manifest": "De sleutel van het manifest waar dit op volgt.",
        "bron": "Waar dit staat.",
    }

    def rows(self) -> QuerySet[Manifest]:
        found = Manifest.objects.select_related("predecessor").prefetch_related("extensions")
        return manifests.with_signatures(found, self.on)

    def narrowed(self, rows: QuerySet[Manifest]) -> ManifestFilter:
        return ManifestFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        return {
            "keeps": may(reader(self.request), Action.KEEP_REGISTER),
            "crumbs": [("Ondertekenaars", self.link("signatories:signatory-list")), (self.noun, "")],
        }

    def row(self, item: Any) -> Row:
        return Row(
            [
                Cell(item.name, address(self.request, item), "demo" if item.is_demo else "", "warn"),
                Cell(long_date(item.opened_on)),
                Cell(manifests.until(item, self.on) or ""),
                Cell(item.in_force),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.name,
            item.opened_on,
            manifests.until(item, self.on),
            item.ended_on,
            item.in_force,
            item.plan_term_months,
            item.predecessor.slug if item.predecessor else None,
            item.citation,
            item.source,
            item.is_demo,
        ]


class SignedAgainList(ListPage):
    """Who of the predecessor's signatories signed this Manifest too, and who did not."""

    noun = "Opnieuw ondertekend"
    template = "signatories/manifest_again.html"
    columns = (
        Column("name", "Organisatie", sort="naam"),
        Column("kind", "Soort", sort="soort"),
        Column("before", "Tekende het vorige", sort="vorige"),
        Column("again", "Tekende opnieuw", sort="opnieuw"),
    )
    sorts = {
        "naam": "sort_name_on_day",
        "soort": "kind",
        "vorige": "signed_before",
        "opnieuw": "signed_again",
    }
    default_sort = "naam"
    then = ("sort_name_on_day", "key")
    empty = "Er is niemand gevonden die het vorige manifest tekende."
    header = (
        "code",
        "naam",
        "soort",
        Export("tekende het vorige", "De dag van de handtekening onder het vorige manifest.", derived=True),
        Export("tekende opnieuw", "De dag van de handtekening hieronder; leeg: nog niet.", derived=True),
        "demo",
    )
    export = "signatories:manifest-again-export"

    @cached_property
    def manifest(self) -> Manifest:
        rows = Manifest.objects.select_related("predecessor")
        found = get_object_or_404(rows, slug=self.kwargs["slug"])
        if found.predecessor is None:
            raise Http404
        return found

    def export_address(self) -> str:
        return reverse(self.export, args=[self.manifest.slug])

    def rows(self) -> QuerySet[Organisation]:
        visible = Organisation.objects.visible_to(reader(self.request), on=timezone.localdate())
        found = manifests.before(self.manifest, self.on).filter(pk__in=visible.values("pk"))
        return found.with_name(on=self.on)

    def narrowed(self, rows: QuerySet[Organisation]) -> SignedAgainFilter:
        return SignedAgainFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        found = manifests.before(self.manifest, self.on)
        return {
            "manifest": self.manifest,
            "again": found.filter(Q(("is_again", True))).count(),
            "whole": found.count(),
            "crumbs": [*crumbs(self.request, self.manifest), ("Opnieuw ondertekend", "")],
        }

    def row(self, item: Any) -> Row:
        name = self.link("signatories:organisation-detail", item.key)
        again = Cell(item.signed_again) if item.is_again else Cell("", tag="nog niet", tone="warn")
        return Row(
            [
                Cell(item.name_on_day or item.key, name, "demo" if item.is_demo else "", "warn"),
                Cell(item.get_kind_display()),
                Cell(_day(item.signed_before)),
                again if not item.is_again else Cell(_day(item.signed_again)),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        days = (item.signed_before, item.signed_again)
        return [item.key, item.name_on_day, item.get_kind_display(), *days, item.is_demo]


def _day(value: Any) -> str:
    return long_date(getattr(value, "last_day", value)) if value else ""
