"""What a note still lacks: everything at once, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from django.urls import reverse

from mvi_portal.core import prose
from mvi_portal.core.prose.paragraphs import paragraphs
from reports.checks.former import found_in
from reports.checks.names import people
from reports.frozen import FrozenLetter
from reports.models import DecisionNote, Letter, LetterState, NoteSection
from reports.models.notes import MADE
from reports.notes.freezing import note_of, unsettled, whole
from reports.render.notes import check
from reports.states import Gate, Told
from signatories.models import Office


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
        *(Lack(told, *_place(note, section)) for section, told in _named(note, people())),
    ]


def empty(note: DecisionNote) -> Iterator[NoteSection]:
    """Sections without a word that only a writer can fill."""
    for section in note.sections.all():
        if section.slug not in MADE and not prose.plain_text(section.text) and "<mvi-" not in section.text:
            yield section


def _named(note: DecisionNote, persons: Set[str]) -> Iterator[tuple[NoteSection, str]]:
    """The author's name, or that of anybody who holds no public office, in what will be public."""
    for section in note.sections.all():
        words = _public(section)
        if note.author and note.author.casefold() in words.casefold():
            told = f"In '{section}' staat de naam van de auteur. Namen van ambtenaren worden niet openbaar."
            yield section, told
        for name in found_in(words, persons - {note.author}):
            yield (
                section,
                (
                    f"In '{section}' staat ‘{name}’, de naam van een contactpersoon of een gebruiker van het "
                    "portaal. Haal de naam weg, of houd de passage binnen."
                ),
            )


def _public(section: NoteSection) -> str:
    """Its words without the passages that stay inside."""
    inside = {row.sha256 for row in section.withholdings.all()}
    return "\n".join(block.text for block in paragraphs(section.text) if block.sha256 not in inside)


def _place(note: DecisionNote, section: NoteSection) -> tuple[str, str]:
    place = [note.letter.slug, note.office.slug, section.pk]
    return reverse("reports:note-section-edit", args=place), str(section)


def without_note(letter: Letter) -> list[Office]:
    """The co-senders for whom there is no note yet: that keeps nobody waiting."""
    rows = Office.objects.filter(co_sender_rows__letter=letter).exclude(decision_notes__letter=letter)
    return list(rows.order_by("co_sender_rows__order"))


def _missing(letter: Letter) -> Iterable[str]:
    """Before there is a decision the sender has a note, and each note says what it should and no name."""
    notes = list(whole(DecisionNote.objects.filter(letter=letter)))
    if letter.sender_id not in {note.office_id for note in notes}:
        yield Told(f"Voor {letter.sender} is er nog geen beslisnota.", "reports:note-list", "Beslisnota's")
    persons = people() if notes else set()
    for note in notes:
        for section in empty(note):
            yield f"In de beslisnota aan {note.head} staat bij '{section}' nog niets."
        yield from _names_in(note, persons)


def _names_in(note: DecisionNote, persons: Set[str]) -> Iterator[str]:
    for _section, told in _named(note, persons):
        yield f"Beslisnota aan {note.head}: {told}"


def _came_out(letter: Letter) -> Iterable[str]:
    """A passage that was made public after the decision can hold a name too."""
    notes = list(whole(DecisionNote.objects.filter(letter=letter)))
    persons = people() if notes else set()
    return [told for note in notes for told in _names_in(note, persons)]


COMPLETE = Gate(LetterState.DECIDED, _missing)
NAMELESS = Gate(LetterState.SENT, _came_out)
