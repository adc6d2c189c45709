"""The one moment that a parcel is made of: what was frozen, with the texts of now; kept as canonical JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from reports import content, frozen, frozen_register
from reports.content.snapshot import snapshot
from reports.errors import LetterError
from reports.frozen import FrozenLetter, canonical
from reports.models import Freeze, Letter, Parcel
from reports.parcel.plan import FrozenApprover, FrozenNote, FrozenNoteSection, Snapshot, notes


def take(parcel: Parcel) -> None:
    """Tell the parcel its texts and freeze, in one repeatable-read pass; it is not saved here.

    Raises LetterError with every problem at once.
    """
    with snapshot():
        tell(parcel)


def tell(parcel: Parcel) -> None:
    """The same within the caller's transaction."""
    letter = Letter.objects.get(pk=parcel.version.letter_id)
    freeze = content.newest(letter.pk)
    if freeze is None:
        raise LetterError("Er zijn nog geen cijfers bevroren.")
    told = {
        "letter": content.gather(letter.pk, on=letter.reference_date).to_dict(),
        "notes": [note.to_dict() for notes_of in notes for note in notes_of(letter)],
    }
    parcel.freeze, parcel.content = freeze, canonical(told)
    parcel.content_sha256 = hashlib.sha256(parcel.content.encode()).hexdigest()


def snapshot_of(text: str, freeze: Freeze) -> Snapshot:
    """What the makers of documents get."""
    register, raw = frozen_register.from_json(freeze.content), json.loads(text)
    return Snapshot(
        letter=letter_of(raw),
        parts=register.parts,
        notes=tuple(_note(item) for item in raw["notes"]),
        names=register.names,
    )


def letter_of(raw: dict[str, Any]) -> FrozenLetter:
    return frozen.from_json(canonical(raw["letter"]))


def _note(raw: dict[str, Any]) -> FrozenNote:
    return FrozenNote(
        **{
            **raw,
            "sections": tuple(FrozenNoteSection(**item) for item in raw["sections"]),
            "line": tuple(_approver(item) for item in raw["line"]),
            "charts": {key: _points(found) for key, found in raw.get("charts", {}).items()},
            "series": {key: frozen.series_of(item) for key, item in raw.get("series", {}).items()},
        }
    )


def _points(raw: list[tuple[str, int]]) -> tuple[tuple[date, int], ...]:
    return tuple((date.fromisoformat(day), value) for day, value in raw)


def _approver(raw: dict[str, Any]) -> FrozenApprover:
    day = date.fromisoformat(raw["day"]) if raw["day"] else None
    return FrozenApprover(**{**raw, "day": day})
