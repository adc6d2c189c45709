"""ODS, row by row, by a small writer of our own: libraries hold all in memory, or get slower by the row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from mvi_portal.core.workbooks.cells import guarded, printable
from mvi_portal.core.workbooks.sheets import EXPLANATION
from mvi_portal.core.workbooks.writing.pages import Page, explanations, width

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_SPACE}:{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_SPACES} office:version="1.3">'
MANIFEST = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    f'manifest:media-type="{TYPE}"/><manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)
_STYLES = (
    '<number:date-style style:name="dag"><number:day number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="kop" style:family="table-cell"><style:table-cell-properties '
    'fo:border-bottom="0.5pt solid #000000"/><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="datum" style:family="table-cell" style:data-style-name="dag">'
    '<style:table-cell-properties style:cell-protect="none"/></style:style>'
    '<style:style style:name="vrij" style:family="table-cell"><style:table-cell-properties '
    'style:cell-protect="none"/></style:style>'
    '<style:style style:name="regel" style:family="table-cell"><style:table-cell-properties '
    'fo:wrap-option="wrap"/></style:style>'
)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of each part: the earliest that a zip can tell


def write_ods(file: IO[bytes], *pages: Page) -> int:
    """Of several pages at most one has choices: their names would clash."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(_part("mimetype", zipfile.ZIP_STORED), TYPE)
        parts.writestr(_part("META-INF/manifest.xml"), MANIFEST)
        with parts.open(_part("content.xml"), "w", force_zip64=True) as content:
            writer = _Writer(content, pages)
            writer.write()
    return writer.count


def _part(name: str, kind: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = kind
    info.external_attr = 0o600 << 16
    return info


class _Writer:
    def __init__(self, file: IO[bytes], pages: Sequence[Page]) -> None:
        self.file, self.pages, self.counts = file, pages, [0 for _page in pages]
        self.lists = [page.lists() for page in pages]

    @property
    def count(self) -> int:
        return sum(self.counts)

    def write(self) -> None:
        self._put(f"{_HEAD}<office:automatic-styles>{_STYLES}{self._widths()}</office:automatic-styles>")
        self._put(f"<office:body><office:spreadsheet>{self._choices()}")
        for place in range(len(self.pages)):
            self._rows(place)
        self._put(table(EXPLANATION, self._explained(), widths=[_W * 6, _W * 14, _W * 10, _W * 3]))
        self._put("</office:spreadsheet></office:body></office:document-content>")

    def _put(self, text: str) -> None:
        self.file.write(text.encode())

    def _rows(self, at: int) -> None:
        page = self.pages[at]
        locked = ' table:protected="true"' if page.protected else ""
        self._put(f"<table:table table:name={quoteattr(page.title)}{locked}>")
        self._put("".join(f'<table:table-column table:style-name="k{width(c)}"/>' for c in page.columns))
        head = (cell(column.heading, style="kop") for column in page.columns)
        self._put(f"<table:table-header-rows>{line(head)}</table:table-header-rows>")
        for row in page.cells():
            self.counts[at] += 1
            self._put(line(cell(value, chosen=self._list(at, place)) for place, value in enumerate(row)))
        self._put(f"{self._spare(at)}</table:table>")

    def _spare(self, at: int) -> str:
        """Empty rows that take the choices."""
        page = self.pages[at]
        if not page.spare:
            return ""
        cells = (cell(None, chosen=self._list(at, place)) for place in range(len(page.columns)))
        return line(cells, repeated=page.spare)

    def _list(self, at: int, place: int) -> str:
        return f"lijst{place}" if place in self.lists[at] else ""

    def _choices(self) -> str:
        if not any(self.lists):
            return ""
        found = "".join(
            _validation(place, choices, quoteattr(page.title.replace("'", "''"))[1:-1])
            for page, lists in zip(self.pages, self.lists, strict=True)
            for place, choices in lists.items()
        )
        return f"<table:content-validations>{found}</table:content-validations>"

    def _widths(self) -> str:
        sizes = {width(column) for page in self.pages for column in page.columns}
        return "".join(_width(size) for size in sorted(sizes | {_W * n for n in (3, 6, 10, 14)}))

    def _explained(self) -> Iterator[str]:
        for row, is_heading in explanations(zip(self.pages, self.counts, strict=True)):
            style = "kop" if is_heading else ("regel" if len(row) > 1 else "")
            yield line(cell(text, style=style) for text in row)


_W = 5  # characters, the step of widths on the sheet that explains


def _width(characters: int) -> str:
    return (
        f'<style:style style:name="k{characters}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{characters * 0.21:.2f}cm"/></style:style>'
    )


def _validation(place: int, choices: Sequence[str], title: str) -> str:
    listed = ";".join('"' + guarded(choice).replace('"', '""') + '"' for choice in choices)
    condition = quoteattr(f"of:cell-content-is-in-list({listed})")
    return (
        f'<table:content-validation table:name="lijst{place}" table:condition={condition} '
        f'table:allow-empty-cell="true" table:base-cell-address="\'{title}\'.A1">'
        '<table:error-message table:message-type="stop" table:display="true" table:title="Niet in de lijst">'
        "<text:p>Kies een van de waarden uit de lijst.</text:p></table:error-message>"
        "</table:content-validation>"
    )


def table(name: str, lines: Iterable[str], *, widths: Sequence[int] = ()) -> str:
    """A whole small sheet."""
    columns = "".join(f'<table:table-column table:style-name="k{size}"/>' for size in widths)
    columns = columns or "<table:table-column/>"
    return f"<table:table table:name={quoteattr(name)}>{columns}{''.join(lines)}</table:table>"


def line(cells: Iterable[str], *, repeated: int = 1) -> str:
    """A row; an empty one has one empty cell, as the format asks."""
    many = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{many}>{''.join(cells) or '<table:table-cell/>'}</table:table-row>"


def cell(value: object, *, style: str = "", chosen: str = "") -> str:
    """One cell, of the kind that the value is."""
    told = f' table:content-validation-name="{chosen}"' if chosen else ""
    if value is None or value == "":
        return f'<table:table-cell table:style-name="{style or "vrij"}"{told}/>'
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        kind, text = f'office:value-type="float" office:value="{value!r}"', str(value)
    elif isinstance(value, date):
        kind, text, style = _day(value), f"{value:%d-%m-%Y}", style or "datum"
    else:
        kind, text = 'office:value-type="string"', _text(value)
    attributes = f'table:style-name="{style or "vrij"}"{told} {kind}'
    return f"<table:table-cell {attributes}>{_lines(text)}</table:table-cell>"


def _day(value: date) -> str:
    naive = value.replace(tzinfo=None, microsecond=0) if isinstance(value, datetime) else value
    return f'office:value-type="date" office:date-value="{naive.isoformat()}"'


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return printable(guarded(str(value)))


def _lines(text: str) -> str:
    """A paragraph for each line; spaces that stand together are kept, a tab becomes one."""
    return "".join(f"<text:p>{_spaced(part)}</text:p>" for part in text.splitlines() or [""])


def _spaced(text: str) -> str:
    kept = escape(text).replace("\t", " ").replace("  ", " <text:s/>")
    return f"<text:s/>{kept[1:]}" if kept.startswith(" ") else kept
