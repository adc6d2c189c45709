"""CSV that a spreadsheet in a Dutch office opens as a table: UTF-8 with a mark, semicolons."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import IO

from mvi_portal.core.workbooks.cells import shown
from mvi_portal.core.workbooks.writing.pages import Page, explanation

NOTE = "# "  # begins each line below the rows that explains them; reading passes over such a line


def write_csv(file: IO[bytes], page: Page) -> int:
    """The explanation stands below, so that the first line is always the headings."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([shown(column.heading) for column in page.columns])
    count = 0
    for row in page.cells():
        writer.writerow([shown(value) for value in row])
        count += 1
    _explain(writer, page, count)
    text.detach()  # the file stays open
    return count


def _explain(writer: object, page: Page, count: int) -> None:
    write = writer.writerow  # type: ignore[attr-defined] # the csv module names no type for it
    write([""])
    write([f"{NOTE}LEESMIJ"])
    for row in explanation(page, count):
        if told := " | ".join(part for part in row if part):
            write([f"{NOTE}{told}"])
