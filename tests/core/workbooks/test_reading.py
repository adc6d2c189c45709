"""A file that somebody sends: read, or refused with what to do; never more memory than it may have."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest
from python_calamine import CalamineWorkbook, PasswordError
from xlsxwriter import Workbook

from mvi_portal.core.workbooks import FileRefused, Rule, limits, read
from mvi_portal.core.workbooks.reading import child, delimited
from mvi_portal.core.workbooks.writing.ods import MANIFEST, TYPE
from tests.documents import locked_workbook, old_document, old_workbook, torn

Fill = Callable[[Any, Any], object]
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def xlsx(fill: Fill) -> bytes:
    file = BytesIO()
    book = Workbook(file)
    fill(book, book.add_worksheet("Blad"))
    book.close()
    return file.getvalue()


def ods(body: str, *, styles: str = "", manifest: str = MANIFEST) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", TYPE)
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return file.getvalue()


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(content)
    return caught.value


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_is_read_with_either_mark_and_with_or_without_a_byte_order_mark(
    mark: str, encoding: str
) -> None:
    text = f"naam{mark}plaats\r\n's-Gravenhage{mark}Súdwest\r\n"
    book = read(text.encode(encoding))
    assert book.sheets[0].rows == [["naam", "plaats"], ["'s-Gravenhage", "Súdwest"]]
    assert book.delimiter == mark


def test_a_csv_in_windows_1252_is_refused_with_the_line_and_what_to_do() -> None:
    found = refused("naam;plaats\r\nx;y\r\nSúdwest;z".encode("cp1252"))
    assert found.rule is Rule.ENCODING
    assert "regel 3" in found.message
    assert "CSV UTF-8" in found.message
    assert found.value == "Súdwest;z"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", Rule.EMPTY),
        (b"  \r\n ", Rule.EMPTY),
        ("naam".encode("utf-16"), Rule.ENCODING),
        (b'naam;plaats\n"open;x', Rule.FILE),
        (b"%PDF-1.7", Rule.FILE),
        (b"<html>", Rule.FILE),
        (old_workbook(), Rule.OLD),
        (locked_workbook(), Rule.PASSWORD),
        (old_document(), Rule.FILE),
        (b"PK\x03\x04 and then nothing", Rule.FILE),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_by_what_it_is(content: bytes, rule: Rule) -> None:
    found = refused(content)
    assert found.rule is rule
    assert found.message.endswith(".")
    assert found.error.row is None


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_was_damaged_on_the_way_is_told_so_without_a_trace(
    part: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = refused(torn(xlsx(lambda _book, sheet: sheet.write(0, 0, "naam")), part))
    assert (found.rule, "beschadigd" in found.message) == (Rule.FILE, True)
    assert "Traceback" not in caplog.text


def test_the_old_and_the_locked_file_are_real_ones_to_another_reader(tmp_path: Path) -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(old_workbook())).get_sheet_by_name("Blad")
    assert sheet.to_python() == [[1.0]]
    path = tmp_path / "op-slot.xlsx"
    path.write_bytes(locked_workbook())
    with pytest.raises(PasswordError):
        CalamineWorkbook.from_path(path)


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    assert refused(b"naam;plaats\nx;y").rule is Rule.SIZE


def test_a_csv_with_too_many_columns_is_refused() -> None:
    assert refused(b";" * 300 + b"x").rule is Rule.SIZE


def test_a_broken_csv_tells_after_which_row() -> None:
    with pytest.raises(FileRefused, match="na rij 2"):
        delimited.read_csv(b'a;b\n1;2\n"x"y;3\n')


def test_an_xlsx_tells_values_formulas_merged_cells_and_hidden_sheets() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["naam", "getal"])
        sheet.write_datetime(2, 0, date(2024, 5, 1), book.add_format({"num_format": "dd-mm-yyyy"}))
        sheet.write_formula(2, 1, "=1+1", None, 2)
        sheet.write_formula(3, 1, "=1+1", None, "")
        sheet.merge_range("A5:B6", "samen")
        book.add_worksheet("Weg").hide()

    book = read(xlsx(fill))
    sheet, hidden = book.sheets
    assert sheet.rows[0] == ["naam", "getal"]
    assert sheet.rows[1] == [None, None]
    assert str(sheet.rows[2][0])[:10] == "2024-05-01"
    assert set(sheet.formulas) == {(2, 1), (3, 1)}
    assert (sheet.merged[0].top, sheet.merged[0].right) == (4, 1)
    assert hidden.hidden


def test_an_ods_tells_the_same() -> None:
    unseen = '<style:style style:name="u"><style:table-properties table:display="false"/></style:style>'
    body = (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="2"><table:table-cell '
        'office:value-type="string"><text:p>x</text:p></table:table-cell><table:table-cell '
        'table:formula="of:=1+1"/></table:table-row><table:table-row><table:table-cell '
        'table:number-columns-spanned="2" office:value-type="string"><text:p>y</text:p></table:table-cell>'
        '<table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        '<table:table table:name="B" table:style-name="u"><table:table-row/></table:table>'
    )
    sheet, other = read(ods(body, styles=unseen)).sheets
    assert [row[0] for row in sheet.rows] == ["x", "x", "y"]
    assert sheet.formulas == {(0, 1): False}
    assert (sheet.merged[0].top, sheet.merged[0].right) == (2, 1)
    assert (sheet.hidden, other.hidden) == (False, True)


def far_xlsx() -> bytes:
    return xlsx(lambda _book, sheet: sheet.write_string(1_048_575, 16_383, "ver weg"))


def far_ods() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    return ods(
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="900000">'
        f"{cell}</table:table-row></table:table>"
    )


@pytest.mark.parametrize("content", [far_xlsx(), far_ods()], ids=["xlsx", "ods"])
def test_a_cell_far_away_is_refused_before_it_takes_memory(content: bytes) -> None:
    assert refused(content).rule is Rule.SIZE


def packed(parts: dict[str, bytes], *, encrypted: bool = False) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    whole = file.getvalue()
    return (
        whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
        if encrypted
        else whole
    )


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (packed({"x.txt": b"x"}), Rule.FILE),
        (packed({"xl/workbook.bin": b"x"}), Rule.OLD),
        (packed({"xl/workbook.xml": b"x"}, encrypted=True), Rule.PASSWORD),
        (packed({"xl/workbook.xml": b"<a/>"}), Rule.FILE),
        (packed({f"part{n}": b"" for n in range(2_100)}), Rule.SIZE),
        (packed({"xl/workbook.xml": b" " * (201 * limits.MB)}), Rule.SIZE),
        (ods("", manifest="<m><encryption-data/></m>"), Rule.PASSWORD),
    ],
    ids=["zip", "xlsb", "password", "broken", "parts", "bomb", "ods password"],
)
def test_a_packed_file_that_is_no_workbook_is_refused(content: bytes, rule: Rule) -> None:
    assert refused(content).rule is rule


def test_xml_that_grows_when_it_is_read_is_refused() -> None:
    whole = ods("")
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as parts, zipfile.ZipFile(file, "w") as made:
        for part in parts.infolist():
            xml = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
            made.writestr(part, xml if part.filename == "content.xml" else parts.read(part))
    assert refused(file.getvalue()).rule is Rule.FILE


def test_a_part_that_is_too_large_for_us_is_no_damaged_part() -> None:
    full, broken = expat.ExpatError("out of memory"), expat.ExpatError("no element found")
    full.code, broken.code = 1, 3
    assert child.lacks_memory(full)
    assert child.lacks_memory(zlib.error("Error -4 while decompressing data"))
    assert not child.lacks_memory(broken)
    assert not child.lacks_memory(zlib.error("Error -3 while decompressing data: invalid block type"))


def test_a_reader_that_runs_out_of_memory_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_BYTES", 12 * limits.MB)
    found = refused(xlsx(lambda _book, sheet: sheet.write_string(0, 0, "x")))
    assert found.rule is Rule.FILE
    assert "geheugen" in found.message
