"""Reading what was frozen for these documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mvi_portal.core import charts
from mvi_portal.core.workbooks import Column, Kind
from reports.parcel.plan import Snapshot

REGISTER, LINES = "register", "lines"


@dataclass(frozen=True)
class Sheet:
    """One table of the data, with what each column means."""

    name: str  # of its file: "ondertekenaars"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    def column(self, heading: str) -> list[Any]:
        place = [column.heading for column in self.columns].index(heading)
        return [row[place] for row in self.rows]


def sheets(snapshot: Snapshot) -> dict[str, Sheet]:
    """By the name of the table; none for a freeze of before there were any."""
    found: Mapping[str, Any] = snapshot.parts.get(REGISTER, {})
    return {name: _sheet(name, raw) for name, raw in found.items()}


def lines(snapshot: Snapshot) -> Sequence[Mapping[str, Any]]:
    """Each line of the plan with its entries and indicators."""
    found: Sequence[Mapping[str, Any]] = snapshot.parts.get(LINES, ())
    return found


def column_of(told: Sequence[str]) -> Column:
    heading, help_text, kind = told
    return Column(heading, help_text, Kind[kind], derived=True)


def _sheet(name: str, raw: Mapping[str, Any]) -> Sheet:
    columns = tuple(column_of(told) for told in raw["columns"])
    rows = tuple(
        tuple(_value(column.kind, value) for column, value in zip(columns, row, strict=True))
        for row in raw["rows"]
    )
    return Sheet(name, raw["title"], columns, rows)


def _value(kind: Kind, value: Any) -> Any:
    """A day as a day again, unless it is known less precisely."""
    if value is None or not isinstance(value, str):
        return value
    if kind is Kind.DECIMAL:
        return float(value)
    return _day(value) if kind in {Kind.DAY, Kind.PARTIAL_DATE} else value


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def chart_of(indicator: Mapping[str, Any]) -> charts.Chart | None:
    """How it went; None while there are fewer than two values."""
    points = tuple(_points(indicator["points"]))
    if len(points) < charts.FEWEST:
        return None
    breaks = tuple(date.fromisoformat(day) for day in indicator["breaks"])
    return charts.Chart(indicator["name"], indicator["unit"], points, breaks)


def _points(raw: Sequence[Sequence[str]]) -> Iterator[charts.Point]:
    for day, text in raw:
        value = Decimal(text)
        yield date.fromisoformat(day), int(value) if value == value.to_integral_value() else value
