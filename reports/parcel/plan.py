"""What a parcel is made of: one snapshot, and the documents that each maker plans from it.

A snapshot is what was frozen of the register, with the texts of one moment. Nothing in it knows the clock, a
user or a key of the database, so that the same snapshot gives the same bytes, file by file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mvi_portal.core.contributions import Place
from reports.frozen import FrozenLetter, FrozenSeries, told
from reports.models import Edition, Letter

__all__ = [
    "Document",
    "Edition",
    "FrozenApprover",
    "FrozenNote",
    "FrozenNoteSection",
    "Snapshot",
    "documents",
    "notes",
    "parts",
]


@dataclass(frozen=True)
class FrozenNoteSection:
    """A section of a decision note; `html` is clean prose with our nodes still in it."""

    slug: str
    title: str
    html: str
    withheld: str = ""  # the ground of the Woo on which the public edition leaves it out; "" when it stays


@dataclass(frozen=True)
class FrozenApprover:
    """A step of the line that has looked at a note. The name goes in the internal edition only."""

    function: str
    name: str = ""
    remark: str = ""
    day: date | None = None


_LATER = {"charts", "series"}  # fields that a note of before does not have


@dataclass(frozen=True)
class FrozenNote:
    """The decision note for one office. `author` and names in `line`: in the internal edition only.

    `charts` holds, by their keys, the courses of figures that its own text draws, `series` the indicators.
    """

    name: str  # flat, of its file without an ending: "beslisnota-2025-ienw"
    title: str
    office: str  # "Staatssecretaris van Infrastructuur en Waterstaat"
    addressee: str  # as the head of the note says it
    holder: str  # who holds the office on the letter's date; "" when it is not known
    sections: tuple[FrozenNoteSection, ...] = ()
    author: str = ""
    line: tuple[FrozenApprover, ...] = ()
    reference: str = ""
    charts: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    series: Mapping[str, FrozenSeries] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """For canonical JSON."""
        return told(self, later=_LATER)


@dataclass(frozen=True)
class Snapshot:
    """What the documents of one parcel are made of, and nothing else.

    `parts` holds what was frozen for them beyond the letter, under the names in the place `parts`; `names`
    tells what the rows behind the figures are called, and is for the internal edition only.
    """

    letter: FrozenLetter
    parts: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[FrozenNote, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def _no_figures() -> Mapping[str, int]:
    return {}


@dataclass(frozen=True)
class Document:
    """One file of a parcel, which is only made when `make` is called.

    `figures` tells the value that it prints of each figure, by the figure's key: a parcel in which two
    documents differ on one is refused.
    """

    name: str  # the file's name, flat: "voortgangsbrief-2025.pdf"
    kind: str  # what it is, for the manifest: "letter", "annex", "note", "report", "dataset"
    title: str  # Dutch, for people
    edition: Edition
    make: Callable[[], bytes]
    figures: Callable[[], Mapping[str, int]] = _no_figures


# Each is asked as documents_of(snapshot), in a worker; it may import what prints only when it is called.
documents: Place[Callable[[Snapshot], list[Document]]] = Place("parcel.documents")
# Each is asked as part_of(letter, on), in the pass that freezes: JSON, natural keys only, no clock.
parts: Place[Callable[[Letter, date], Any]] = Place("parcel.parts")
# Each is asked as notes_of(letter) for the texts of now, in the pass that takes the snapshot.
notes: Place[Callable[[Letter], tuple[FrozenNote, ...]]] = Place("parcel.notes")
