"""What the register holds now, read in three queries however much it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from signatories.models import Event, Kind, Organisation, OrganisationName, Succession
from signatories.tooi.records import DatedName, Known, Link, Record, by_start

NAME_FIELDS = ("name", "name_with_kind", "sort_name", "abbreviation", "valid_from", "valid_until", "source")


def read(keys: Collection[str]) -> Known:
    """The organisations with these keys, their names, and the successions that start from them."""
    organisations = Organisation.objects.filter(key__in=keys).select_related("province")
    names = _names(keys)
    records = {row.key: _record(row, names[row.key]) for row in organisations.order_by("key")}
    links = Succession.objects.filter(predecessor__key__in=keys, successor__key__in=keys)
    rows = links.values_list("predecessor__key", "successor__key", "on", "event", "source")
    found = [Link(old, new, on, Event(event), source) for old, new, on, event, source in rows]
    return Known(records, {link.identity: link for link in found})


def _names(keys: Collection[str]) -> dict[str, list[DatedName]]:
    rows = OrganisationName.objects.filter(organisation__key__in=keys).order_by("valid_from")
    names: dict[str, list[DatedName]] = defaultdict(list)
    for key, *values in rows.values_list("organisation__key", *NAME_FIELDS):
        names[key].append(DatedName(**dict(zip(NAME_FIELDS, values, strict=True))))
    return names


def _record(row: Organisation, names: list[DatedName]) -> Record:
    return Record(
        key=row.key,
        kind=Kind(row.kind),
        names=by_start(names),
        province=row.province.key if row.province else "",
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_tooi=row.is_tooi,
        source=row.source,
    )
