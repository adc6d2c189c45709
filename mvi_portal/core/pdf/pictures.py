"""The pages of a PDF as pictures: what is read on the screen looks as it is printed. In the worker only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from PIL import Image

_COLOURS = 64  # enough for text, lines and a chart, in a third of the bytes


def pictures(file: bytes, *, width: int) -> Iterator[bytes]:
    """Each page of the PDF as a PNG, so many pixels wide."""
    with closing(pypdfium2.PdfDocument(file)) as document:
        for page in document:
            drawn = page.render(scale=width / page.get_width()).to_pil()
            png = io.BytesIO()
            drawn.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE).save(png, "PNG")
            yield png.getvalue()
