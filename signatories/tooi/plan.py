"""What would change: pure data, made before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mvi_portal.core.dates import long_date
from signatories.tooi import naming
from signatories.tooi.errors import Problem, RegisterError
from signatories.tooi.records import A_DAY, Known, Link, Record, Told


@dataclass(frozen=True)
class Rename:
    """From `on` the organisation bears another name."""

    key: str
    before: str
    after: str
    on: date


@dataclass(frozen=True)
class Correction:
    """A fact that is put right; `what` is Dutch."""

    key: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Update:
    """An organisation that we have, as it is and as it will be."""

    before: Record
    after: Record

    @property
    def renames(self) -> Iterator[Rename]:
        """Names that begin on a day on which it bore another name until now."""
        known, after = self.before.names, self.after.names
        starts = {name.valid_from for name in known}
        for name in after if known else ():
            first = name.valid_from
            if first and first not in starts and naming.at(known, first).words[:2] != name.words[:2]:
                yield Rename(self.after.key, naming.at(after, first - A_DAY).name, name.name, first)

    @property
    def end(self) -> date | None:
        """The last day, when it had none yet."""
        return self.after.valid_until if self.before.valid_until is None else None

    @property
    def corrections(self) -> Iterator[Correction]:
        before, after = self.before, self.after
        if before.province != after.province:
            yield Correction(after.key, "provincie", before.province, after.province)
        if before.valid_from != after.valid_from:
            yield Correction(after.key, "begindatum", _day(before.valid_from), _day(after.valid_from))
        if before.valid_until and before.valid_until != after.valid_until:
            yield Correction(after.key, "einddatum", _day(before.valid_until), _day(after.valid_until))
        if before.names != after.names and not list(self.renames):
            yield Correction(after.key, "naam", _names(before), _names(after))


@dataclass(frozen=True)
class Plan:
    """What a source adds to what we know.

    additions: organisations that we did not have; updates: those that differ; successions: new, or with
    another event; remarks: what a person should look at, in Dutch. `records` is how things will be.
    """

    additions: tuple[Record, ...] = ()
    updates: tuple[Update, ...] = ()
    successions: tuple[Link, ...] = ()
    remarks: tuple[str, ...] = ()
    records: Mapping[str, Record] = field(default_factory=dict, compare=False, repr=False)

    @property
    def changes(self) -> bool:
        return bool(self.additions or self.updates or self.successions)

    @property
    def renames(self) -> tuple[Rename, ...]:
        return tuple(rename for update in self.updates for rename in update.renames)

    @property
    def ends(self) -> tuple[Record, ...]:
        return tuple(update.after for update in self.updates if update.end)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return tuple(correction for update in self.updates for correction in update.corrections)


def make(known: Known, told: Iterable[Told]) -> Plan:
    """Lay what the sources tell over what we know. Raises RegisterError for an unknown organisation."""
    sources = list(told)
    heard = sorted((record for source in sources for record in source.records), key=lambda item: item.seen_on)
    places = known.records.keys() | {record.key for record in heard}
    after, remarks = dict(known.records), list[str]()
    for record in heard:
        record, missing = _placed(record, places)
        remarks += missing + _still_there(after.get(record.key), record)
        after[record.key] = _merge(after.get(record.key), record)
    links = [link for source in sources for link in source.links]
    _refuse_strangers(links, after)
    return Plan(
        additions=tuple(record for key, record in after.items() if key not in known.records),
        updates=tuple(
            Update(before, after[key]) for key, before in known.records.items() if before != after[key]
        ),
        successions=tuple(_new_links(links, known)),
        remarks=tuple(dict.fromkeys([*remarks, *_odd_days(links, after)])),
        records=after,
    )


def _merge(known: Record | None, told: Record) -> Record:
    """What the source says holds; what it does not say stays as it was."""
    if known is None:
        return told
    return replace(
        told,
        names=naming.merge(known.names, told),
        province=told.province or known.province,
        valid_from=told.valid_from or known.valid_from,
        valid_until=told.valid_until or known.valid_until,
    )


def _placed(record: Record, keys: Iterable[str]) -> tuple[Record, list[str]]:
    """The record without a province that nobody knows yet, and a remark about it."""
    if not record.province or record.province in keys:
        return record, []
    remark = (
        f"Provincie {record.province} is nog niet bekend; de organisaties daarin staan nog zonder provincie. "
        "Lees ook het register van de provincies in."
    )
    return replace(record, province=""), [remark]


def _still_there(known: Record | None, told: Record) -> list[str]:
    """A register that still lists what we have as ended: told, never undone by silence."""
    if known is None or known.valid_until is None or told.valid_until is not None:
        return []
    if known.valid_until >= told.seen_on:
        return []
    ended = long_date(known.valid_until)
    return [f"{told.key} {told.title} is bij ons geëindigd op {ended}; de bron noemt geen einddatum."]


def _refuse_strangers(links: Iterable[Link], records: Mapping[str, Record]) -> None:
    problems = [
        Problem(link.file, f"{key} is niet bekend.", node=link.node, field=field_name)
        for link in links
        for key, field_name in ((link.predecessor, "voorganger"), (link.successor, "opvolger"))
        if key not in records
    ]
    if problems:
        raise RegisterError(problems)


def _new_links(links: Iterable[Link], known: Known) -> Iterator[Link]:
    latest = {link.identity: link for link in links}
    return (link for identity, link in latest.items() if known.links.get(identity) != link)


def _odd_days(links: Iterable[Link], records: Mapping[str, Record]) -> Iterator[str]:
    """The predecessor ended, but not on the day before."""
    for link in links:
        last = records[link.predecessor].valid_until
        if last is not None and last + A_DAY != link.on:
            yield (
                f"{link.predecessor} {records[link.predecessor].title} eindigt op {long_date(last)}, "
                f"maar de bron dateert de {link.event.label} op {long_date(link.on)}."
            )


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _names(record: Record) -> str:
    return ", ".join(
        f"{name.name_with_kind} ({name.sort_name}{', ' + name.abbreviation if name.abbreviation else ''}"
        f"{', vanaf ' + long_date(name.valid_from) if name.valid_from else ''})"
        for name in record.names
    )
