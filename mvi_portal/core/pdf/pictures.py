"""The pages of a PDF as pictures: what is read on the screen looks as it is printed. In the worker only."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile
from PIL import Image

_COLOURS = 64  # enough for text, lines and a chart, in a third of the bytes
_TALLEST = 4  # times the width; of a page that is a banner, less is drawn


class Unreadable(Exception):
    """The file cannot be read as a PDF; the Dutch message says what to do."""


def draw(
    stored: Any, path: Callable[[int], str], *, width: int, pages: Sequence[int] | None = None
) -> Iterator[int]:
    """Draw the pages of a stored file that are not there yet, each at its path, and tell each.

    The last comes first: where the first stands, all do. `pages` count from 1; without it, all. Raises
    Unreadable.
    """
    with stored.open("rb") as file:
        content = file.read()
    with closing(_opened(content)) as document:
        for number in reversed(pages or range(1, len(document) + 1)):
            if number <= len(document) and not stored.storage.exists(path(number)):
                stored.storage.save(path(number), ContentFile(_png(document[number - 1], width)))
            yield number


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        told = "Van de bladzijden zijn geen afbeeldingen te maken: het bestand is als PDF niet te lezen."
        raise Unreadable(f"{told} Open het bestand zelf.") from error


def _png(page: Any, width: int) -> bytes:
    across, down = page.get_width(), page.get_height()
    drawn = page.render(scale=min(width / across, _TALLEST * width / down)).to_pil()
    png = io.BytesIO()
    drawn.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE).save(png, "PNG")
    return png.getvalue()
