"""HTML to a Word document with our own styles, by pandoc; in a worker, as a process of its own does the work.

Footnotes become footnotes; a picture is left out, as its table tells the same. Same HTML, same bytes.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

import pypandoc

SECONDS = 60
_EPOCH = "1735689600"  # of the file's inner times: any fixed moment will do
_ZIP_TIME = (2025, 1, 1, 0, 0, 0)
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_NOTES = """
function Span(el)
  if el.classes:includes('footnote') then
    return pandoc.Note({pandoc.Para(el.content)})
  end
end
"""
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


class DocxError(Exception):
    """The document cannot be made; the message is Dutch and for the person who asked for it."""


def write(html: str) -> bytes:
    """The document of a whole HTML page that has a title. Raises DocxError."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(_SVG.sub("", html))
        (folder / "reference.docx").write_bytes(reference())
        (folder / "notes.lua").write_text(_NOTES)
        options = ["--reference-doc", "reference.docx", "--lua-filter", "notes.lua", "-M", "lang=nl-NL"]
        _pandoc(["-f", "html", "-t", "docx", *options, "-o", "page.docx", "page.html"], folder)
        return (folder / "page.docx").read_bytes()


def _pandoc(arguments: list[str], folder: Path) -> bytes:
    """No network, no file but those in the folder (--sandbox does that for what a page includes)."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH}
    command = [pypandoc.get_pandoc_path(), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - pandoc itself, with arguments of ours
            command, cwd=folder, env=env, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DocxError("Het Word-document kwam niet op tijd klaar. Probeer het opnieuw.") from error
    if done.returncode:
        raise DocxError("Het Word-document kon niet worden gemaakt.")
    return done.stdout


@lru_cache(maxsize=1)
def reference() -> bytes:
    """The styles that the document gets: pandoc's own names, with our typeface, sizes, lines and paper."""
    plain = _pandoc(["--print-default-data-file", "reference.docx"], Path(tempfile.gettempdir()))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.namelist()):
            content = old.read(entry)
            if entry == "word/styles.xml":
                content = _styled(content.decode()).encode()
            elif entry == "word/document.xml":
                content = content.decode().replace("<w:sectPr>", _PAGE, 1).encode()
            new.writestr(zipfile.ZipInfo(entry, _ZIP_TIME), content)
    return made.getvalue()


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
