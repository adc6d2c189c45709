"""An XLSX back with a comment on each wrong cell, and a sheet with all that is wrong."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from mvi_portal.core.workbooks.cells import guarded, printable
from mvi_portal.core.workbooks.errors import CellError
from mvi_portal.core.workbooks.sheets import ERRORS

AUTHOR = "MVI-portaal"
HEADINGS = ("Blad", "Cel", "Kolom", "Waarde", "Regel", "Wat er niet klopt")
WRONG = PatternFill("solid", start_color="FFE9A8")
# what a part of the file is called, and what its loss is called; openpyxl does not write these again
_NOT_KEPT = {
    "xl/vbaProject": "macro's",
    "xl/slicers/": "slicers",
    "xl/timelines/": "tijdlijnen",
    "xl/pivotTables/": "draaitabellen",
    "xl/charts/": "grafieken",
    "xl/media/": "afbeeldingen",
    "xl/drawings/drawing": "vormen en tekstvakken",
    "xl/threadedComments/": "gesprekken in opmerkingen",
    "xl/queryTables/": "koppelingen met gegevensbronnen",
    "xl/externalLinks/": "koppelingen met andere bestanden",
}


def kept_out(content: bytes) -> Iterator[str]:
    """What of the file cannot be kept."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
    for start, told in _NOT_KEPT.items():
        if any(name.startswith(start) for name in names):
            yield told


def with_comments(content: bytes, errors: Sequence[CellError]) -> bytes:
    book = load_workbook(BytesIO(content), keep_links=False)
    _forget(book)
    first = next((sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"), "")
    for (sheet, row, place), told in _by_cell(errors, first).items():
        if sheet in book.sheetnames:
            _mark(book[sheet], row, place, told)
    _list(book, errors)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _forget(book: Any) -> None:
    """What we said of an earlier version."""
    if ERRORS in book.sheetnames:
        del book[ERRORS]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    cell.comment = None
                    if cell.fill.start_color.rgb == f"00{WRONG.start_color.rgb[2:]}":
                        cell.fill = PatternFill()


def _by_cell(errors: Sequence[CellError], first: str) -> dict[tuple[str, int, int], list[str]]:
    """What is about a row, a sheet or the whole file stands at its first cell."""
    found: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for error in errors:
        found[error.sheet or first, error.row or 1, error.index or 0].append(error.message)
    return found


def _mark(sheet: Any, row: int, place: int, told: Sequence[str]) -> None:
    cell: Any = sheet.cell(row=row, column=place + 1)
    for area in sheet.merged_cells.ranges:  # only the first cell of a merged area can bear a comment
        if cell.coordinate in area:
            cell = sheet.cell(row=area.min_row, column=area.min_col)
    earlier = [cell.comment.text] if cell.comment else []
    comment = Comment("\n".join([*earlier, *told]), AUTHOR)
    comment.width, comment.height = 320, 40 + 34 * (len(told) + len(earlier))
    cell.comment = comment
    cell.fill = WRONG


def _list(book: Any, errors: Sequence[CellError]) -> None:
    sheet = book.create_sheet(ERRORS)
    for row in listed(errors):
        sheet.append([printable(guarded(text)) for text in row])
    for letter, size in zip("ABCDEF", (16, 8, 20, 24, 24, 80), strict=True):
        sheet.column_dimensions[letter].width = size
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cell in sheet["F"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def listed(errors: Sequence[CellError]) -> Iterator[list[str]]:
    """A row of headings, and one for each error."""
    yield list(HEADINGS)
    for error in errors:
        named = [error.sheet, error.place, error.column or "", error.value]
        yield [*named, str(error.rule.value), error.message]
