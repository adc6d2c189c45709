"""What is written of a letter: a part of the letter itself, or a section of one of its notes."""

from __future__ import annotations

from typing import TypeAlias

from reports.models.letters import Section
from reports.models.notes import NoteSection

Written: TypeAlias = Section | NoteSection


def leading(written: Written) -> dict[str, Written]:
    """By the name of the foreign key that leads to it."""
    return {"note_section" if isinstance(written, NoteSection) else "section": written}


def letter_id(written: Written) -> int:
    """The key of its letter, without asking for the letter."""
    found: int = written.note.letter_id if isinstance(written, NoteSection) else written.letter_id
    return found
