"""What a note still lacks: everything at once, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from mvi_portal.core import prose
from reports.frozen import FrozenLetter
from reports.models import DecisionNote, Letter, LetterState, NoteSection
from reports.models.notes import MADE
from reports.notes.freezing import note_of, unsettled, whole
from reports.render.notes import check
from reports.states import Gate


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or wrong, and in which section."""

    text: str
    href: str = ""
    where: str = ""


def lacks(note: DecisionNote, letter: FrozenLetter) -> list[Lack]:
    """Of a note with its sections and their passages, against what the letter would freeze now."""
    return [
        *(Lack(f"In '{section}' staat nog niets.", *_place(note, section)) for section in empty(note)),
        *(Lack(line) for line in unsettled(note)),
        *(Lack(line) for line in check(note_of(note), letter)),
        *(Lack(line) for line in _named(note)),
    ]


def empty(note: DecisionNote) -> Iterator[NoteSection]:
    """Sections without a word that only a writer can fill."""
    for section in note.sections.all():
        if section.slug not in MADE and not prose.plain_text(section.text) and "<mvi-" not in section.text:
            yield section


def _named(note: DecisionNote) -> Iterator[str]:
    """The author's name in what will be public."""
    for section in note.sections.all():
        if note.author and note.author.casefold() in prose.plain_text(section.text).casefold():
            yield f"In '{section}' staat de naam van de auteur. Namen van ambtenaren worden niet openbaar."


def _place(note: DecisionNote, section: NoteSection) -> tuple[str, str]:
    place = [note.letter.slug, note.office.slug, section.pk]
    return reverse("reports:note-section-edit", args=place), str(section)


def _missing(letter: Letter) -> Iterable[str]:
    """Before there is a decision, the notes that were made say all that they should."""
    for note in whole(DecisionNote.objects.filter(letter=letter)):
        for section in empty(note):
            yield f"In de beslisnota aan {note.head} staat bij '{section}' nog niets."


COMPLETE = Gate(LetterState.DECIDED, _missing)
