"""Dated names: what a source tells laid over what we know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from signatories.tooi.records import A_DAY, DatedName, Record, by_start

Names = tuple[DatedName, ...]


def merge(known: Names, told: Record) -> Names:
    """The names after hearing the source.

    A source with former names tells their days, and those stand. A source with one name only tells what
    the name is on the day of which it speaks: another name then is a new name from that day on, unless
    the organisation had ended. What we know from after that day is never touched.
    """
    if not known:
        return told.names
    if len(told.names) > 1:
        return _dated(known, told)
    heard, current = _keep_abbreviation(told.names[0], known), at(known, told.seen_on)
    if heard.words == current.words:
        return known
    if _is_correction(heard, current, told):
        return tuple(_reword(name, heard) if name is current else name for name in known)
    return _overlay(known, replace(heard, valid_from=told.seen_on, valid_until=_horizon(known, told.seen_on)))


def at(names: Sequence[DatedName], day: date) -> DatedName:
    """The name of that day; else the latest before it; else the first after it."""
    covering = [name for name in names if name.covers(day)]
    before = [name for name in names if name.valid_until and name.valid_until < day]
    return (covering or before[-1:] or list(names))[0]


def _dated(known: Names, told: Record) -> Names:
    horizon, merged = _horizon(known, told.seen_on), known
    for heard in told.names:
        heard = _keep_abbreviation(heard, known)
        merged = _overlay(merged, replace(heard, valid_until=heard.valid_until or horizon))
    return merged


def _is_correction(heard: DatedName, current: DatedName, told: Record) -> bool:
    """Better words for the same name: another way to sort it, or a name that is of that day or gone by."""
    same_name = heard.words[:2] == current.words[:2]
    ended = told.valid_until is not None and told.valid_until < told.seen_on
    return same_name or ended or current.valid_from == told.seen_on


def _keep_abbreviation(heard: DatedName, known: Names) -> DatedName:
    """A source without the abbreviation of a name does not take ours away."""
    ours = (name.abbreviation for name in known if name.name == heard.name)
    return replace(heard, abbreviation=heard.abbreviation or next(ours, ""))


def _reword(name: DatedName, heard: DatedName) -> DatedName:
    return replace(heard, valid_from=name.valid_from, valid_until=name.valid_until)


def _horizon(known: Names, day: date) -> date | None:
    """The last day before a name that we know to begin after `day`."""
    later = [name.valid_from for name in known if name.valid_from and name.valid_from > day]
    return min(later) - A_DAY if later else None


def _overlay(names: Names, new: DatedName) -> Names:
    """The new name in its period, and what is left of the others around it."""
    return by_start([*(piece for name in names for piece in _around(name, new)), new])


def _around(name: DatedName, new: DatedName) -> Iterator[DatedName]:
    if new.valid_from and (name.valid_from is None or name.valid_from < new.valid_from):
        until = new.valid_from - A_DAY
        yield replace(name, valid_until=min(name.valid_until or until, until))
    if new.valid_until and (name.valid_until is None or name.valid_until > new.valid_until):
        start = new.valid_until + A_DAY
        yield replace(name, valid_from=max(name.valid_from or start, start))
