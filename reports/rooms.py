"""The pages of one letter, and of one version: the tabs above them, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.tabs import Tab, tabs
from mvi_portal.core.templatetags.mvi import keep
from reports.models import DecisionNote, Letter, LetterVersion, SentFile

_KEPT = (("Bevroren cijfers", "freeze"), ("Pakket", "parcels"))
_OVERVIEW, _FIGURES = ("Overzicht", "detail"), ("Cijfers", "figures")
_CHECKS = ("Controles", "checks")


def letter_tabs(request: HttpRequest, letter: Letter) -> list[Tab]:
    """A letter that was sent is read as a version."""
    if letter.is_sent:
        return _sent_tabs(request, letter)
    shown = (("Voorbeeld", "preview"), _FIGURES, _CHECKS, ("Planning", "plan"))
    found = [
        *_pages("letter", [letter.slug], _OVERVIEW, *shown),
        *(_agreement(letter), _differences(letter)),
        *(_notes(letter), _word(letter)),
        *_pages("letter", [letter.slug], ("Bevriezen", "freeze"), _KEPT[1]),
    ]
    rooms = tabs(request, *found)
    if letter.may_change_texts and may(reader(request), Action.COMPOSE_LETTER):
        rooms.insert(len(shown) + 1, _parts(request, letter))
    return rooms


def _parts(request: HttpRequest, letter: Letter) -> Tab:
    """Only itself: the remarks on a part lie below its address, but are no part of that room."""
    address = reverse("reports:part-list", args=[letter.slug])
    return Tab("Indeling", keep(request, address), address == request.path)


def _sent_tabs(request: HttpRequest, letter: Letter) -> list[Tab]:
    """What truly went is for all who may read it; who agreed, for who works on letters."""
    found = _pages("letter", [letter.slug], _OVERVIEW)
    sent = SentFile.objects.filter(letter=letter).values_list("version", flat=True)
    if sent:
        found.append(("Verzonden", reverse("reports:sent-detail", args=[letter.slug])))
    if any(sent):
        found.append(("Toen en nu", reverse("reports:letter-then", args=[letter.slug])))
    if not may(reader(request), Action.COMMENT_LETTER):
        return tabs(request, *found) if len(found) > 1 else []
    found += _pages("letter", [letter.slug], _CHECKS)
    found += [_agreement(letter), _differences(letter), _notes(letter), _word(letter)]
    return tabs(request, *found, *_pages("letter", [letter.slug], *_KEPT))


def _agreement(letter: Letter) -> tuple[str, str]:
    return "Akkoord", reverse("reports:agreement", args=[letter.slug])


def _notes(letter: Letter) -> tuple[str, str]:
    return "Beslisnota's", reverse("reports:note-list", args=[letter.slug])


def _word(letter: Letter) -> tuple[str, str]:
    return "Word", reverse("reports:letter-word", args=[letter.slug])


def _differences(letter: Letter) -> tuple[str, str]:
    return "Verschillen", reverse("reports:letter-differences", args=[letter.slug])


def note_tabs(request: HttpRequest, note: DecisionNote) -> list[Tab]:
    place = [note.letter.slug, note.office.slug]
    return tabs(request, *_pages("note", place, _OVERVIEW, ("Voorbeeld", "preview")))


def version_tabs(request: HttpRequest, version: LetterVersion) -> list[Tab]:
    """Only what was frozen can be read."""
    if not version.is_ready:
        return []
    reading = (("Lees op het scherm", "preview"), ("Bladzijden", "pages"))
    place = [version.letter.slug, version.number]
    return tabs(request, *_pages("version", place, _OVERVIEW, *reading, _FIGURES))


def _pages(noun: str, place: list[Any], *pages: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, reverse(f"reports:{noun}-{page}", args=place)) for label, page in pages]


def crumbs(request: HttpRequest, letter: Letter, page: str) -> list[tuple[str, str]]:
    """The way back from a page of the letter."""
    return [
        ("Brieven", keep(request, reverse("reports:letter-list"))),
        (letter.title, keep(request, reverse("reports:letter-detail", args=[letter.slug]))),
        (page, ""),
    ]


def parcel_crumbs(request: HttpRequest, letter: Letter, page: str) -> list[tuple[str, str]]:
    """The way back from one parcel."""
    letters, own, _page = crumbs(request, letter, page)
    return [
        letters,
        own,
        ("Pakket", keep(request, reverse("reports:letter-parcels", args=[letter.slug]))),
        (page, ""),
    ]


def freeze_crumbs(request: HttpRequest, letter: Letter, page: str) -> list[tuple[str, str]]:
    """The way back from what was frozen."""
    letters, own, _page = crumbs(request, letter, page)
    freeze = keep(request, reverse("reports:letter-freeze", args=[letter.slug]))
    return [letters, own, ("Cijfers bevriezen", freeze), (page, "")]
