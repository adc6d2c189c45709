"""What a letter froze: all that is printed, and nothing else.

No version number, user, clock time, database key or random id lives here, so that two builds of the same
content give the same bytes. Rows are named by their natural key. Dates are ISO text in the JSON.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mvi_portal.core.printing.frozen import FrozenFigure, FrozenSeries, FrozenTable, FrozenUnit

__all__ = [
    "FrozenAnnex",
    "FrozenFigure",
    "FrozenLetter",
    "FrozenOrganisation",
    "FrozenSection",
    "FrozenSender",
    "FrozenSeries",
    "FrozenTable",
    "FrozenUnit",
    "canonical",
    "figure_of",
    "from_json",
    "sender_of",
    "series_of",
    "table_of",
]


@dataclass(frozen=True)
class FrozenOrganisation:
    """An organisation by the name that it bore on the reference date."""

    key: str
    name: str
    name_with_kind: str
    abbreviation: str


@dataclass(frozen=True)
class FrozenSender:
    """The sending or co-sending office on the letter's date."""

    organisation: FrozenOrganisation
    office: str  # "De staatssecretaris van Infrastructuur en Waterstaat - Openbaar Vervoer en Milieu"
    holder: str  # the name under the signature; "" when it is not known
    visiting: tuple[str, ...] = ()  # address lines
    postal: tuple[str, ...] = ()
    website: str = ""
    phone: str = ""


@dataclass(frozen=True)
class FrozenSection:
    """A section of the letter; `html` is clean prose with our nodes still in it."""

    code: str  # "" for the opening and closing, else the line's code: "A", "3"
    title: str
    html: str


@dataclass(frozen=True)
class FrozenAnnex:
    """An annex. One that is separate, or without tables, is only listed in the letter itself."""

    number: int
    title: str
    intro: str = ""
    tables: tuple[FrozenTable, ...] = ()
    kind: str = ""  # what its tables tell: "figures", "signatories"
    separate: bool = False  # a document of its own, beside the letter

    @property
    def is_inside(self) -> bool:
        """Printed in the letter."""
        return bool(self.tables) and not self.separate


def told(item: Any, *, later: Collection[str]) -> dict[str, Any]:
    """A frozen thing for canonical JSON; later fields only where filled: what was frozen keeps its hash."""
    found = dataclasses.asdict(item)
    return {name: value for name, value in found.items() if value or name not in later}


_LATER = {"is_concept", "marking", "series", "your_reference"}  # fields that content of before does not have


@dataclass(frozen=True)
class FrozenLetter:
    """The whole letter."""

    name: str  # "voortgangsbrief-2025"
    title: str  # the subject line (Betreft)
    dated: date
    reference_date: date
    since: date | None  # the previous letter's date: where "since" begins
    since_title: str
    plan: str  # the plan's title, by the frame
    what_if: bool  # built at another reference date than the letter's own
    is_demo: bool
    reference: str  # "Ons kenmerk"
    sender: FrozenSender
    co_senders: tuple[FrozenSender, ...]
    addressee: tuple[str, ...]
    salutation: str
    closing: str
    sections: tuple[FrozenSection, ...]
    figures: dict[str, FrozenFigure] = field(default_factory=dict)
    annexes: tuple[FrozenAnnex, ...] = ()
    is_concept: bool = False  # frozen before the letter was final
    marking: str = ""  # who may read it (rubricering), in words; "" for everybody
    series: dict[str, FrozenSeries] = field(default_factory=dict)  # indicators that the texts draw
    your_reference: str = ""  # "Uw kenmerk": that of what the letter answers

    def to_dict(self) -> dict[str, Any]:
        """For canonical JSON."""
        return told(self, later=_LATER)

    def to_json(self) -> str:
        return canonical(self.to_dict())

    def sha256(self) -> str:
        """The fingerprint that is printed and kept beside the letter."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, ISO dates. Raises TypeError for what has no place in it."""
    return json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} heeft geen plaats in bevroren inhoud")


def from_json(text: str) -> FrozenLetter:
    """The letter of its canonical JSON; the inverse of `to_json`."""
    raw = json.loads(text)
    return FrozenLetter(
        **{
            **raw,
            "dated": date.fromisoformat(raw["dated"]),
            "reference_date": date.fromisoformat(raw["reference_date"]),
            "since": date.fromisoformat(raw["since"]) if raw["since"] else None,
            "sender": sender_of(raw["sender"]),
            "co_senders": tuple(sender_of(item) for item in raw["co_senders"]),
            "addressee": tuple(raw["addressee"]),
            "sections": tuple(FrozenSection(**item) for item in raw["sections"]),
            "figures": {key: figure_of(item) for key, item in raw["figures"].items()},
            "annexes": tuple(_annex(item) for item in raw["annexes"]),
            "series": {key: series_of(item) for key, item in raw.get("series", {}).items()},
        }
    )


def sender_of(raw: dict[str, Any]) -> FrozenSender:
    lines = {name: tuple(raw[name]) for name in ("visiting", "postal")}
    return FrozenSender(**{**raw, **lines, "organisation": FrozenOrganisation(**raw["organisation"])})


def figure_of(raw: dict[str, Any]) -> FrozenFigure:
    series = tuple((date.fromisoformat(day), value) for day, value in raw["series"])
    return FrozenFigure(
        **{**raw, "unit": FrozenUnit(**raw["unit"]), "rows": tuple(raw["rows"]), "series": series}
    )


def series_of(raw: dict[str, Any]) -> FrozenSeries:
    return FrozenSeries(
        **{
            **raw,
            "points": tuple((date.fromisoformat(day), value) for day, value in raw["points"]),
            "values": tuple((period, value, source) for period, value, source in raw["values"]),
            "breaks": tuple(date.fromisoformat(day) for day in raw["breaks"]),
        }
    )


def _annex(raw: dict[str, Any]) -> FrozenAnnex:
    return FrozenAnnex(**{**raw, "tables": tuple(table_of(item) for item in raw["tables"])})


def table_of(raw: dict[str, Any]) -> FrozenTable:
    rows = tuple(tuple(row) for row in raw["rows"])
    return FrozenTable(raw["title"], tuple(raw["header"]), rows, tuple(raw["numeric"]))
