"""The organisations of the register, and the dossier of one."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core import workbooks
from mvi_portal.core.contributions import dossier_links, dossier_panels
from mvi_portal.core.lists import ListPage
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from signatories import dossier
from signatories.filters import OrganisationFilter
from signatories.models import Organisation, Signatory
from signatories.models.organisations import OrganisationQuerySet
from signatories.recorded import recorded


class OrganisationList(ListPage):
    noun = "Organisaties"
    template = "signatories/organisation_list.html"
    columns = (
        Column("name", "Naam", sort="naam"),
        Column("kind", "Soort", sort="soort"),
        Column("province", "Provincie", sort="provincie"),
        Column("signed", "Manifest"),
        Column("key", "Code", sort="code"),
    )
    sorts = {"naam": "sort_name_on_day", "soort": "kind", "provincie": "province_on_day", "code": "key"}
    default_sort = "naam"
    then = ("sort_name_on_day", "key")
    empty = "Geen organisaties gevonden. Zoek op een ander woord, of wis de filters."
    header = (
        "code",
        "naam",
        "soort",
        "provincie",
        workbooks.Column("ondertekend", "Of op de peildatum een handtekening van kracht is.", derived=True),
        workbooks.Column("bestaat vanaf", "Eerste dag; leeg als die niet bekend is.", derived=True),
        workbooks.Column(
            "bestaat tot en met", "Laatste dag; leeg zolang de organisatie bestaat.", derived=True
        ),
        "demo",
    )
    export = "signatories:organisation-export"

    def rows(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(reader(self.request), on=timezone.localdate())

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a row shows: PostgreSQL asks it of the rows of the page alone, after sorting."""
        under = Signatory.objects.in_force(on=self.on).filter(organisation=OuterRef("pk")).values("pk")
        signed = IsNull(Subquery(under[:1]), rhs=False)  # for EXISTS it would first gather all that signed
        named = cast("OrganisationQuerySet", rows).with_name(on=self.on).with_province(on=self.on)
        return super().sorted(named.annotate(is_signed=signed))

    def paged(self, found: QuerySet[Any]) -> QuerySet[Any]:
        return found.only("key", "kind", "is_demo")

    def narrowed(self, rows: QuerySet[Organisation]) -> OrganisationFilter:
        return OrganisationFilter(self.request.GET, rows, on=self.on)

    def extra(self) -> dict[str, Any]:
        return {"keeps": may(reader(self.request), Action.KEEP_REGISTER)}

    def more_sorts(self) -> dict[str, str]:
        """A search opens with the nearest."""
        form = self.found.form
        return {"treffer": "closeness"} if form.is_valid() and form.cleaned_data["zoek"] else {}

    def row(self, item: Any) -> Row:
        name = item.name_on_day or item.key
        found_as = getattr(item, "found_as", None)
        shown = f"{name} (gevonden op {found_as})" if found_as and found_as != name else name
        address = self.link("signatories:organisation-detail", item.key)
        return Row(
            [
                Cell(shown, address, "demo" if item.is_demo else "", "warn"),
                Cell(item.get_kind_display()),
                Cell(item.province_on_day or ""),
                Cell("", tag="ondertekend", tone="good") if item.is_signed else Cell("niet ondertekend"),
                Cell(item.key),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        return [
            item.key,
            item.name_on_day,
            item.get_kind_display(),
            item.province_on_day,
            item.is_signed,
            item.valid_from,
            item.valid_until,
            item.is_demo,
        ]


@require_safe
def organisation_detail(request: HttpRequest, key: str) -> HttpResponse:
    """All that the portal knows of one organisation; other apps add their panels."""
    on, user = on_of(request), reader(request)
    visible = Organisation.objects.visible_to(user, on=timezone.localdate())
    shown = visible.with_name(on=on).with_province(on=on).select_related("province")
    organisation: Any = get_object_or_404(shown, key=key)
    keeps = may(user, Action.KEEP_REGISTER)
    panels = [panel(organisation, on, user) for panel in dossier_panels]
    context = {
        "organisation": organisation,
        "on": on,
        "keeps": keeps,
        "contacts": dossier.contacts(organisation) if keeps else [],
        "recorded": recorded(organisation, named=keeps, whole=request.GET.get("geschiedenis") == "alles"),
        "facts": dossier.facts(organisation, on),
        "names": dossier.names(organisation, on),
        "aliases": dossier.aliases(organisation, on, request, keeps=keeps),
        "successions": dossier.successions(organisation, on, request, keeps=keeps),
        "signatures": dossier.signatures(organisation, on, request),
        "panels": [panel for panel in panels if panel is not None],
        "links": [link(organisation, on) for link in dossier_links],
        "crumbs": [
            ("Organisaties", keep(request, reverse("signatories:organisation-list"))),
            (organisation.name_on_day or organisation.key, ""),
        ],
    }
    return render(request, "signatories/organisation_detail.html", context)
