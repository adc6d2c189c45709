"""Writing in a Word document who it is: properties with a name, and a mark at the head of each page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

_TIME = (2025, 1, 1, 0, 0, 0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that somebody gave a name
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM, _HEADER = "docProps/custom.xml", "word/header-mark.xml"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


def marked(document: bytes, *, properties: Mapping[str, str], mark: str = "") -> bytes:
    """The same document, of ours, with these properties instead of its own. Same document, same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(made, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        parts[_CUSTOM] = _properties(properties).encode()
        if mark:
            parts |= _with_header(parts, mark)
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name, _TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _properties(told: Mapping[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(told.items(), 2)
    )
    return f'{_HEAD}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}">{rows}</Properties>'


def _with_header(parts: Mapping[str, bytes], mark: str) -> dict[str, bytes]:
    """The parts that change, and the head itself."""
    form = '<w:b/><w:color w:val="B3261E"/><w:sz w:val="28"/>'
    words = f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{escape(mark)}</w:t></w:r>'
    paragraph = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{words}</w:p>'
    called = f'<w:headerReference w:type="default" r:id="mark" xmlns:r="{_R}"/>'
    row = f'<Relationship Id="mark" Type="{_R}/header" Target="header-mark.xml"/>'
    kind = f'<Override PartName="/{_HEADER}" ContentType="{_HEADER_TYPE}"/>'
    return {
        _HEADER: f'{_HEAD}<w:hdr xmlns:w="{_W}">{paragraph}</w:hdr>'.encode(),
        "word/document.xml": _after(parts["word/document.xml"], "<w:sectPr>", called),
        "word/_rels/document.xml.rels": _before(
            parts["word/_rels/document.xml.rels"], "</Relationships>", row
        ),
        "[Content_Types].xml": _before(parts["[Content_Types].xml"], "</Types>", kind),
    }


def _after(part: bytes, tag: str, what: str) -> bytes:
    before, found, behind = part.decode().rpartition(tag)
    return f"{before}{found}{what}{behind}".encode()


def _before(part: bytes, tag: str, what: str) -> bytes:
    before, found, behind = part.decode().rpartition(tag)
    return f"{before}{what}{found}{behind}".encode()
