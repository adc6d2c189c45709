"""The process that reads an XLSX or ODS: a program of its own, that imports nothing of ours.

First the file's parts are bounded and its XML is walked, for what a reader of values does not tell (formulas,
merged cells) and for how far the cells reach: the reader takes memory for the whole rectangle between them.
Then the values are read. The answer is JSON on standard output.
"""

from __future__ import annotations

import json
import posixpath
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from xml.parsers import expat

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
BLOCK = 64 * 1024
Attributes = dict[str, str]
DAMAGED = (  # what is no way of packing that we know, or no longer what was packed
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
)


NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


class Refused(Exception):
    """Why, by its name in refusals.py: what people read stands there."""


@dataclass
class Bounds:
    unpacked: int
    parts: int
    rows: int
    columns: int
    cells: int


@dataclass
class Found:
    """What the XML of one sheet tells beside its values."""

    name: str = ""
    hidden: bool = False
    formulas: list[tuple[int, int, bool]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cells: int = 0


def main() -> None:
    path, memory, seconds, *rest = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = look(path, Bounds(*map(int, rest)))
    except Refused as error:
        answer = {"refused": error.args[0]}
    except DAMAGED as error:
        if lacks_memory(error):
            raise
        answer = {"refused": "broken"}
    except OSError as error:
        if error.errno is not None:  # the machine's own, such as no memory
            raise
        answer = {"refused": "broken"}
    json.dump(answer, sys.stdout)


def lacks_memory(error: Exception) -> bool:
    """Whether the file may be sound, and only too large for us."""
    return getattr(error, "code", None) == NO_MEMORY or str(error).startswith("Error -4 ")  # zlib's


def look(path: str, bounds: Bounds) -> dict[str, Any]:
    with zipfile.ZipFile(path) as parts:
        form = form_of(parts, bounds)
        found = list(ODS(parts, bounds).sheets() if form == "ods" else xlsx_sheets(parts, bounds))
    return {"form": form, "sheets": list(values(path, found))}


def form_of(parts: zipfile.ZipFile, bounds: Bounds) -> str:
    every = parts.infolist()
    if any(part.flag_bits & 1 for part in every):
        raise Refused("protected")
    if len(every) > bounds.parts or sum(part.file_size for part in every) > bounds.unpacked:
        raise Refused("swollen")
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        raise Refused("binary")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and parts.read("mimetype").strip().startswith(ODS_TYPE):
        if "META-INF/manifest.xml" in names and b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise Refused("protected")
        return "ods"
    raise Refused("other")


def walk(
    parts: zipfile.ZipFile,
    name: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
) -> None:
    """Through the XML of a part, block by block; a document type is refused, so nothing can grow in it."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, told: start(tag.rpartition(":")[2], told)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with parts.open(name) as file:
        while block := file.read(BLOCK):
            parser.Parse(block, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_told: object) -> None:
    raise Refused("broken")


def bare(told: Attributes) -> Attributes:
    """Attributes without the prefix of their namespace."""
    return {name.rpartition(":")[2]: value for name, value in told.items()}


# --- XLSX -----------------------------------------------------------------------------------------------


def xlsx_sheets(parts: zipfile.ZipFile, bounds: Bounds) -> Iterator[Found]:
    targets = relations(parts)
    total = 0
    for sheet, part in listed(parts, targets):
        if part in parts.namelist():
            XLSX(sheet, bounds).walk(parts, part)
        total += sheet.cells
        if total > bounds.cells:
            raise Refused("far")
        yield sheet


def relations(parts: zipfile.ZipFile) -> dict[str, str]:
    """By its id, the part that holds a sheet."""
    found: dict[str, str] = {}

    def start(tag: str, told: Attributes) -> None:
        if tag == "Relationship":
            target = told["Target"]
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found[told["Id"]] = posixpath.normpath(whole)

    walk(parts, "xl/_rels/workbook.xml.rels", start)
    return found


def listed(parts: zipfile.ZipFile, targets: dict[str, str]) -> list[tuple[Found, str]]:
    found: list[tuple[Found, str]] = []

    def start(tag: str, told: Attributes) -> None:
        if tag == "sheet":
            hidden = told.get("state", "visible") != "visible"
            found.append((Found(told["name"], hidden), targets.get(bare(told).get("id", ""), "")))

    walk(parts, "xl/workbook.xml", start)
    return found


class XLSX:
    """Walks one sheet. Cells without an address follow each other, so both are counted."""

    def __init__(self, sheet: Found, bounds: Bounds) -> None:
        self.sheet, self.bounds = sheet, bounds
        self.row = self.column = -1
        self.formula = self.value = False

    def walk(self, parts: zipfile.ZipFile, name: str) -> None:
        walk(parts, name, self._start, self._end)

    def _start(self, tag: str, told: Attributes) -> None:
        if tag == "row":
            self.row = int(told["r"]) - 1 if "r" in told else self.row + 1
            self.column = -1
        elif tag == "c":
            self._cell(told)
        elif tag == "f":
            self.formula = True
        elif tag == "v":
            self.value = True
        elif tag == "mergeCell":
            self.sheet.merged.append(area_of(told["ref"]))

    def _cell(self, told: Attributes) -> None:
        self.column += 1
        if place := PLACE.fullmatch(told.get("r", "")):
            self.column, self.row = column_of(place[1]), int(place[2]) - 1
        self.sheet.cells += 1
        self.formula = self.value = False
        bound(self.row, self.column, self.sheet.cells, self.bounds)

    def _end(self, tag: str) -> None:
        if tag == "c" and self.formula:
            self.sheet.formulas.append((self.row, self.column, self.value))


def bound(row: int, column: int, cells: int, bounds: Bounds) -> None:
    if row >= bounds.rows or column >= bounds.columns or cells > bounds.cells:
        raise Refused("far")


def column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def area_of(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    places = [PLACE.fullmatch(cell.replace("$", "")) for cell in (first, last or first)]
    (top, left), (bottom, right) = ((int(p[2]) - 1, column_of(p[1])) for p in places if p)
    return top, left, bottom, right


# --- ODS ------------------------------------------------------------------------------------------------


class ODS:
    """Walks content.xml. Cells and rows can be repeated; only those that hold something count."""

    def __init__(self, parts: zipfile.ZipFile, bounds: Bounds) -> None:
        self.parts, self.bounds = parts, bounds
        self.found: list[Found] = []
        self.unseen: set[str] = set()  # styles that do not display a sheet
        self.style = ""
        self.row = self.column = self.repeat = self.cells = 0
        self.told: Attributes = {}
        self.text = False
        self.filled: list[tuple[int, int]] = []

    def sheets(self) -> list[Found]:
        walk(self.parts, "content.xml", self._start, self._end)
        return self.found

    def _start(self, tag: str, told: Attributes) -> None:
        told = bare(told)
        if tag == "style":
            self.style = told.get("name", "")
        elif tag == "table-properties" and told.get("display") == "false":
            self.unseen.add(self.style)
        elif tag == "table":
            self.found.append(Found(told.get("name", ""), told.get("style-name", "") in self.unseen))
            self.row = 0
        elif tag == "table-row":
            self.repeat, self.column, self.filled = repeated(told, "rows"), 0, []
        elif tag in ("table-cell", "covered-table-cell"):
            self.told, self.text = told, False
        elif tag in ("p", "h"):
            self.text = True

    def _end(self, tag: str) -> None:
        if tag in ("table-cell", "covered-table-cell"):
            self._cell()
        elif tag == "table-row":
            self._row()

    def _cell(self) -> None:
        told, width = self.told, repeated(self.told, "columns")
        sheet = self.found[-1]
        rows, columns = int(told.get("number-rows-spanned", 1)), int(told.get("number-columns-spanned", 1))
        if rows > 1 or columns > 1:
            area = (self.row, self.column, self.row + rows - 1, self.column + columns - 1)
            sheet.merged.append(area)
        if "formula" in told:
            calculated = self.text or any(name in told for name in HOLDS)
            sheet.formulas.append((self.row, self.column, calculated))
        if self.text or "formula" in told or "value-type" in told:
            self.filled.append((self.column, width))
        self.column += width

    def _row(self) -> None:
        if self.filled:
            last, width = self.filled[-1]
            self.cells += sum(width for _place, width in self.filled) * self.repeat
            bound(self.row + self.repeat - 1, last + width - 1, self.cells, self.bounds)
        self.row += self.repeat


HOLDS = ("value", "date-value", "string-value", "boolean-value", "time-value")


def repeated(told: Attributes, what: str) -> int:
    return max(1, int(told.get(f"number-{what}-repeated", 1)))


# --- values ---------------------------------------------------------------------------------------------


def values(path: str, found: list[Found]) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        kinds = {sheet.name: str(sheet.typ) for sheet in book.sheets_metadata}
        read = {name: book.get_sheet_by_name(name) for name in book.sheet_names if is_grid(kinds[name])}
        rows = {name: sheet.to_python(skip_empty_area=False) for name, sheet in read.items()}
    except PasswordError as error:
        raise Refused("protected") from error
    except CalamineError as error:
        raise Refused("broken") from error
    for sheet in found:
        yield {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "formulas": sheet.formulas,
            "merged": sheet.merged,
            "rows": [[plain(cell) for cell in row] for row in rows.get(sheet.name, [])],
        }


def is_grid(kind: str) -> bool:
    """A sheet of cells, and not one of a chart."""
    return kind.endswith("WorkSheet")


def plain(cell: Any) -> Any:
    """As JSON has it; a day or a moment as a list of one text."""
    if isinstance(cell, (date, datetime)):
        return [cell.isoformat()]
    if cell == "" or isinstance(cell, (bool, int, float)):
        return None if cell == "" else cell
    return str(cell) if not isinstance(cell, timedelta) else cell.total_seconds() / 86_400


if __name__ == "__main__":
    main()
