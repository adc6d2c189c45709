"""What the pages of buyer groups print, read at a reference date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from buyergroups.models import BuyerGroup, Output, Participation
from buyergroups.models.phases import PhaseKind
from mvi_portal.core.addresses import address_of
from mvi_portal.core.citing import citation_cell
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
PLAIN = tuple(Column(item.key, item.label) for item in GROUPS)
EDIT, DROP = Column("edit", "Wijzigen"), Column("drop", "Verwijderen")


def phase_label(group: Any) -> str:
    """Of a group that carries `phase_kind`."""
    return str(PhaseKind(group.phase_kind).label) if group.phase_kind else NOT_KNOWN


def heading(group: Any, way: str) -> str:
    """What a group is listed under."""
    told = phase_label(group) if way == "fase" else str(group.get_sector_display())
    return f"Fase {told}" if told == NOT_KNOWN else told[:1].upper() + told[1:]


def group_cell(group: BuyerGroup, request: HttpRequest) -> Cell:
    address = address_of("buyergroups:group-detail", group.slug)
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
        ("Begeleid door", _names(facilitated, request)),
        ("Initiatiefnemers", _names(initiated, request)),
    ]


def _names(organisations: Any, request: HttpRequest) -> str:
    """Each as a way to its dossier."""
    named = sorted((body.name_on_day or body.key, body.key) for body in organisations)
    told = (
        (keep(request, reverse("signatories:organisation-detail", args=[key])), name) for name, key in named
    )
    return format_html_join(", ", '<a href="{}">{}</a>', told) or NOT_KNOWN


def phase_items(group: BuyerGroup, on: date) -> list[tuple[str, str, str]]:
    """The phases that began on or before the day; an end that lies after it is not told."""
    return [
        (str(phase.valid_from), phase.get_kind_display().capitalize(), _until(phase.valid_until, on))
        for phase in group.phases.filter(valid_from__lte=on).order_by("valid_from")
    ]


def _until(last: date | None, on: date) -> str:
    return f"tot en met {long_date(last)}" if last and last < on else ""


def participants(group: BuyerGroup, request: HttpRequest, *, keeps: bool = False) -> Table:
    """Who takes part on the day, with the names of that day; all that was ever kept, to who keeps it."""
    on = on_of(request)
    found = Participation.objects.filter(group=group)
    rows = list(found if keeps else found.at(on=on))
    bodies = Organisation.objects.with_name(on=on).in_bulk([row.organisation_id for row in rows])
    cells = [
        Row(
            [
                _party(row, bodies),
                Cell(row.get_role_display()),
                Cell(row.project or "geen project bekend"),
                Cell(row.valid_from or NOT_KNOWN),
                Cell(row.valid_until or "–"),
                *(_keys(group, "participation", row.pk) if keeps else ()),
            ]
        )
        for row in rows
    ]
    columns = (
        Column("party", "Deelnemer"),
        Column("role", "Rol"),
        Column("project", "Toegezegd project"),
        Column("from", "Vanaf"),
        Column("until", "Tot en met"),
        *((EDIT, DROP) if keeps else ()),
    )
    return Table(
        "Deelnemers, ook van vroeger en later" if keeps else f"Deelnemers op {long_date(on)}",
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


def _keys(group: BuyerGroup, noun: str, pk: int) -> list[Cell]:
    """What who keeps the register can do with a row."""
    return [
        Cell("Wijzig", reverse(f"buyergroups:{noun}-edit", args=[group.slug, pk])),
        Cell("Verwijder", reverse(f"buyergroups:{noun}-drop", args=[group.slug, pk])),
    ]


def kept_phases(group: BuyerGroup) -> Table:
    """All of them, whatever the reference date, for who keeps them."""
    rows = [
        Row(
            [
                Cell(phase.get_kind_display(), tag="demo" if phase.is_demo else "", tone="warn"),
                Cell(phase.valid_from),
                Cell(long_date(phase.valid_until) if phase.valid_until else "–"),
                *_keys(group, "phase", phase.pk),
            ]
        )
        for phase in group.phases.order_by("valid_from")
    ]
    columns = (Column("kind", "Fase"), Column("from", "Vanaf"), Column("until", "Tot en met"), EDIT, DROP)
    return Table("Fasen, ook van na de peildatum", columns, rows, "Er staan nog geen fasen bij deze groep.")


def _document(group: BuyerGroup, row: Output) -> str:
    return reverse("buyergroups:output-file", args=[group.slug, row.pk]) if row.path else ""


def outputs(group: BuyerGroup, on: date, *, keeps: bool = False) -> Table:
    """What was published on or before the day; all of it to who keeps it."""
    found = Output.objects.filter(group=group)
    made = found if keeps else found.published(on=on)
    rows = [
        Row(
            [
                Cell(row.title, row.link, "demo" if row.is_demo else "", "warn"),
                Cell(row.get_kind_display()),
                Cell(row.published_on or "nog niet"),
                citation_cell(row.citation),
                Cell(row.filename or "–", _document(group, row)),
                *(_keys(group, "output", row.pk) if keeps else ()),
            ]
        )
        for row in made
    ]
    columns = (
        Column("title", "Resultaat"),
        Column("kind", "Soort"),
        Column("published", "Gepubliceerd"),
        Column("citation", "Vindplaats"),
        Column("document", "Document"),
        *((EDIT, DROP) if keeps else ()),
    )
    caption = "Resultaten, ook die nog niet zijn gepubliceerd" if keeps else "Resultaten"
    return Table(caption, columns, rows, "Op deze peildatum zijn er nog geen resultaten gepubliceerd.")
