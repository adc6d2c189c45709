"""The pages of one letter, and of one version: the tabs above them."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from mvi_portal.core.tabs import Tab, tabs
from reports.models import Letter, LetterVersion

_OVERVIEW, _FIGURES = "Overzicht", "Cijfers in de tekst"


def letter_tabs(request: HttpRequest, letter: Letter) -> list[Tab]:
    """A letter that was sent is read as a version; it has no other rooms."""
    if letter.is_sent:
        return []
    return _tabs(request, letter, (_OVERVIEW, "detail"), ("Voorbeeld", "preview"), (_FIGURES, "figures"))


def _tabs(request: HttpRequest, letter: Letter, *pages: tuple[str, str]) -> list[Tab]:
    return tabs(
        request, *((label, reverse(f"reports:letter-{page}", args=[letter.slug])) for label, page in pages)
    )


def version_tabs(request: HttpRequest, version: LetterVersion) -> list[Tab]:
    """Only what was frozen can be read."""
    if not version.is_ready:
        return []
    place = [version.letter.slug, version.number]
    pages = (
        (_OVERVIEW, "detail"),
        ("Lees op het scherm", "preview"),
        ("Bladzijden", "pages"),
        (_FIGURES, "figures"),
    )
    return tabs(request, *((label, reverse(f"reports:version-{page}", args=place)) for label, page in pages))
