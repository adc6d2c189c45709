"""What a freeze holds: every figure with its definition and rows, the parties, and what documents add.

The same rules as for frozen letters: no clock, user, database key or number of a version, so that the same
register gives the same fingerprint, also after it was restored.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reports.frozen import (
    FrozenFigure,
    FrozenLetter,
    FrozenSender,
    FrozenTable,
    canonical,
    figure_of,
    sender_of,
    table_of,
)


@dataclass(frozen=True)
class Known:
    """What the register holds of a figure, whatever the date."""

    line: str
    rows: int
    begin: date | None  # the first day on which something counts; date.min when that is open


@dataclass(frozen=True)
class FrozenParties:
    """Who sends the letter to whom; `chosen` names the offices and the addressee by their own keys."""

    sender: FrozenSender
    co_senders: tuple[FrozenSender, ...]
    addressee: tuple[str, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class FrozenRows:
    """The tables of one kind of annex."""

    intro: str
    tables: tuple[FrozenTable, ...]


@dataclass(frozen=True)
class FrozenRegister:
    """All that is printed of the register; the figures with the whole series that a chart can ask for."""

    letter: str  # the letter's own key
    reference_date: date
    since: date | None
    is_demo: bool
    figures: Mapping[str, FrozenFigure]
    known: Mapping[str, Known]
    names: Mapping[str, str]  # of the rows behind the figures, on the reference date
    parties: FrozenParties
    tables: Mapping[str, FrozenRows] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        return canonical(dataclasses.asdict(self))

    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def data_of(letter: FrozenLetter, parts: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """The frozen data to give away, as JSON that can be read; the rows only with their `names`."""
    figures = {key: dataclasses.asdict(item) for key, item in letter.figures.items()}
    if names is None:
        figures = {key: {k: v for k, v in item.items() if k != "rows"} for key, item in figures.items()}
    told: dict[str, Any] = {
        "letter": letter.name,
        "reference_date": letter.reference_date,
        "since": letter.since,
        "is_demo": letter.is_demo,
        "content_sha256": letter.sha256(),
        "figures": figures,
        "annexes": [dataclasses.asdict(item) for item in letter.annexes if item.tables],
    }
    if names is not None:
        told |= {"names": dict(names), "parts": dict(parts)}
    plain = json.loads(canonical(told))
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> FrozenRegister:
    """The inverse of `to_json`."""
    raw = json.loads(text)
    return FrozenRegister(
        **{
            **raw,
            "reference_date": date.fromisoformat(raw["reference_date"]),
            "since": _day(raw["since"]),
            "figures": {key: figure_of(item) for key, item in raw["figures"].items()},
            "known": {
                key: Known(**{**item, "begin": _day(item["begin"])}) for key, item in raw["known"].items()
            },
            "parties": _parties(raw["parties"]),
            "tables": {key: _rows(item) for key, item in raw["tables"].items()},
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _parties(raw: dict[str, Any]) -> FrozenParties:
    co_senders = tuple(sender_of(item) for item in raw["co_senders"])
    return FrozenParties(sender_of(raw["sender"]), co_senders, tuple(raw["addressee"]), tuple(raw["chosen"]))


def _rows(raw: dict[str, Any]) -> FrozenRows:
    return FrozenRows(raw["intro"], tuple(table_of(item) for item in raw["tables"]))
