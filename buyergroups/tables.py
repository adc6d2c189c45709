"""What the pages of buyer groups print, read at a reference date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from buyergroups.models import BuyerGroup, Output, Participation
from buyergroups.models.phases import PhaseKind
from mvi_portal.core.dates import long_date
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models import Organisation

NOT_KNOWN = "niet bekend"
GROUPS = (
    Column("name", "Naam", sort="naam"),
    Column("sector", "Sector", sort="sector"),
    Column("phase", "Fase"),
    Column("started", "Gestart", sort="gestart"),
)


def phase_label(group: Any) -> str:
    """Of a group that carries `phase_kind`."""
    return str(PhaseKind(group.phase_kind).label) if group.phase_kind else NOT_KNOWN


def group_cell(group: BuyerGroup, request: HttpRequest) -> Cell:
    address = reverse("buyergroups:group-detail", args=[group.slug])
    return Cell(group.name, keep(request, address), "demo" if group.is_demo else "", "warn")


def group_row(group: Any, request: HttpRequest) -> Row:
    return Row(
        [
            group_cell(group, request),
            Cell(group.get_sector_display()),
            Cell(phase_label(group)),
            Cell(group.started_on or NOT_KNOWN),
        ]
    )


def group_facts(group: Any, request: HttpRequest) -> list[tuple[str, str]]:
    on = on_of(request)
    facilitated = Organisation.objects.filter(facilitated_groups=group).with_name(on=on)
    initiated = Organisation.objects.filter(initiated_groups=group).with_name(on=on)
    themes = ", ".join(theme.name for theme in group.themes.all())
    return [
        ("Sector", group.get_sector_display()),
        ("Productgroep", group.product_group or NOT_KNOWN),
        ("Domein", group.get_domain_display()),
        ("Thema's", themes or NOT_KNOWN),
        ("Gestart", str(group.started_on or NOT_KNOWN)),
        ("Fase op de peildatum", phase_label(group)),
        ("Begeleid door", _names(facilitated)),
        ("Initiatiefnemers", _names(initiated)),
    ]


def _names(organisations: Any) -> str:
    names = sorted(body.name_on_day or body.key for body in organisations)
    return ", ".join(names) or NOT_KNOWN


def phase_items(group: BuyerGroup, on: date) -> list[tuple[str, str, str]]:
    """The phases that began on or before the day; an end that lies after it is not told."""
    return [
        (str(phase.valid_from), phase.get_kind_display().capitalize(), _until(phase.valid_until, on))
        for phase in group.phases.filter(valid_from__lte=on).order_by("valid_from")
    ]


def _until(last: date | None, on: date) -> str:
    return f"tot en met {long_date(last)}" if last and last < on else ""


def participants(group: BuyerGroup, request: HttpRequest) -> Table:
    """Who takes part on the day, with the names of that day."""
    on = on_of(request)
    rows = list(Participation.objects.filter(group=group).at(on=on))
    bodies = Organisation.objects.with_name(on=on).in_bulk([row.organisation_id for row in rows])
    cells = [
        Row([_party(row, bodies), Cell(row.get_role_display()), Cell(row.project or "geen project bekend")])
        for row in rows
    ]
    columns = (Column("party", "Deelnemer"), Column("role", "Rol"), Column("project", "Toegezegd project"))
    return Table(
        f"Deelnemers op {long_date(on)}",
        columns,
        sorted(cells, key=lambda row: str(row.cells[0].text).lower()),
        "Op deze peildatum zijn er geen deelnemers bekend.",
    )


def _party(row: Participation, bodies: dict[Any, Any]) -> Cell:
    body = bodies.get(row.organisation_id)
    return Cell(
        (body.name_on_day or body.key) if body else row.party_name,
        tag="demo" if row.is_demo else "",
        tone="warn",
    )


def outputs(group: BuyerGroup, on: date) -> Table:
    """What was published on or before the day."""
    made = Output.objects.filter(group=group).published(on=on)
    rows = [
        Row(
            [
                Cell(row.title, row.link, "demo" if row.is_demo else "", "warn"),
                Cell(row.get_kind_display()),
                Cell(row.published_on),
                Cell(row.citation),
            ]
        )
        for row in made
    ]
    columns = (
        Column("title", "Resultaat"),
        Column("kind", "Soort"),
        Column("published", "Gepubliceerd"),
        Column("citation", "Vindplaats"),
    )
    return Table("Resultaten", columns, rows, "Op deze peildatum zijn er nog geen resultaten gepubliceerd.")
