"""Must show: a workbook with forty planted errors comes back with each marked; mended, everything goes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from mvi_portal.core.workbooks import Form, read
from signatories.models import Kind, Signatory, Signature
from tests.documents import locked_workbook, old_document, old_workbook
from tests.factories.signatories import (
    ManifestFactory,
    OfficeFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    SignatoryFactory,
    SignatureFactory,
)
from tests.signatories.incoming.books import taken, told, verdicts, workbook

pytestmark = pytest.mark.django_db
HEADINGS = (
    *("code", "naam", "soort", "manifest", "handtekening", "ondertekend op"),
    *("ambt", "nummer", "vindplaats", "bron", "ingetrokken op", "vanaf", "tot en met"),
)
DAY = date(2023, 2, 15)
Change = dict[str, Any]
# each is planted in a row of its own: what is typed, the heading that is told, and the rule
PLANTED: list[tuple[Change, str | None, str]] = [
    ({"code": "gm4040"}, "code", "KNOWN"),
    ({"code": "gm 0001"}, "code", "KNOWN"),
    ({"code": "", "naam": ""}, "code", "REQUIRED"),
    ({"code": "", "naam": "Atlantis"}, "naam", "KNOWN"),
    ({"code": "", "naam": "Utrecht"}, "naam", "DOUBT"),
    ({"code": "", "naam": "Oudstad"}, "naam", "DOUBT"),
    ({"code": "", "naam": "Nieuwstat"}, "naam", "DOUBT"),
    ({"naam": "Utrecht"}, "naam", "FITS"),
    ({"naam": "x" * 251}, "naam", "LENGTH"),
    ({"soort": "stad"}, "soort", "CHOICE"),
    ({"soort": "provincie"}, "soort", "FITS"),
    ({"manifest": ""}, "manifest", "REQUIRED"),
    ({"manifest": "ander"}, "manifest", "CHOICE"),
    ({"handtekening": "met spatie"}, "handtekening", "FITS"),
    ({"handtekening": "x" * 81}, "handtekening", "LENGTH"),
    ({"ondertekend op": ""}, "ondertekend op", "REQUIRED"),
    ({"ondertekend op": "gisteren"}, "ondertekend op", "DATE"),
    ({"ondertekend op": "31-2-2023"}, "ondertekend op", "DATE"),
    ({"ondertekend op": "15-13-2023"}, "ondertekend op", "DATE"),
    ({"ondertekend op": 44972}, "ondertekend op", "DATE"),
    ({"ondertekend op": "1-1-1823"}, "ondertekend op", "DATE"),
    ({"ondertekend op": "1-1-2099"}, "ondertekend op", "FITS"),
    ({"ondertekend op": "1-1-2019"}, "ondertekend op", "FITS"),
    ({"ambt": "burgemeester van nergens"}, "ambt", "KNOWN"),
    ({"ambt": "wethouder"}, "ambt", "DOUBT"),
    ({"nummer": "zeven"}, "nummer", "NUMBER"),
    ({"nummer": 0}, "nummer", "NUMBER"),
    ({"nummer": 1.5}, "nummer", "NUMBER"),
    ({"nummer": 5}, "nummer", "FITS"),
    ({"vindplaats": "x" * 201}, "vindplaats", "LENGTH"),
    ({"ingetrokken op": "mei 2024"}, "ingetrokken op", "DATE"),
    ({"ingetrokken op": date(2022, 1, 1)}, "ingetrokken op", "FITS"),
    ({"vanaf": "ooit"}, "vanaf", "DATE"),
    ({"vanaf": date(2024, 1, 1)}, "vanaf", "FITS"),
    ({"tot en met": date(2020, 1, 1)}, "tot en met", "FITS"),
    ({"bron": "=1+1"}, "bron", "FORMULA"),
]


@pytest.fixture(autouse=True)
def register() -> None:
    ManifestFactory(slug="mvoi")
    for number in range(len(PLANTED) + 4):
        OrganisationFactory(key=f"gm{number}")
    OrganisationFactory(key="u1", called__name="Utrecht")
    OrganisationFactory(key="u2", kind=Kind.PROVINCE, called__name="Utrecht")
    renamed = OrganisationFactory(key="n1", called=None)
    OrganisationNameFactory(organisation=renamed, name="Oudstad", valid_until=date(2022, 12, 31))
    OrganisationNameFactory(organisation=renamed, name="Nieuwstad", valid_from=date(2023, 1, 1))
    for _number in range(2):
        OfficeFactory(title="wethouder")
    taken_number = SignatureFactory(
        manifest=ManifestFactory._meta.model.objects.get(), slug="eerder", number=5
    )
    SignatoryFactory(signature=taken_number)


def good(number: int) -> Change:
    return {"code": f"gm{number}", "manifest": "mvoi", "ondertekend op": DAY}


def book(changes: list[Change], finish: Callable[[Any], None] = lambda _book: None) -> bytes:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Ondertekenaars"
    sheet.append(HEADINGS)
    for number, change in enumerate(changes):
        row = {**good(number), **change}
        sheet.append([row.get(heading) for heading in HEADINGS])
    finish(made)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def more(made: Any) -> None:
    """A double row, two cells that are merged, a hidden sheet."""
    sheet = made.active
    last = sheet.max_row
    sheet.cell(last, 1).value = "gm0"
    sheet.cell(2, 1).value = "gm0"
    sheet.merge_cells(start_row=last - 2, end_row=last - 1, start_column=10, end_column=10)
    hidden = made.create_sheet("Oud")
    hidden.append(["code"])
    hidden.sheet_state = "hidden"


def test_forty_planted_errors_come_back_each_marked_and_nothing_is_written() -> None:
    planted = [({}, None, ""), *PLANTED, ({}, None, ""), ({}, None, ""), ({}, None, "")]
    content = book([change for change, _column, _rule in planted], more)
    before = Signature.objects.count()
    found = taken(content)
    assert Signature.objects.count() == before
    last = len(planted) + 1
    expected: set[tuple[int | None, str | None, str]] = {
        (row, column, rule) for row, (_c, column, rule) in enumerate(planted, 2) if rule
    }
    expected |= {(None, None, "HIDDEN"), (last, "code", "DOUBLE")}
    expected |= {(last - 2, "bron", "MERGED"), (last - 1, "bron", "MERGED")}
    assert set(told(found)) == expected
    assert len(expected) == 40
    assert found.returned is not None
    sheet: Any = load_workbook(BytesIO(found.returned.content))["Ondertekenaars"]
    marked = {
        (cell.row, HEADINGS[cell.column - 1]) for row in sheet.iter_rows() for cell in row if cell.comment
    }
    on_cells = {(row, column) for row, column, _rule in expected if row}
    merged_into_first = (last - 1, "bron")
    assert marked == on_cells - {merged_into_first}


@pytest.mark.parametrize("form", [Form.CSV, Form.ODS])
def test_planted_errors_come_back_in_the_form_that_they_came_in(form: Form) -> None:
    planted = [item for item in PLANTED if item[2] != "FORMULA"]
    changes = [{}, *(change for change, _column, _rule in planted), {"code": "gm0"}]
    rows = [{**good(number), **change} for number, change in enumerate(changes)]
    content = workbook([[row.get(heading) for heading in HEADINGS] for row in rows], HEADINGS, form)
    before = Signature.objects.count()
    found = taken(content)
    assert Signature.objects.count() == before
    expected: set[tuple[int | None, str | None, str]] = {
        (row, column, rule) for row, (_change, column, rule) in enumerate(planted, 3)
    }
    assert set(told(found)) == expected | {(len(changes) + 1, "code", "DOUBLE")}
    assert found.returned is not None
    sheets = read(found.returned.content).sheets
    if form is Form.CSV:
        faults = {row: cells[len(HEADINGS) :] for row, cells in enumerate(sheets[0].rows, 1)}
        assert faults[1] == ["fouten"]
        for error in found.outcome.errors:
            assert error.row is not None
            assert error.message in str(faults[error.row])
    else:
        listed = [(row[1], row[2], row[5]) for row in sheets[-1].rows[1:]]
        assert listed == [(error.place, error.column, error.message) for error in found.outcome.errors]


def mended(content: bytes) -> bytes:
    """The workbook that came back, as somebody mends it: only the cells that were wrong are typed again."""
    made = load_workbook(BytesIO(content))
    sheet: Any = made["Ondertekenaars"]
    for area in [str(found) for found in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    del made["Oud"]
    for row in range(2, sheet.max_row + 1):
        right = good(row - 2)
        for place, heading in enumerate(HEADINGS, 1):
            cell = sheet.cell(row, place)
            told = cell.value.date() if isinstance(cell.value, datetime) else cell.value
            if told != right.get(heading):
                cell.value = right.get(heading)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def test_the_workbook_that_came_back_goes_in_once_its_cells_are_mended() -> None:
    planted = [({}, None, ""), *PLANTED, ({}, None, ""), ({}, None, ""), ({}, None, "")]
    found = taken(book([change for change, _column, _rule in planted], more))
    assert found.returned is not None
    before = Signatory.objects.count()
    again = taken(mended(found.returned.content))
    assert told(again) == []
    assert verdicts(again) == ["toegevoegd"] * 40
    assert Signatory.objects.count() == before + 40


def two_sheets(made: Any) -> None:
    made.active.title = "Een"
    made.create_sheet("Twee").append(["code"])


def test_a_workbook_that_is_refused_as_a_whole_comes_back_with_the_reason() -> None:
    found = taken(book([{}], two_sheets))
    (error,) = found.outcome.errors
    assert (error.row, error.rule.name) == (None, "SHEET")
    assert found.returned is not None
    back = load_workbook(BytesIO(found.returned.content))
    assert error.message in back["Een"]["A1"].comment.text
    assert back["Fouten"]["F2"].value == error.message
    del back["Twee"]
    file = BytesIO()
    back.save(file)
    assert verdicts(taken(file.getvalue())) == ["toegevoegd"]


def test_mended_everything_goes_in() -> None:
    found = taken(book([{} for _row in range(40)]))
    assert not found.outcome.errors
    assert verdicts(found) == ["toegevoegd"] * 40
    assert Signatory.objects.count() == 41


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("naam;manifest\nSúdwest-Fryslân;mvoi".encode("cp1252"), "Windows-1252"),
        (b"", "leeg"),
        (locked_workbook(), "beveiligd met een wachtwoord"),
        (old_workbook(), "oud Excelbestand (.xls)"),
        (old_document(), "geen werkblad"),
        (b"PK\x03\x04 kapot", "beschadigd"),
        (b"vis;vlees\n1;2", "koppen"),
    ],
    ids=["windows-1252", "empty", "password", "xls", "doc", "broken", "headings"],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, words: str) -> None:
    before = Signature.objects.count()
    found = taken(content)
    assert Signature.objects.count() == before
    (error,) = found.outcome.errors
    assert words in error.message
    assert (error.row, error.column) == (None, None)
    assert (found.returned is not None) == (words == "koppen")
