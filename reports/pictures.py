"""The pages of a version as pictures, beside its file. They are made of the file, and can be made again."""

from __future__ import annotations

from mvi_portal.core.pdf import pictures
from reports.models import LetterVersion

WIDTH = 1000  # pixels: sharp on a page of half that width


def draw(version: LetterVersion) -> None:
    """Draw what is not there yet; a second time does nothing."""
    if not version.has_pictures:
        for _page in pictures.draw(version.file, version.picture, width=WIDTH):
            pass  # nobody waits for a single one
