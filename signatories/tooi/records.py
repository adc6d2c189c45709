"""Organisations, names and successions as plain data: what a source tells, and what we know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from signatories.models import Event, Kind

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DatedName:
    """A name from a day up to and including another; an empty end is open."""

    name: str
    name_with_kind: str
    sort_name: str
    abbreviation: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = field(default="", compare=False)

    @property
    def words(self) -> tuple[str, str, str, str]:
        return self.name, self.name_with_kind, self.sort_name, self.abbreviation

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


@dataclass(frozen=True)
class Record:
    """An organisation. Where a source is silent (no end, no province) the field is empty.

    `seen_on` is the day of which the source speaks; source and day do not make records differ.
    """

    key: str
    kind: Kind
    names: tuple[DatedName, ...]
    province: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    is_tooi: bool = True
    source: str = field(default="", compare=False)
    seen_on: date = field(default=date.min, compare=False)

    def exists_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )

    @property
    def title(self) -> str:
        """The name that it bears, or bore at its end."""
        return self.names[-1].name if self.names else self.key


@dataclass(frozen=True)
class Link:
    """A succession: on this day the predecessor went over, in whole or in part, into the successor."""

    predecessor: str
    successor: str
    on: date
    event: Event
    source: str = field(default="", compare=False)
    file: str = field(default="", compare=False)
    node: str = field(default="", compare=False)

    @property
    def identity(self) -> tuple[str, str, date]:
        return self.predecessor, self.successor, self.on


@dataclass(frozen=True)
class Told:
    """Everything that one source tells."""

    records: tuple[Record, ...]
    links: tuple[Link, ...] = ()

    def mentioned(self) -> set[str]:
        """Every key that occurs, also as a province or as the end of a succession."""
        keys = {record.key for record in self.records} | {record.province for record in self.records}
        return keys | {key for link in self.links for key in (link.predecessor, link.successor)} - {""}


@dataclass(frozen=True)
class Known:
    """What the register holds now."""

    records: Mapping[str, Record] = field(default_factory=dict)
    links: Mapping[tuple[str, str, date], Link] = field(default_factory=dict)


def by_start(names: Iterable[DatedName]) -> tuple[DatedName, ...]:
    return tuple(sorted(names, key=lambda name: name.valid_from or date.min))
