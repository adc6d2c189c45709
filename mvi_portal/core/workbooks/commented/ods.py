"""An ODS back with a sheet that lists what is wrong; all else in it stays as it was, byte for byte."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from mvi_portal.core.workbooks.cells import guarded, printable
from mvi_portal.core.workbooks.commented.listing import listed
from mvi_portal.core.workbooks.errors import CellError, FileRefused, Rule
from mvi_portal.core.workbooks.sheets import ERRORS

_END = b"</table:table>"
_EARLIER = re.compile(
    rb'<table:table [^>]*table:name="' + ERRORS.encode() + rb'"[^>]*>.*?</table:table>', re.DOTALL
)


def with_list(content: bytes, errors: Sequence[CellError]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            whole = parts.read(part)
            made.writestr(part, _added(whole, errors) if part.filename == "content.xml" else whole)
    return file.getvalue()


def _added(xml: bytes, errors: Sequence[CellError]) -> bytes:
    """After the last sheet: names and ranges of the workbook follow the sheets."""
    clean = _EARLIER.sub(b"", xml)
    place = clean.rfind(_END)
    if place < 0:
        raise FileRefused(Rule.FILE, "In dit ODS-bestand kunnen wij geen lijst met fouten zetten.")
    place += len(_END)
    return clean[:place] + _sheet(errors).encode() + clean[place:]


def _sheet(errors: Sequence[CellError]) -> str:
    rows = "".join(_row(row) for row in listed(errors))
    return f"<table:table table:name={quoteattr(ERRORS)}><table:table-column/>{rows}</table:table>"


def _row(texts: Sequence[str]) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{_text(text)}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def _text(text: str) -> str:
    return escape(printable(guarded(text))).replace("\n", " ")
