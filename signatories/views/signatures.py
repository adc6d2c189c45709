"""Who stands under the Manifest on the reference date, and one signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, Scope, may, reader, scope
from mvi_portal.core import workbooks
from mvi_portal.core.contributions import signature_panels
from mvi_portal.core.lists import ListPage
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from signatories import incoming, signing
from signatories.filters import SignatoryFilter
from signatories.listed import listed
from signatories.models import Signatory, Signature
from signatories.models.signatures import SignatoryQuerySet
from signatories.together import several, together


class SignatoryList(ListPage):
    noun = "Ondertekenaars"
    template = "signatories/signatory_list.html"
    columns = (
        Column("name", "Organisatie", sort="naam"),
        Column("kind", "Soort", sort="soort"),
        Column("signed", "Ondertekend op", sort="ondertekend"),
        Column("office", "Ambt"),
        Column("others", "Mede voor"),
        Column("via", "Door opvolging van"),
    )
    sorts = {"naam": "sort_name_on_day", "soort": "organisation__kind", "ondertekend": "signature__signed_on"}
    default_sort = "naam"
    then = ("sort_name_on_day", "signature__slug", "pk")
    empty = "Geen ondertekenaars gevonden op deze peildatum."
    export = "signatories:signatory-export"
    counts_apart = True

    def explained(self) -> Sequence[workbooks.Column]:
        """Those that come in: what is exported can be imported again."""
        return incoming.columns()

    def rows(self) -> QuerySet[Signatory]:
        visible = Signatory.objects.visible_to(reader(self.request), on=timezone.localdate())
        return visible.in_force(on=self.on)

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what an export tells; a page is found by its keys."""
        found = cast("SignatoryQuerySet", rows)
        if not self.as_csv:
            return super().sorted(found.with_name(on=self.on, fields=["sort_name"]).only("pk"))
        named = found.with_name(on=self.on).with_via(on=self.on)
        return super().sorted(
            named.select_related("organisation", "signature__manifest", "signature__office")
        )

    def paged(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """What was sorted are the keys."""
        return found

    def total(self) -> int:
        return self.counts["rows"]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows, organisations and signatures: one query."""
        found: dict[str, int] = self.found.qs.aggregate(
            rows=Count("pk"),
            organisations=Count("organisation", distinct=True),
            signatures=Count("signature", distinct=True),
        )
        return found

    def narrowed(self, rows: QuerySet[Signatory]) -> SignatoryFilter:
        return SignatoryFilter(self.request.GET, rows)

    def prepare(self, items: Sequence[Signatory]) -> None:
        """Who reads only of the own organisation, sees only the own names."""
        self.listed = {} if self.as_csv else listed((item.pk for item in items), on=self.on)
        if self.as_csv or scope(reader(self.request), Action.READ) is not Scope.YES:
            told: Any = items if self.as_csv else self.listed.values()
            self.others = together(told, self.request, self.on, in_force=True)
        else:
            self.others = {row.pk: row.others for row in self.listed.values()}

    def extra(self) -> dict[str, Any]:
        return {**self.counts, "keeps": may(reader(self.request), Action.KEEP_REGISTER)}

    def row(self, item: Any) -> Row:
        told = self.listed[item.pk]
        whose = self.link("signatories:organisation-detail", told.key)
        which = self.link("signatories:signature-detail", told.manifest, told.slug)
        return Row(
            [
                Cell(told.name or told.key, whose, told.tag, "warn"),
                Cell(told.kind_label),
                Cell(told.signed_on, which),
                Cell(told.office or ""),
                Cell(several(self.others[told.pk])),
                Cell(told.via or ""),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        signature, organisation = item.signature, item.organisation
        return [
            organisation.key,
            item.name_on_day,
            organisation.get_kind_display(),
            signature.manifest.slug,
            signature.slug,
            signature.signed_on,
            signature.office,
            signature.number,
            signature.citation,
            signature.source,
            signature.withdrawn_on,
            item.valid_from,
            item.valid_until,
            ", ".join(self.others[item.pk]),
            item.via_on_day,
            item.is_demo or organisation.is_demo,
        ]


@require_safe
def signature_detail(request: HttpRequest, manifest: str, slug: str) -> HttpResponse:
    on, user, today = on_of(request), reader(request), timezone.localdate()
    visible = Signature.objects.visible_to(user, on=today).with_state(on=on)
    signature = get_object_or_404(
        visible.select_related("manifest", "office"), manifest__slug=manifest, slug=slug
    )
    rows = Signatory.objects.visible_to(user, on=today).filter(signature=signature)
    keeps = may(user, Action.KEEP_REGISTER)
    table = signing.organisations(
        rows.with_name(on=on).with_via(on=on).with_state(on=on), request, keeps=keeps
    )
    context = {
        "signature": signature,
        "title": signing.title(table),
        "on": on,
        "keeps": keeps,
        "changes": change_lines(signature) if keeps else [],
        "facts": signing.facts(signature),
        "documents": signing.documents(signature, request, keeps=keeps),
        "table": table,
        "panels": [found for panel in signature_panels if (found := panel(signature, on, request))],
        "crumbs": [
            ("Ondertekenaars", keep(request, reverse("signatories:signatory-list"))),
            (signing.title(table), ""),
        ],
    }
    return render(request, "signatories/signature_detail.html", context)
