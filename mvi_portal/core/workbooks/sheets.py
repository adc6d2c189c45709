"""A workbook as it was read: sheets with rows of values, and what stands in them beside values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | date | datetime | None
EXPLANATION, LISTS, ERRORS = "Uitleg", "Keuzelijsten", "Fouten"
OWN_SHEETS = frozenset({EXPLANATION, LISTS, ERRORS})  # sheets that we add ourselves, and pass over


class Form(StrEnum):
    """A kind of file, by what its name ends with."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"

    @property
    def label(self) -> str:
        return {"csv": "CSV", "xlsx": "Excel (XLSX)", "ods": "ODS"}[self.value]

    @property
    def content_type(self) -> str:
        return {
            "csv": "text/csv; charset=utf-8",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ods": "application/vnd.oasis.opendocument.spreadsheet",
        }[self.value]


@dataclass(frozen=True)
class Area:
    """Cells from the first to the last, both counted from 0 and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Rows as they stand, counted from 0, from the very first row and column.

    `formulas` leads from a place (row, column) to whether the file holds what came out of it. `unstorable`
    are the places of texts that had a NUL, which no database keeps: it is left out here, and told there.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    hidden: bool = False
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    unstorable: frozenset[tuple[int, int]] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not any(self.filled())

    def filled(self) -> Iterator[tuple[int, Sequence[Value]]]:
        """The rows in which something stands, each with its place."""
        for place, row in enumerate(self.rows):
            if any(value not in (None, "") for value in row):
                yield place, row


def without_nul(sheet: Sheet) -> Sheet:
    """The same sheet, with in `unstorable` where a NUL stood."""
    places = frozenset(
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and "\0" in cell
    )
    if not places:
        return sheet
    rows = [[cell.replace("\0", "") if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    return replace(sheet, rows=rows, unstorable=places)


@dataclass(frozen=True)
class Book:
    """What a file held. `delimiter` is that of a CSV."""

    form: Form
    sheets: tuple[Sheet, ...]
    delimiter: str = ";"
