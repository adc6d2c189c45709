"""HTML to a Word document with our own styles, by pandoc."""

from __future__ import annotations

import re
from functools import lru_cache

from mvi_portal.core import pandoc
from mvi_portal.core.pandoc import TextError as DocxError

__all__ = ["DocxError", "reference", "write"]

_FONT = (
    '<w:rFonts w:ascii="Verdana" w:hAnsi="Verdana" w:eastAsia="Verdana" w:cs="Verdana" />'
    '<w:sz w:val="18" /><w:szCs w:val="18" /><w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA" />'
)
_HEADINGS = {"Title": 26, "Heading1": 26, "Heading2": 22, "Heading3": 19, "Heading4": 18}  # half points
_HEADING = '<w:rPr><w:b /><w:color w:val="1D4B7F" /><w:sz w:val="{0}" /><w:szCs w:val="{0}" /></w:rPr>'
_LINE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="9AA5B1" />'
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838" />'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1134" w:header="709" w:footer="709"'
    ' w:gutter="0" />'
)


def write(html: str) -> bytes:
    """The document of a whole HTML page that has a title. Raises DocxError."""
    return pandoc.convert(html, to="docx", reference=reference())


@lru_cache(maxsize=1)
def reference() -> bytes:
    """The styles that the document gets: pandoc's own names, with our typeface, sizes, lines and paper."""
    return pandoc.styled("docx", {"word/styles.xml": _styled, "word/document.xml": _papered})


def _papered(document: str) -> str:
    return document.replace("<w:sectPr>", _PAGE, 1)


def _styled(styles: str) -> str:
    styles = re.sub(
        r"(<w:rPrDefault>\s*<w:rPr>).*?(</w:rPr>)", rf"\1{_FONT}\2", styles, count=1, flags=re.DOTALL
    )
    for name, size in _HEADINGS.items():
        styles = _in_style(styles, name, r"<w:rPr>.*?</w:rPr>", _HEADING.format(size))
    styles = _in_style(styles, "Title", r"<w:jc [^>]*/>", '<w:jc w:val="left" />')
    styles = _in_style(styles, "BodyText", r"<w:spacing [^>]*/>", '<w:spacing w:before="80" w:after="80" />')
    lines = "".join(_LINE.format(side) for side in ("top", "bottom", "insideH"))
    borders = f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>"
    return _in_style(styles, "Table", r"<w:tblCellMar>", borders)


def _in_style(styles: str, name: str, what: str, instead: str) -> str:
    """Replace within the one style of that name."""
    start = styles.index(f'w:styleId="{name}"')
    end = styles.index("</w:style>", start)
    changed = re.sub(what, instead, styles[start:end], count=1, flags=re.DOTALL)
    return styles[:start] + changed + styles[end:]
