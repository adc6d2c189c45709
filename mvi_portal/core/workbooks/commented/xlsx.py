"""An XLSX back with a comment on each wrong cell, and a sheet with all that is wrong."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import parseString  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from mvi_portal.core.workbooks.cells import guarded, printable
from mvi_portal.core.workbooks.commented.listing import listed
from mvi_portal.core.workbooks.errors import CellError
from mvi_portal.core.workbooks.sheets import ERRORS

AUTHOR = "MVI-portaal"
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
# the same, of what a newer Excel adds inside a sheet: by the element that an extension holds
_EXTENSIONS = {
    "dataValidations": "keuzelijsten die naar een ander blad verwijzen",
    "conditionalFormattings": "nieuwere voorwaardelijke opmaak, zoals gegevensbalken",
    "id": "nieuwere voorwaardelijke opmaak, zoals gegevensbalken",
    "sparklineGroups": "sparklines",
    "slicerList": "slicers",
    "timelineRefs": "tijdlijnen",
}


def kept_out(content: bytes) -> list[str]:
    """What of the file cannot be kept."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
        lost = [told for start, told in _NOT_KEPT.items() if any(name.startswith(start) for name in names)]
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                lost += _extensions(parts.read(name))
    return list(dict.fromkeys(lost))


def _extensions(sheet: bytes) -> list[str]:
    """What stands in the extensions of a sheet, or of something in it."""
    if b"extLst" not in sheet:
        return []
    seen = _Extensions()
    parseString(sheet, seen)
    return [_EXTENSIONS.get(name, "andere aanvullingen van Excel") for name in seen.held]


class _Extensions(ContentHandler):
    """Remembers the first element in each extension."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[str] = []
        self.opened = False

    def startElement(self, name: str, _attrs: AttributesImpl) -> None:  # noqa: N802 - the name of the handler
        bare = name.rpartition(":")[2]
        if self.opened:
            self.held.append(bare)
        self.opened = bare == "ext"


def with_comments(content: bytes, errors: Sequence[CellError]) -> bytes:
    with warnings.catch_warnings(action="ignore"):  # of what it drops: `kept_out` tells that
        book = load_workbook(BytesIO(content), keep_links=False, rich_text=True)
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
