"""The pages of a version as pictures, beside its file. They are made of the file, and can be made again."""

from __future__ import annotations

from django.core.files.base import ContentFile

from mvi_portal.core.pdf.pictures import pictures
from reports.models import LetterVersion

WIDTH = 1000  # pixels: sharp on a page of half that width


def draw(version: LetterVersion) -> None:
    """Draw what is not there yet; a second time does nothing."""
    storage = version.file.storage
    if version.has_pictures:
        return
    with version.file.open("rb") as file:
        drawn = list(pictures(file.read(), width=WIDTH))
    for number, picture in reversed(list(enumerate(drawn, start=1))):  # the first stands when all do
        path = version.picture(number)
        if not storage.exists(path):
            storage.save(path, ContentFile(picture))
