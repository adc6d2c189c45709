"""A CSV back with a column that tells what is wrong in each row."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from io import StringIO

from mvi_portal.core.workbooks.cells import guarded
from mvi_portal.core.workbooks.errors import CellError
from mvi_portal.core.workbooks.records import FAULTS, is_faults
from mvi_portal.core.workbooks.sheets import Book, Value


def with_column(book: Book, errors: Sequence[CellError]) -> bytes:
    """The cells themselves are as they came; what is about the whole file stands with the headings."""
    sheet = book.sheets[0]
    head = next((place for place, _row in sheet.filled()), 0)
    told = _by_row(errors, head + 1)
    rows = [list(row) for row in sheet.rows]
    _take_out(rows, head)
    size = max((len(row) for place, row in enumerate(rows) if any(row)), default=0)
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=book.delimiter, lineterminator="\r\n")
    for place, row in enumerate(rows):
        text = told.get(place + 1, "")
        last = _heading(text) if place == head else guarded(text)
        padded = [*row, *[""] * (size - len(row))] if last else row
        writer.writerow([*padded, *([last] if last else [])])
    return file.getvalue().encode("utf-8-sig")


def _heading(text: str) -> str:
    return FAULTS if not text else f"{FAULTS}: {text}"


def _by_row(errors: Sequence[CellError], head: int) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for error in errors:
        where = f"{error.column}: " if error.column else ""
        found[error.row or head].append(f"{where}{error.message}")
    return {row: " ".join(lines) for row, lines in found.items()}


def _take_out(rows: list[list[Value]], head: int) -> None:
    """The column of an earlier time."""
    cells = rows[head] if rows else []
    places = [at for at, cell in enumerate(cells) if is_faults(cell)]
    for at in reversed(places):
        for row in rows:
            del row[at : at + 1]
