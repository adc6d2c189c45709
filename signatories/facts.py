"""The table of facts that comes with the portal, so that nothing need be downloaded.

Its three files of organisations share their columns. A key with more rows has more names; a row with an
event tells into whom the organisation went over. The rows pass through the same plan as the official
registers, so loading twice changes nothing, and what is known from after a row's own day is left alone.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pghistory
from django.db import transaction

from mvi_portal.history import history
from signatories.models import Alias, Event, Kind, Organisation
from signatories.tooi.importing import carry_out
from signatories.tooi.plan import Plan
from signatories.tooi.records import DatedName, Link, Record, Told, by_start

FOLDER = Path(__file__).parent / "data"
FILES = ("organisations.csv", "ministries.csv", "other_parties.csv")
ALIASES = "aliases.csv"
WITHOUT_CODE = {Kind.UMBRELLA, Kind.AGENCY, Kind.BUSINESS}

Row = dict[str, str]


def load() -> Plan:
    """Bring the register in step with the table; gives what changed."""
    plan = carry_out([read()], action="facts.loaded", why="Tabel met feiten")
    load_aliases()
    return plan


@transaction.atomic
def load_aliases() -> int:
    """The aliases that were never here; one that somebody took away stays away. Gives how many were new."""
    (events,) = pghistory.core.event_models(tracks_model=Alias)
    had = set(events._default_manager.values_list("organisation__key", "name"))
    rows = [row for row in _lines(ALIASES) if (row["key"], row["name"]) not in had]
    known = {item.key: item for item in Organisation.objects.filter(key__in={row["key"] for row in rows})}
    with history(by=None, action="facts.loaded", why="Tabel met feiten"):
        made = Alias.objects.bulk_create(
            Alias(organisation=known[row["key"]], name=row["name"], source=row["source"])
            for row in rows
            if row["key"] in known
        )
    return len(made)


def read() -> Told:
    """The whole table as records and successions."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in _rows():
        rows[row["key"]].append(row)
    links = [link for same_key in rows.values() for row in same_key for link in _links(row)]
    return Told(tuple(_record(same_key) for same_key in rows.values()), tuple(links))


def _rows() -> Iterator[Row]:
    for name in FILES:
        yield from _lines(name)


def _lines(name: str) -> Iterator[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _record(rows: list[Row]) -> Record:
    """The first row speaks for the organisation, each row for a name."""
    row, kind = rows[0], Kind(rows[0]["kind"])
    return Record(
        key=row["key"],
        kind=kind,
        names=by_start(_name(row) for row in rows),
        province=row["province"],
        valid_from=_day(row["valid_from"]),
        valid_until=_day(row["valid_until"]),
        is_tooi=kind not in WITHOUT_CODE,
        source=row["source"],
        seen_on=date.fromisoformat(row["seen_on"]),
    )


def _name(row: Row) -> DatedName:
    return DatedName(
        name=row["name"],
        name_with_kind=row["name_with_kind"],
        sort_name=row["sort_name"],
        abbreviation=row["abbreviation"],
        valid_from=_day(row["named_from"]),
        valid_until=_day(row["named_until"]),
        source=row["source"],
    )


def _links(row: Row) -> Iterator[Link]:
    for successor in row["successors"].split():
        yield Link(
            row["key"], successor, date.fromisoformat(row["event_on"]), Event(row["event"]), row["source"]
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
