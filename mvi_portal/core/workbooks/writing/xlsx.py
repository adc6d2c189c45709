"""XLSX, row by row, by XlsxWriter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from xlsxwriter import Workbook

from mvi_portal.core.workbooks.cells import guarded, letters, printable
from mvi_portal.core.workbooks.columns import Kind
from mvi_portal.core.workbooks.sheets import EXPLANATION, LISTS
from mvi_portal.core.workbooks.writing.pages import MADE, Page, explanations, width

DAYS = {Kind.DAY, Kind.PARTIAL_DATE}


def write_xlsx(file: IO[bytes], *pages: Page) -> int:
    """Of several pages at most one has choices: their sheet of lists has one name."""
    book = Workbook(file, {"constant_memory": True, "default_date_format": "dd-mm-yyyy"})
    book.set_properties({"created": MADE, "author": "MVI-portaal"})
    counts = [_Sheet(book, page).write() for page in pages]
    _explain(book, list(zip(pages, counts, strict=True)))
    book.close()
    return sum(counts)


class _Sheet:
    """The sheet of rows; what can be typed in is unlocked, when the headings are protected."""

    def __init__(self, book: Any, page: Page) -> None:
        self.book, self.page = book, page
        free = {"locked": not page.protected}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format(free)
        self.day = book.add_format({"num_format": "dd-mm-yyyy", **free})
        self.sheet = book.add_worksheet(page.title)

    def write(self) -> int:
        self._columns()
        count = 0
        for count, row in enumerate(self.page.cells(), 1):
            self._row(count, row)
        if count:
            self.sheet.autofilter(0, 0, count, len(self.page.columns) - 1)
        self._choices(count + self.page.spare)
        if self.page.protected:
            self.sheet.protect("", {"format_columns": True, "sort": True, "autofilter": True})
        return count

    def _columns(self) -> None:
        for place, column in enumerate(self.page.columns):
            form = self.day if column.kind in DAYS else self.text
            self.sheet.set_column(place, place, width(column), form)
            self.sheet.write_string(0, place, printable(guarded(column.heading)), self.head)
        self.sheet.freeze_panes(1, 0)

    def _row(self, place: int, row: Sequence[object]) -> None:
        for column, value in enumerate(row):
            if isinstance(value, (bool, str)) or (
                value is not None and not isinstance(value, (int, float, date))
            ):
                self.sheet.write_string(place, column, _text(value), self.text)
            elif isinstance(value, (int, float)):
                self.sheet.write_number(place, column, value, self.text)
            elif value is not None:
                naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
                self.sheet.write_datetime(place, column, naive, self.day)

    def _choices(self, last: int) -> None:
        """From a sheet of lists: in the cell itself there is room for few."""
        lists = self.page.lists()
        if not lists or not last:
            return
        sheet = self.book.add_worksheet(LISTS)
        for row in range(max(len(choices) for choices in lists.values()) + 1):
            for place, (column, choices) in enumerate(lists.items()):
                told = [self.page.columns[column].heading, *choices]
                if row < len(told):
                    sheet.write_string(row, place, printable(guarded(told[row])))
        for place, (column, choices) in enumerate(lists.items()):
            name = letters(place)
            source = f"={LISTS}!${name}$2:${name}${len(choices) + 1}"
            self.sheet.data_validation(1, column, last, column, {**_REFUSAL, "source": source})


_REFUSAL = {
    "validate": "list",
    "error_title": "Niet in de lijst",
    "error_message": "Kies een van de waarden uit de lijst.",
}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return printable(guarded(str(value)))


def _explain(book: Any, told: Sequence[tuple[Page, int]]) -> None:
    sheet = book.add_worksheet(EXPLANATION)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, size in enumerate((28, 70, 50, 12)):
        sheet.set_column(place, place, size)
    for number, (row, is_heading) in enumerate(explanations(told)):
        form = bold if is_heading else (wrapped if len(row) > 1 else None)
        for place, text in enumerate(row):
            sheet.write_string(number, place, printable(guarded(text)), form)
