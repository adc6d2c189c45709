"""Manifests, kept by the secretariat, and who of the one before signed again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.workbooks import Column as Export
from signatories import manifests, services
from signatories.filters import SignedAgainFilter
from signatories.forms import ExtensionForm, ManifestForm, NewManifestForm
from signatories.models import Manifest, ManifestExtension, Organisation, Signature
from signatories.views.keeping import accepted, answer, keeper, removing, saving, typed

page = require_http_methods(["GET", "HEAD", "POST"])
Crumbs = list[tuple[str, str]]


def crumbs(request: HttpRequest, manifest: Manifest | None = None) -> Crumbs:
    path = [
        ("Ondertekenaars", keep(request, reverse("signatories:signatory-list"))),
        ("Manifesten", keep(request, reverse("signatories:manifest-list"))),
    ]
    return [*path, (manifest.name, address(request, manifest))] if manifest else path


def address(request: HttpRequest, manifest: Manifest) -> str:
    return keep(request, reverse("signatories:manifest-detail", args=[manifest.slug]))


def locked(slug: str) -> Manifest:
    return get_object_or_404(Manifest.objects.select_for_update(), slug=slug)


def facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "edition"}


@require_safe
def manifest_list(request: HttpRequest) -> HttpResponse:
    on, user = on_of(request), reader(request)
    context = {
        "on": on,
        "table": manifests.table(on, request),
        "keeps": may(user, Action.KEEP_REGISTER),
        "crumbs": [
            ("Ondertekenaars", keep(request, reverse("signatories:signatory-list"))),
            ("Manifesten", ""),
        ],
    }
    return render(request, "signatories/manifest_list.html", context)


@require_safe
def manifest_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on, user = on_of(request), reader(request)
    manifest = get_object_or_404(Manifest.objects.select_related("predecessor"), slug=slug)
    keeps = may(user, Action.KEEP_REGISTER)
    context = {
        "manifest": manifest,
        "on": on,
        "keeps": keeps,
        "facts": manifests.facts(manifest, on),
        "related": manifests.related(manifest, request),
        "signatures": Signature.objects.in_force(on=on).filter(manifest=manifest).count(),
        "extensions": manifests.extensions(manifest, keeps=keeps),
        "themes": list(manifest.themes.order_by("order")),
        "steps": list(manifest.steps.order_by("number")),
        "changes": change_lines(manifest) if keeps else [],
        "crumbs": [*crumbs(request), (manifest.name, "")],
    }
    return render(request, "signatories/manifest_detail.html", context)


@page
def manifest_new(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    latest = Manifest.objects.order_by("-opened_on").first()
    form = NewManifestForm(typed(request), initial={"predecessor": latest})

    def save(given: dict[str, Any]) -> None:
        form.instance = services.register_manifest(**facts(given), by=by)

    if accepted(form, save):
        made: Any = form.instance
        messages.success(request, "Het manifest staat in het register.")
        return redirect(address(request, made))
    return answer(request, form, title="Manifest vastleggen", button="Leg vast", crumbs=crumbs(request))


@page
@transaction.atomic
def manifest_edit(request: HttpRequest, slug: str) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)

    def save(given: dict[str, Any]) -> None:
        services.correct_manifest(manifest=manifest, **facts(given), by=by)

    return saving(
        request,
        ManifestForm(typed(request), instance=manifest),
        save,
        done="Het manifest is bewaard.",
        title="Manifest wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, manifest),
        row=manifest,
    )


@page
@transaction.atomic
def extension_new(request: HttpRequest, slug: str) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)

    def save(given: dict[str, Any]) -> None:
        services.extend_manifest(manifest=manifest, **facts(given), by=by)

    return saving(
        request,
        ExtensionForm(typed(request)),
        save,
        done="De verlenging is vastgelegd.",
        title="Verlenging vastleggen",
        button="Leg vast",
        crumbs=crumbs(request, manifest),
    )


def extension_of(manifest: Manifest, pk: int) -> ManifestExtension:
    rows = ManifestExtension.objects.select_for_update(of=("self",)).select_related("manifest")
    return get_object_or_404(rows, manifest=manifest, pk=pk)


@page
@transaction.atomic
def extension_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)
    extension = extension_of(manifest, pk)

    def save(given: dict[str, Any]) -> None:
        services.correct_extension(extension=extension, **facts(given), by=by)

    return saving(
        request,
        ExtensionForm(typed(request), instance=extension),
        save,
        done="De verlenging is bewaard.",
        title="Verlenging wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, manifest),
        row=extension,
    )


@page
@transaction.atomic
def extension_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by, manifest = keeper(request), locked(slug)
    extension = extension_of(manifest, pk)
    return removing(
        request,
        lambda: services.remove_extension(extension=extension, by=by),
        done="De verlenging is verwijderd.",
        title="Verlenging verwijderen",
        text=f"De verlenging tot en met {extension.runs_until} gaat weg. De geschiedenis bewaart haar.",
        crumbs=crumbs(request, manifest),
    )


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
