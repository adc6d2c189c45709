"""Carry out a plan: a handful of queries, however many organisations there are."""

from __future__ import annotations

from collections.abc import Iterable

from mvi_portal.core import statistics
from signatories.models import Organisation, OrganisationName, Succession
from signatories.tooi.plan import Plan
from signatories.tooi.records import DatedName, Record

IDENTITY = ["kind", "is_tooi", "province", "valid_from", "valid_until", "source"]
WORDS = ["name", "name_with_kind", "sort_name", "abbreviation", "valid_until", "source"]


def apply(plan: Plan) -> None:
    """Write the plan. The caller opens the transaction in which it was made, and says why."""
    if not plan.changes:
        return
    rows = _rows(plan)
    _add(plan.additions, rows)
    _update([update.after for update in plan.updates if _differs(update.before, update.after)], rows)
    _rename(plan, rows)
    _succeed(plan, rows)
    statistics.refresh(Organisation, OrganisationName, Succession)


def _rows(plan: Plan) -> dict[str, Organisation]:
    """The organisations that the plan touches or points to."""
    keys = {update.after.key for update in plan.updates}
    keys |= {key for link in plan.successions for key in (link.predecessor, link.successor)}
    keys |= {record.province for record in (*plan.additions, *(update.after for update in plan.updates))}
    return {row.key: row for row in Organisation.objects.filter(key__in=keys)}


def _add(records: Iterable[Record], rows: dict[str, Organisation]) -> None:
    """Those that lie in no province first: the provinces are among them."""
    whole = list(records)
    for within in (False, True):
        batch = [record for record in whole if bool(record.province) is within]
        made = Organisation.objects.bulk_create([_filled(Organisation(), record, rows) for record in batch])
        rows.update({row.key: row for row in made})
    OrganisationName.objects.bulk_create(
        _worded(OrganisationName(organisation=rows[record.key]), name)
        for record in whole
        for name in record.names
    )


def _differs(before: Record, after: Record) -> bool:
    return any(
        getattr(before, what) != getattr(after, what)
        for what in ("kind", "is_tooi", "province", "valid_from", "valid_until")
    )


def _update(records: Iterable[Record], rows: dict[str, Organisation]) -> None:
    changed = [_filled(rows[record.key], record, rows) for record in records]
    Organisation.objects.bulk_update(changed, IDENTITY)


def _rename(plan: Plan, rows: dict[str, Organisation]) -> None:
    """A name is the row that begins on its day; rows that go, go first, so that no two ever overlap."""
    after = {
        u.after.key: {name.valid_from: name for name in u.after.names}
        for u in plan.updates
        if u.before.names != u.after.names
    }
    known = OrganisationName.objects.filter(organisation__key__in=after).select_related("organisation")
    gone, changed = [], []
    for row in known:
        name = after[row.organisation.key].pop(row.valid_from, None)
        if name is None:
            gone.append(row.pk)
        elif _name_of(row) != name:
            changed.append(_worded(row, name))
    OrganisationName.objects.filter(pk__in=gone).delete()
    OrganisationName.objects.bulk_update(changed, WORDS)
    OrganisationName.objects.bulk_create(
        _worded(OrganisationName(organisation=rows[key]), name)
        for key, names in after.items()
        for name in names.values()
    )


def _succeed(plan: Plan, rows: dict[str, Organisation]) -> None:
    """New successions wait for confirmation; of one that we have, only the event and the source change."""
    Succession.objects.bulk_create(
        (
            Succession(
                predecessor=rows[link.predecessor],
                successor=rows[link.successor],
                on=link.on,
                event=link.event,
                source=link.source,
            )
            for link in plan.successions
        ),
        update_conflicts=True,
        unique_fields=["predecessor", "successor", "on"],
        update_fields=["event", "source"],
    )


def _filled(row: Organisation, record: Record, rows: dict[str, Organisation]) -> Organisation:
    row.key, row.kind, row.is_tooi = record.key, record.kind, record.is_tooi
    row.province = rows[record.province] if record.province else None
    row.valid_from, row.valid_until, row.source = record.valid_from, record.valid_until, record.source
    return row


def _worded(row: OrganisationName, name: DatedName) -> OrganisationName:
    row.name, row.name_with_kind, row.sort_name, row.abbreviation = name.words
    row.valid_from, row.valid_until, row.source = name.valid_from, name.valid_until, name.source
    return row


def _name_of(row: OrganisationName) -> DatedName:
    words = (row.name, row.name_with_kind, row.sort_name, row.abbreviation)
    return DatedName(*words, row.valid_from, row.valid_until)
