"""Groups over the years: what each was at, as lanes and as their table twin. Phases come loaded, by date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest

from buyergroups.models import Phase
from buyergroups.models.phases import FINAL, PhaseKind
from buyergroups.tables import NOT_KNOWN, group_cell
from mvi_portal.core.dates import long_date
from mvi_portal.core.lanes import Lane, Lanes, Section, Stretch
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table

SINCE = date(2020, 1, 1)  # the plan counts buyer groups from 2020
AT_WORK = (PhaseKind.START, PhaseKind.MARKET, PhaseKind.IMPLEMENTATION)
UNKNOWN = "fase niet bekend"
SIGNS = {PhaseKind.COMPLETED: "✓", PhaseKind.STOPPED: "✕"}
COLUMNS = (
    Column("name", "Buyer group"),
    Column("sector", "Sector"),
    Column("start", "Gestart"),
    Column("market", "Marktvisie en -strategie vanaf"),
    Column("implementation", "Implementatie vanaf"),
    Column("ended", "Afgerond of gestopt"),
)


def drawn(groups: Sequence[Any], on: date) -> Lanes | None:
    """By sector, those of which the start is known; None when there is nothing to draw."""
    known = [group for group in groups if group.started_on]
    if not known or on <= SINCE:
        return None
    sections = tuple(
        Section(str(sector)[:1].upper() + str(sector)[1:], tuple(_lane(group, on) for group in found))
        for sector, found in groupby(known, key=lambda group: group.get_sector_display())
    )
    return Lanes(
        title=f"Buyer groups van 2020 tot en met {long_date(on)}",
        description=_described(known, on),
        since=SINCE,
        until=on,
        kinds=(*(kind.label for kind in AT_WORK), UNKNOWN),
        signs=tuple((sign, kind.label) for kind, sign in SIGNS.items()),
        sections=sections,
    )


def _described(groups: Sequence[Any], on: date) -> str:
    ended = sum(_end(group) is not None for group in groups)
    return (
        f"{len(groups)} groepen zijn begonnen; op {long_date(on)} zijn er {len(groups) - ended} bezig en "
        f"{ended} afgerond of gestopt. De tabel geeft van elke groep de data."
    )


def _lane(group: Any, on: date) -> Lane:
    end = _end(group)
    ended = (end.valid_from.last_day, SIGNS[PhaseKind(end.kind)]) if end else None
    return Lane(group.name, tuple(_stretches(group, on)), ended)


def _stretches(group: Any, on: date) -> Iterator[Stretch]:
    """Its phases; before the first, and without any, only that it was at work."""
    phases, end = list(group.phases.all()), _end(group)
    begin = group.started_on.last_day
    first = phases[0].valid_from.last_day - timedelta(days=1) if phases else on
    if begin <= first:
        yield Stretch(begin, first, len(AT_WORK))
    for phase in phases:
        if phase != end:
            yield Stretch(
                phase.valid_from.last_day, min(phase.valid_until or on, on), AT_WORK.index(phase.kind)
            )


def _end(group: Any) -> Phase | None:
    return next((phase for phase in group.phases.all() if phase.kind in FINAL), None)


def table(groups: Sequence[Any], request: HttpRequest) -> Table:
    """The same in words; also groups of which the start is not known."""
    rows = [_row(group, request) for group in groups]
    caption = f"Buyer groups met hun fasen, stand op {long_date(on_of(request))}"
    return Table(caption, COLUMNS, rows, "Er zijn geen buyer groups die hieraan voldoen.")


def _row(group: Any, request: HttpRequest) -> Row:
    begins = {phase.kind: phase.valid_from for phase in group.phases.all()}
    end = _end(group)
    return Row(
        [
            group_cell(group, request),
            Cell(group.get_sector_display()),
            Cell(group.started_on or NOT_KNOWN),
            Cell(begins.get(PhaseKind.MARKET, "–")),
            Cell(begins.get(PhaseKind.IMPLEMENTATION, "–")),
            Cell(f"{end.get_kind_display()}, {end.valid_from}" if end else "–"),
        ]
    )
