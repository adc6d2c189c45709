"""What a Word file of the letter or of a note is made of: the text as it is printed, with its names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify

from mvi_portal.core.printing import house
from mvi_portal.core.printing.keyed import Keyed, KeyedPrinter
from mvi_portal.core.prose.paragraphs import paragraphs
from reports import render
from reports.frozen import FrozenLetter
from reports.models import DecisionNote, Edition, Letter
from reports.models.notes import MADE
from reports.notes.freezing import letter_of, note_of
from reports.parcel.plan import FrozenNote
from reports.render import notes as render_notes

EMPTY = "<p>[Hier staat nog geen tekst.]</p>"  # where somebody can write in Word
LETTER, NOTE, TEXTS, EDITION, SECTION = (
    "mvi-brief",
    "mvi-nota",
    "mvi-teksten",
    "mvi-uitgave",
    "mvi-onderdeel-{}",
)
FINAL = "definitief"


@dataclass(frozen=True)
class Drawn:
    """The page, its names, and what the file tells of itself."""

    html: str
    keys: list[dict[str, Any]]
    properties: Mapping[str, str]
    mark: str
    name: str

    @property
    def sha256(self) -> str:
        told = [self.html, self.keys, self.properties, self.mark, self.name]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def drawn(letter: Letter, note: DecisionNote | None = None) -> Drawn:
    """Of the texts of now; what cannot be printed yet is left open. A note in its internal edition.

    A copy to work in is a concept until the letter is sent: what is signed comes from the parcel.
    """
    frozen = letter_of(letter)
    about = note_of(note) if note else None
    printer = KeyedPrinter(
        render_notes.figures_with(about, frozen) if about else frozen.figures,
        on=frozen.reference_date,
        since=frozen.since,
        document="deze nota" if about else "deze brief",
        series=(about or frozen).series,
    )
    if note and about:
        html, places, name = _note(note, about, frozen, printer)
        texts = list(note.sections.order_by("order").values_list("text", flat=True))
    else:
        html, places, name = _letter(letter, frozen, printer)
        texts = list(letter.sections.order_by("order").values_list("text", flat=True))
    told = _properties(letter, note, texts)
    marks = (frozen.marking.upper(), "" if letter.is_sent else house.CONCEPT)
    mark = " – ".join(filter(None, marks))
    return Drawn(html, _keys(places, printer.passages), told, mark, name)


def _letter(letter: Letter, frozen: FrozenLetter, printer: KeyedPrinter) -> tuple[str, list[int], str]:
    sections = tuple(_open(part) for part in frozen.sections)
    annexes = tuple(replace(annex, tables=()) for annex in frozen.annexes)  # listed: nobody writes in a table
    html = render.to_plain(replace(frozen, sections=sections, annexes=annexes), printer=printer)
    return html, list(letter.sections.order_by("order").values_list("pk", flat=True)), letter.slug


def _note(
    note: DecisionNote, told: FrozenNote, frozen: FrozenLetter, printer: KeyedPrinter
) -> tuple[str, list[int], str]:
    parts = tuple(_open(part) if part.slug not in MADE else part for part in told.sections)
    html = render_notes.to_html(
        replace(told, sections=parts), frozen, Edition.INTERNAL, plain=True, printer=printer
    )
    keys = dict(note.sections.values_list("slug", "pk"))
    return html, [keys[part.slug] for part in parts if part.html], told.name


def _open(part: Any) -> Any:
    """A section without a text gets a place to write it."""
    return part if paragraphs(part.html) else replace(part, html=EMPTY)


def _keys(places: Sequence[int], passages: Sequence[tuple[Keyed, ...]]) -> list[dict[str, Any]]:
    """Each paragraph with the key of its section; where nothing was written yet, without a text."""
    return [
        {
            "name": row.name,
            "section": place,
            "html": "" if row.html == EMPTY else row.html,
            "nodes": dict(row.nodes),
        }
        for place, rows in zip(places, passages, strict=True)
        for row in rows
    ]


def _properties(letter: Letter, note: DecisionNote | None, texts: Sequence[str]) -> dict[str, str]:
    prints = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    return {
        LETTER: letter.slug,
        **({NOTE: slugify(note.office.slug)} if note else {}),
        EDITION: FINAL if letter.is_sent else house.CONCEPT.lower(),
        TEXTS: hashlib.sha256(" ".join(prints).encode()).hexdigest(),
        **{SECTION.format(number): found for number, found in enumerate(prints, 1)},
    }
