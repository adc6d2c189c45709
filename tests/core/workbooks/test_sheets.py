"""Formulas, merged cells, hidden and several sheets: told where they stand."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference

from mvi_portal.core.workbooks import Column, FileRefused, Rule, commented, read, record_sheet, records

COLUMNS = (Column("naam", required=True), Column("aantal"))


def saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def book_with(*rows: tuple[object, ...]) -> Any:
    book = Workbook()
    book.active.title = "Lijst"
    for row in (("naam", "aantal"), *rows):
        book.active.append(row)
    return book


def test_formulas_and_merged_cells_are_told_in_their_rows_and_marked() -> None:
    book = book_with(("a", "=1+1"), ("b", 2), ("c", 3))
    book.active.merge_cells("A3:A4")
    content = saved(book)
    found = records(record_sheet(read(content), "Lijst")[0], COLUMNS)
    told = [[(error.place, error.rule) for error in row.errors] for row in found.rows]
    assert told[0] == [("B2", Rule.FORMULA)]
    assert ("A3", Rule.MERGED) in told[1]
    assert ("A4", Rule.MERGED) in told[2]
    back = load_workbook(BytesIO(commented(content, read(content), found.all_errors()).content))
    assert "formule" in back["Lijst"]["B2"].comment.text
    assert "samengevoegd" in back["Lijst"]["A3"].comment.text


def test_a_merged_heading_is_told() -> None:
    book = book_with(("a", 1))
    book.active.merge_cells("A7:B8")
    found = records(record_sheet(read(saved(book)), "Lijst")[0], COLUMNS)
    assert [(error.place, error.rule) for error in found.errors] == [("A7", Rule.MERGED)]


def test_a_hidden_sheet_is_told_and_not_read() -> None:
    book = book_with(("a", 1))
    other = book.create_sheet("Geheim")
    other.append(("naam",))
    other.sheet_state = "veryHidden"
    sheet, errors = record_sheet(read(saved(book)), "Lijst")
    assert sheet.name == "Lijst"
    assert [(error.sheet, error.row, error.rule) for error in errors] == [("Geheim", None, Rule.HIDDEN)]


def test_which_sheet_is_meant_is_not_guessed() -> None:
    book = book_with(("a", 1))
    book.create_sheet("Nog een").append(("naam",))
    with pytest.raises(FileRefused, match="Noem het goede blad “Ondertekenaars”"):
        record_sheet(read(saved(book)), "Ondertekenaars")
    assert record_sheet(read(saved(book)), "lijst")[0].name == "Lijst"


def test_a_workbook_without_anything_is_refused() -> None:
    with pytest.raises(FileRefused, match="geen rijen"):
        record_sheet(read(saved(Workbook())), "Lijst")


def test_what_cannot_be_kept_is_said_and_what_people_wrote_is() -> None:
    from openpyxl.comments import Comment

    book = book_with((None, 1))
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=2))
    book.active.add_chart(chart, "E5")
    book.active["A2"].comment = Comment("Vraag het Jan", "Piet")
    content = saved(book)
    found = records(record_sheet(read(content), "Lijst")[0], COLUMNS)
    back = commented(content, read(content), found.all_errors())
    assert back.lost == ("grafieken", "vormen en tekstvakken")
    text = load_workbook(BytesIO(back.content))["Lijst"]["A2"].comment.text
    assert text == "Vraag het Jan\nVul “naam” in."
