"""Commitments, motions and agreements as a page tells them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from monitoring.cited import Fact, cited, known
from monitoring.models import Commitment, CommitmentSide, CommitmentStatus
from monitoring.models.commitments import AHEAD, CLOSED, FULFILLED
from monitoring.naming import NOT_KNOWN, Names, dossier, shortened
from monitoring.overview import line_href
from mvi_portal.core.addresses import address_of
from mvi_portal.core.citing import address
from mvi_portal.core.dates import long_date
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep

COLUMNS = (
    Column("text", "Wat"),
    Column("kind", "Soort"),
    Column("made", "Gedaan op"),
    Column("due", "Uiterlijk"),
    Column("owner", "Eigenaar"),
    Column("status", "Stand"),
)


def on_day(rows: QuerySet[Any], on: date) -> Any:
    """Made on or before the day, with the status of that day."""
    return rows.filter(made_on__lte=on).with_status(on=on)  # type: ignore[attr-defined] # of its queryset


def is_overdue(item: Any, on: date) -> bool:
    """Its due date is wholly past and it is not closed; `item` comes with its status on the day."""
    return item.due_on is not None and item.due_on.is_past(on) and item.status not in CLOSED


def is_soon(item: Any, on: date) -> bool:
    """It falls due within eight weeks, and is not closed; `item` comes with its status on the day."""
    if item.due_on is None or item.status in CLOSED or item.due_on.is_past(on):
        return False
    return bool(item.due_on.last_day <= on + AHEAD)


def term(item: Any, on: date) -> Cell:
    """By when, with a word about it; `item` comes with its status on the day."""
    if is_overdue(item, on):
        return Cell(item.due_on, tag="termijn verstreken", tone="bad")
    return Cell(item.due_on or "geen datum", tag="binnenkort" if is_soon(item, on) else "", tone="warn")


def tone(status: str) -> str:
    if status in FULFILLED:
        return "good"
    return "neutral" if status in CLOSED else "info"


def cells(item: Any, names: Names, request: HttpRequest) -> list[Cell]:
    """In the order of COLUMNS; `item` comes with its status on the day."""
    on = on_of(request)
    return [
        Cell(shortened(item.text), href(item, request), "demo" if item.is_demo else "", "warn"),
        Cell(item.get_kind_display()),
        Cell(item.made_on),
        term(item, on),
        names.cell(item.owner_id, request, other="niemand genoemd"),
        Cell("", tag=CommitmentStatus(item.status).label, tone=tone(item.status)),
    ]


def href(item: Commitment, request: HttpRequest) -> str:
    return keep(request, address_of("monitoring:commitment-detail", item.slug))


def commitments_table(rows: Iterable[Any], request: HttpRequest, empty: str) -> Table:
    found = list(rows)
    names = Names((item.owner_id for item in found), on_of(request))
    caption = f"Toezeggingen, moties en afspraken, stand op {long_date(on_of(request))}"
    return Table(caption, COLUMNS, [Row(cells(item, names, request)) for item in found], empty)


def facts(item: Any, request: HttpRequest) -> list[Fact]:
    """All that is known of one; it comes with its line, paper and owner."""
    on = on_of(request)
    parties = list(item.parties.all())
    names = Names([item.owner_id, *(party.organisation_id for party in parties)], on)
    paper = keep(request, address_of("monitoring:paper-detail", item.paper.slug)) if item.paper else ""
    line = item.line
    return known(
        ("Soort", item.get_kind_display(), ""),
        ("Gedaan op", item.made_on, ""),
        ("Gever", _parties(parties, CommitmentSide.GIVER, names), ""),
        ("Ontvanger", _parties(parties, CommitmentSide.RECEIVER, names), ""),
        cited("Vindplaats", item.citation),
        ("Stuk", item.paper.title if item.paper else "", paper),
        (
            "Eigenaar",
            names.of(item.owner_id) or "niemand genoemd",
            dossier(item.owner.key, request) if item.owner else "",
        ),
        ("Uiterlijk", item.due_on or NOT_KNOWN, ""),
        ("Lijn", f"{line} ({line.frame.name})" if line else "", line_href(line, request) if line else ""),
        ("Opmerking", item.remark, ""),
        ("Bron", item.source if item.source != item.citation else "", ""),
    )


def _parties(parties: Iterable[Any], side: CommitmentSide, names: Names) -> str:
    told = (party.name or names.of(party.organisation_id) for party in parties if party.side == side)
    return ", ".join(sorted(told))


def steps(item: Any, on: date) -> list[tuple[str, str, str]]:
    """For the timeline: from when it stood how on the day, and the evidence."""
    first = "ingediend" if item.kind == Commitment.Kind.MOTION else "openstaand"
    taken = [step for step in item.steps.order_by("since") if step.since.last_day <= on]
    begun = [] if taken and taken[0].since == item.made_on else [(str(item.made_on), first.capitalize(), "")]
    return begun + [
        (str(step.since), step.get_status_display().capitalize(), _evidence(step)) for step in taken
    ]


def _evidence(step: Any) -> str:
    place = step.evidence_citation
    where = address(place) if place else ""
    link = format_html('<a href="{}">{}</a>', where, place) if where else place
    return format_html("{} {}", step.evidence, link) if step.evidence or place else ""
