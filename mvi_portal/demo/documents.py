"""A small plan as a PDF, made in code: something to look at beside the questions of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf

_LEFT, _TOP, _LINE = 60, 770, 18  # points


def plan(title: str, pages: Sequence[Sequence[str]]) -> bytes:
    """A page for each list of lines; the same lines give the same bytes."""
    made = pikepdf.new()
    made.docinfo["/Title"] = title
    for number, lines in enumerate(pages, 1):
        made.add_blank_page(page_size=(595, 842))
        page = made.pages[-1]
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F1=_font("Helvetica"), F2=_font("Helvetica-Bold"))
        )
        heading = _text("F2", 16, _TOP, title if number == 1 else f"{title} (vervolg)")
        body = [_text("F1", 11, _TOP - 2 * _LINE - at * _LINE, line) for at, line in enumerate(lines)]
        page.Contents = made.make_stream(
            b"\n".join([heading, *body, _text("F1", 9, 40, f"Bladzijde {number}")])
        )
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def _font(name: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name(f"/{name}"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _text(font: str, size: int, height: int, line: str) -> bytes:
    safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {_LEFT} {height} Td ({safe}) Tj ET".encode("cp1252")
