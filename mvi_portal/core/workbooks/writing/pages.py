"""What goes into a workbook: one sheet of rows, and one that explains them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mvi_portal.core.workbooks.columns import Column, Kind

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - what the file says of its making: never the clock
HEADINGS = ("Kolom", "Wat er staat", "Hoe u het invult", "Verplicht")
_FILLED_IN = {
    Kind.TEXT: "tekst",
    Kind.DAY: "een dag, bijvoorbeeld 24-11-2022",
    Kind.PARTIAL_DATE: "een datum zo precies als bekend: 24-11-2022, mei 2024, najaar 2024",
    Kind.WHOLE: "een heel getal",
    Kind.DECIMAL: "een getal",
    Kind.YES_NO: "ja of nee",
    Kind.CHOICE: "een keuze uit de lijst",
}


@dataclass(frozen=True)
class Page:
    """A sheet: its name, its columns, its rows; `told` says what to tell of it once the rows are counted.

    `spare` empty rows below take the choices too; `protected`: the headings cannot be changed by accident.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    told: Callable[[int], Sequence[str]]
    spare: int = 0
    protected: bool = False

    @property
    def title(self) -> str:
        """As a sheet can be called."""
        return re.sub(r"[\[\]:*?/\\']", " ", self.name)[:31].strip() or "Blad"

    def cells(self) -> Iterator[list[object]]:
        for row in self.rows:
            yield [column.write(value) for column, value in zip(self.columns, row, strict=True)]

    def lists(self) -> dict[int, list[str]]:
        """By the place of a column, what can be chosen in it."""
        chosen = [(place, column) for place, column in enumerate(self.columns) if not column.derived]
        found = {place: _choices(column) for place, column in chosen}
        return {place: choices for place, choices in found.items() if choices}


def _choices(column: Column) -> list[str]:
    if column.kind is Kind.YES_NO:
        return ["ja", "nee"]
    return [str(label) for _value, label in column.options] if column.kind is Kind.CHOICE else []


def explanation(page: Page, count: int) -> Iterator[Sequence[str]]:
    """The rows of the sheet that explains: what this is, and each column."""
    yield [page.name]
    for line in page.told(count):
        yield [line]
    yield []
    yield HEADINGS
    for column in page.columns:
        yield [column.heading, column.help, _how(column), _must(column)]


def explanations(told: Iterable[tuple[Page, int]]) -> Iterator[tuple[Sequence[str], bool]]:
    """Of several pages beneath each other; with each row whether it is a heading."""
    for place, (page, count) in enumerate(told):
        if place:
            yield [], False
        for number, row in enumerate(explanation(page, count)):
            yield row, number == 0 or row is HEADINGS


def _how(column: Column) -> str:
    if column.derived:
        return "alleen om te lezen: bij het inlezen slaan wij deze kolom over"
    return _FILLED_IN[column.kind] + _range(column)


def _range(column: Column) -> str:
    if column.lowest is None or column.highest is None:
        return ""
    return f" van {column.lowest:g} tot en met {column.highest:g}"


def _must(column: Column) -> str:
    if column.derived:
        return ""
    return "ja" if column.required else "nee"


def width(column: Column) -> int:
    """Of a column, in characters."""
    return max(12, min(40, len(column.heading) + 4))
