"""HTML to a text document with styles of our own, by pandoc; in a worker, as a process of its own does it.

Footnotes become footnotes; a picture is left out, as its table tells the same. Same HTML, same bytes.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

SECONDS = 60
_EPOCH = "1735689600"  # of the file's inner times: any fixed moment will do
_ZIP_TIME = (2025, 1, 1, 0, 0, 0)
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TEMPLATES = {"docx": "openxml", "odt": "opendocument"}
_FILTER = """
-- As on paper: numbers to the right, and what they count gets the room that they leave.
function Table(el)
  local row = el.head.rows[1]
  if not row then return nil end
  local share, numbers = el.classes:includes('twin') and 0.25 or 0.18, 0
  for at, cell in ipairs(row.cells) do
    local spec = el.colspecs[at]
    if cell.classes:includes('number') then
      spec, numbers = {pandoc.AlignRight, share}, numbers + 1
    end
    for _, class in ipairs(cell.classes) do
      local width = class:match('^w(%d+)$')
      if width then spec = {spec[1], width / 100} end
    end
    el.colspecs[at] = spec
  end
  if numbers == #row.cells - 1 and not el.colspecs[1][2] then
    el.colspecs[1] = {pandoc.AlignDefault, el.classes:includes('twin') and 0.35 or 1 - share * numbers}
  end
  return el
end

function Span(el)
  if el.classes:includes('footnote') then
    local note = pandoc.Note({pandoc.Para(el.content)})
    if el.identifier ~= '' then
      return pandoc.Span({note}, pandoc.Attr(el.identifier))
    end
    return note
  end
end
"""


class TextError(Exception):
    """The document cannot be made; the message is Dutch and for the person who asked for it."""


def convert(html: str, *, to: str, reference: bytes) -> bytes:
    """The document of a whole HTML page that has a title: "docx" or "odt". Raises TextError.

    The title goes among the document's properties; what the page prints of it is its own heading.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(_SVG.sub("", html))
        (folder / "reference").write_bytes(reference)
        (folder / "template").write_text(_template(to))
        (folder / "filter.lua").write_text(_FILTER)
        options = ["--reference-doc", "reference", "--template", "template", "--lua-filter", "filter.lua"]
        told = ["-M", "lang=nl-NL", "-o", "made", "page.html"]
        _run(["-f", "html", "-t", to, "--standalone", *options, *told], folder)
        return (folder / "made").read_bytes()


def styled(to: str, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """Pandoc's own reference document with some of its files changed; the same each time."""
    plain = _run(["--print-default-data-file", f"reference.{to}"], Path(tempfile.gettempdir()))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.namelist()):
            content = old.read(entry)
            if change := changes.get(entry):
                content = change(content.decode()).encode()
            new.writestr(zipfile.ZipInfo(entry, _ZIP_TIME), content)
    return made.getvalue()


@lru_cache(maxsize=2)
def _template(to: str) -> str:
    """Pandoc's own, without the title that it would print above the page."""
    plain = _run(["--print-default-template", _TEMPLATES[to]], Path(tempfile.gettempdir())).decode()
    return plain.replace("$if(title)$", "$if(printed-title)$", 1)


def _run(arguments: list[str], folder: Path) -> bytes:
    """No network, and no file but those in the folder: the pages are ours and name none."""
    import pypandoc  # only a worker needs it

    env = {**os.environ, "SOURCE_DATE_EPOCH": _EPOCH}
    command = [pypandoc.get_pandoc_path(), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - pandoc itself, with arguments of ours
            command, cwd=folder, env=env, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TextError("Het tekstdocument kwam niet op tijd klaar. Probeer het opnieuw.") from error
    if done.returncode:
        raise TextError("Het tekstdocument kon niet worden gemaakt.")
    return done.stdout
