"""What is written is read back the same, in each form; wrong cells come back in the user's own file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document
from openpyxl import load_workbook
from xlsxwriter import Workbook

from mvi_portal.core.dates import PartialDate
from mvi_portal.core.workbooks import (
    Column,
    FileRefused,
    Form,
    Kind,
    Page,
    Records,
    Rule,
    bare,
    commented,
    guarded,
    read,
    record_sheet,
    records,
    template,
    write,
)
from mvi_portal.core.workbooks.cells import LONGEST, letters, printable

KINDS = [("gem", "gemeente"), ("prov", "provincie")]
COLUMNS = (
    Column("naam", "Zoals in het register.", required=True, longest=60),
    Column("sinds", kind=Kind.PARTIAL_DATE),
    Column("gezien op", kind=Kind.DAY, name="seen"),
    Column("stap", kind=Kind.WHOLE, lowest=1, highest=5),
    Column("deel", kind=Kind.DECIMAL),
    Column("lid", kind=Kind.YES_NO),
    Column("soort", kind=Kind.CHOICE, choices=KINDS),
    Column("let op", derived=True),
)
DAY = date(2022, 11, 24)
ROWS: Sequence[Sequence[Any]] = (
    ("'s-Hertogenbosch", PartialDate.day(DAY), DAY, 3, 0.5, True, "gem", "x"),
    ("=SOM(A1)", PartialDate.parse("najaar 2024"), None, None, None, False, "prov", None),
    ("'=al bewaakt", None, None, 1, -2.25, None, None, None),
    ("Súdwest & <b>", None, None, None, None, None, None, "+1"),
    ("@ergens", PartialDate.parse("2025"), None, None, None, None, None, None),
)


def written(form: Form, rows: Sequence[Sequence[Any]] = ROWS, **more: Any) -> bytes:
    file = BytesIO()
    count = write(file, form, Page("Lijst", COLUMNS, rows, lambda n: [f"{n} rijen."], **more))
    assert count == len(rows)
    return file.getvalue()


def read_back(content: bytes) -> Records:
    sheet, errors = record_sheet(read(content), "Lijst")
    found = records(sheet, COLUMNS)
    assert not errors
    return found


@pytest.mark.parametrize("form", list(Form))
def test_what_is_written_is_read_back_unchanged(form: Form) -> None:
    found = read_back(written(form))
    assert not found.all_errors()
    assert [tuple(row.values.values()) for row in found.rows] == [row[:-1] for row in ROWS]


@pytest.mark.parametrize("form", list(Form))
def test_the_same_rows_give_the_same_bytes(form: Form) -> None:
    assert written(form, protected=True, spare=10) == written(form, protected=True, spare=10)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20))
def test_every_text_survives_the_apostrophe(text: str) -> None:
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_ods_is_read_by_another_library() -> None:
    tables = Document(BytesIO(written(Form.ODS))).body.tables
    assert [table.name for table in tables] == ["Lijst", "Uitleg"]
    assert tables[0].get_value("A2") == "'s-Hertogenbosch"
    assert tables[0].get_value("A3") == "'=SOM(A1)"
    assert str(tables[0].get_value("C2"))[:10] == "2022-11-24"


def test_an_xlsx_holds_no_formula_and_explains_its_columns() -> None:
    book = load_workbook(BytesIO(written(Form.XLSX)))
    assert book.sheetnames == ["Lijst", "Keuzelijsten", "Uitleg"]
    assert book["Lijst"]["A3"].data_type == "s"
    told = [[cell.value for cell in row] for row in book["Uitleg"].iter_rows()]
    assert ["5 rijen.", None, None, None] in told
    assert ["naam", "Zoals in het register.", "tekst", "ja"] in told
    assert len(book["Lijst"].data_validations.dataValidation) == 2


@pytest.mark.parametrize("form", list(Form))
def test_an_empty_template_asks_only_what_can_be_filled_in(form: Form) -> None:
    content = template("Lijst", COLUMNS, form, told=["Voor de proef."])
    sheet, _errors = record_sheet(read(content), "Lijst")
    assert [cell for cell in sheet.rows[0] if cell] == [c.heading for c in COLUMNS if not c.derived]
    assert records(sheet, COLUMNS).rows == []


def test_the_headings_of_a_template_are_protected() -> None:
    sheet = load_workbook(BytesIO(template("Lijst", COLUMNS, Form.XLSX)))["Lijst"]
    assert sheet.protection.sheet
    assert b'table:protected="true"' in BytesIO(_content(template("Lijst", COLUMNS, Form.ODS))).read()


def _content(ods: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(ods)) as parts:
        return parts.read("content.xml")


WRONG = (
    ("", "31-2-2024", "gisteren", 6, "drie", "misschien", "stad"),
    ("x" * 61, 45_000.0, 45_000.0, 1.5, "inf", 2.0, "gem"),
)
RULES = [
    [Rule.REQUIRED, Rule.DATE, Rule.DATE, Rule.NUMBER, Rule.NUMBER, Rule.YES_NO, Rule.CHOICE],
    [Rule.LENGTH, Rule.DATE, Rule.DATE, Rule.NUMBER, Rule.NUMBER, Rule.YES_NO],
]


def wrong(form: Form) -> bytes:
    file = BytesIO()
    plain = [Column(column.heading) for column in COLUMNS if not column.derived]
    write(file, form, Page("Lijst", plain, WRONG, lambda _n: []))
    return file.getvalue()


@pytest.mark.parametrize("form", list(Form))
def test_each_wrong_cell_is_told_with_its_rule_and_comes_back(form: Form) -> None:
    content = wrong(form)
    found = read_back(content)
    assert [[error.rule for error in row.errors] for row in found.rows] == RULES
    back = commented(content, read(content), found.all_errors())
    again = commented(back.content, read(back.content), found.all_errors())
    for returned in (back, again):
        assert len(read_back(returned.content).all_errors()) == sum(map(len, RULES))
        _shows(form, returned.content)


def _shows(form: Form, content: bytes) -> None:
    if form is Form.CSV:
        rows = read(content).sheets[0].rows
        assert rows[0][-1] == "fouten"
        assert "soort: Kies uit: gemeente, provincie." in str(rows[1][-1])
    elif form is Form.ODS:
        table = Document(BytesIO(content)).body.tables[-1]
        assert (table.name, table.get_value("B2"), table.height) == ("Fouten", "A2", 14)
    else:
        sheet = load_workbook(BytesIO(content))["Lijst"]
        marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
        assert marked == {*(f"{letter}2" for letter in "ABCDEFG"), *(f"{letter}3" for letter in "ABCDEF")}
        assert sheet["D2"].comment.text == "Typ een getal van 1 tot en met 5."


def test_an_xlsx_keeps_text_in_several_fonts_and_tells_which_extensions_it_loses() -> None:
    file = BytesIO()
    made = Workbook(file)
    sheet = made.add_worksheet("Lijst")
    sheet.write_row(0, 0, ["naam", "stap"])
    sheet.write_rich_string(1, 0, made.add_format({"bold": True}), "Súd", "west  ")
    sheet.write(1, 1, 9)
    sheet.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline("C2", {"range": "Lijst!B2:B9"})
    made.close()
    content = file.getvalue()
    errors = read_back(content).all_errors()
    back = commented(content, read(content), errors)
    assert back.lost == ("nieuwere voorwaardelijke opmaak, zoals gegevensbalken", "sparklines")
    kept: Any = load_workbook(BytesIO(back.content), rich_text=True)["Lijst"]["A2"].value
    assert [str(part) for part in kept] == ["Súd", "west  "]
    assert kept[0].font.b
    assert read(back.content).sheets[0].rows[1][0] == "Súdwest  "
    assert commented(written(Form.XLSX), read(written(Form.XLSX)), errors).lost == ()


@pytest.mark.parametrize(
    ("head", "rules"),
    [
        ("naam;plaats", [Rule.HEADING]),
        ("naam;Naam", [Rule.DOUBLE]),
        ("stap;lid", [Rule.HEADING]),
        ("NAAM ;  gezien   op;fouten: iets", []),
    ],
)
def test_headings_that_are_not_known_missing_or_double_are_told(head: str, rules: list[Rule]) -> None:
    sheet, _errors = record_sheet(read(f"{head}\n1;ja".encode()), "Lijst")
    assert [error.rule for error in records(sheet, COLUMNS).errors] == rules


@pytest.mark.parametrize("content", [b"vis;vlees\n1;2", b"# alleen een regel uitleg\n"])
def test_a_sheet_without_headings_is_refused(content: bytes) -> None:
    sheet, _errors = record_sheet(read(content), "Lijst")
    with pytest.raises(FileRefused):
        records(sheet, COLUMNS)


def test_small_helpers_know_their_bounds() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert printable("a\x00b") == "ab"
    assert len(printable("x" * 40_000)) <= LONGEST
