"""What a check found: where, what is the matter, what to do; and whether it can be put aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.db import models

from reports.checks.subject import Passage
from reports.models import CheckKey, DecisionNote, NoteSection, Written


class Weight(models.TextChoices):
    """An error keeps the letter out of the agreement until it is mended or put aside."""

    ERROR = "error", "fout"
    WARNING = "warning", "let op"
    NOTE = "note", "ter informatie"


ORDER = list(Weight)


@dataclass(frozen=True)
class Finding:
    """One thing. `anchor` is the same as long as the text and what is the matter stay the same."""

    check: CheckKey
    weight: Weight
    text: str
    advice: str
    section: Written | None = None
    place: str = ""
    basis: str = field(default="", repr=False)
    head: DecisionNote | None = None  # of which the head says it

    @property
    def note(self) -> DecisionNote | None:
        """The note that it is in; None for one in the letter itself."""
        return self.section.note if isinstance(self.section, NoteSection) else self.head

    @property
    def part(self) -> str:
        """The part of the letter, or the section of the note, as a reader knows it."""
        return str(self.section) if self.section else "de kop" if self.head else ""

    @property
    def where(self) -> str:
        """The same, with the note that it is of."""
        return f"{self.part} (beslisnota aan {self.note.head})" if self.note else self.part

    @property
    def anchor(self) -> str:
        where = f"nota-{self.note.pk}-" if self.note else ""
        where += str(self.section.pk) if self.section else ""
        told = "\n".join((self.check.value, where, self.basis, self.text))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def is_error(self) -> bool:
        return self.weight is Weight.ERROR

    @property
    def tone(self) -> str:
        """Of its tag."""
        return {Weight.ERROR: "bad", Weight.WARNING: "warn", Weight.NOTE: "info"}[self.weight]

    @property
    def line(self) -> str:
        """In one sentence, for who is refused."""
        part = f"‘{self.section}’" if self.section else "de kop"
        within = f" van de beslisnota aan {self.note.head}" if self.note else ""
        where = f"In {part}{within}: " if self.section or self.head else ""
        return f"{where}{self.text} {self.advice}"


def at(passage: Passage, check: CheckKey, weight: Weight, text: str, advice: str) -> Finding:
    """A finding in a paragraph: another text there, and it is another finding."""
    return Finding(check, weight, text, advice, passage.section, passage.place, passage.paragraph.sha256)
