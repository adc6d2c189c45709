"""What a note still lacks: everything at once, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from mvi_portal.core.printing.nodes import NO_SERIES
from reports.checks import open_errors_of_notes
from reports.frozen import FrozenLetter
from reports.models import CheckKey, DecisionNote, Letter, LetterState, NoteSection
from reports.notes.freezing import note_of, undrawn, unsettled, whole
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
        *(Lack(line) for line in undrawn(note)),
        *(Lack(line) for line in check(note_of(note), letter) if not line.endswith(NO_SERIES)),  # just told
    ]


def empty(note: DecisionNote) -> Iterator[NoteSection]:
    """Sections without a word that only a writer can fill."""
    for section in note.sections.all():
        if not (section.is_made or section.is_written):
            yield section


def _place(note: DecisionNote, section: NoteSection) -> tuple[str, str]:
    place = [note.letter.slug, note.office.slug, section.pk]
    return reverse("reports:note-section-edit", args=place), str(section)


def without_note(letter: Letter) -> list[Office]:
    """The co-senders for whom there is no note yet: that keeps nobody waiting."""
    rows = Office.objects.filter(co_sender_rows__letter=letter).exclude(decision_notes__letter=letter)
    return list(rows.order_by("co_sender_rows__order"))


def _missing(letter: Letter) -> Iterable[str]:
    """Before there is a decision the sender has a note, each note is whole, and the checks found no error."""
    notes = list(whole(DecisionNote.objects.filter(letter=letter)))
    if letter.sender_id not in {note.office_id for note in notes}:
        yield Told(f"Voor {letter.sender} is er nog geen beslisnota.", "reports:note-list", "Beslisnota's")
    for note in notes:
        for section in empty(note):
            yield f"In de beslisnota aan {note.head} staat bij '{section}' nog niets."
    if notes:
        yield from open_errors_of_notes(letter)


def _came_out(letter: Letter) -> Iterable[str]:
    """A passage that was made public after the decision can hold a name too."""
    return open_errors_of_notes(letter, only={CheckKey.PERSON})


COMPLETE = Gate(LetterState.DECIDED, _missing)
NAMELESS = Gate(LetterState.SENT, _came_out)
