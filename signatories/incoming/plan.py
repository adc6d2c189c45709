"""What a workbook asks of the register: its rows by signature, each compared with what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from mvi_portal.core.dates import PartialDate, long_date
from mvi_portal.core.workbooks import Record, Rule
from mvi_portal.core.workbooks.importing import Order, Question
from signatories.incoming.columns import OF_SIGNATURE
from signatories.incoming.naming import Known, Names
from signatories.incoming.register import Register
from signatories.models import Manifest, Signatory, Signature

Change = tuple[str, Any, Any]  # the name of a column, what stands there, what comes


@dataclass
class Entry:
    """One row: whom it is about, what stands there already, and what would change."""

    record: Record
    organisation: Known | None = None
    question: Question | None = None
    existing: Signatory | None = None
    is_new: bool = True
    changes: list[Change] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return self.record.is_good and self.organisation is not None

    @property
    def given(self) -> dict[str, Any]:
        return self.record.values

    @property
    def label(self) -> str:
        name = (
            self.organisation.name if self.organisation else (self.given.get("name") or self.given.get("key"))
        )
        return str(name or "")


@dataclass
class Group:
    """The rows of one signature. Without a `signature` it is a new one, under `slug` when that was given."""

    manifest: Manifest
    slug: str
    signature: Signature | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def usable(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_usable]

    @property
    def facts(self) -> dict[str, Any]:
        """Of the signature, from the first row that tells each."""
        told = [entry.given for entry in self.usable]
        return {name: next((row[name] for row in told if row.get(name)), None) for name in OF_SIGNATURE}


class Planner:
    def __init__(self, order: Order) -> None:
        self.order, self.names, self.register = order, Names(), Register.read()
        self.groups: dict[tuple[str, object], Group] = {}

    def plan(self, rows: list[Record]) -> list[Entry]:
        """Each row in its place; the groups are left in `groups`."""
        found = []
        for done, record in enumerate(rows):
            self.order.compared(done, len(rows), with_what="het register")
            found.append(self._entry(record))
        for group in self.groups.values():
            self._compare(group)
        return found

    def _entry(self, record: Record) -> Entry:
        entry = Entry(record)
        who = self.names.of(record, self.order.answers.get(record.row))
        if isinstance(who, Question):
            entry.question = who
            return entry
        entry.organisation = who
        if entry.is_usable:
            group = self._group(entry)
            if group is not None:
                group.entries.append(entry)
        return entry

    def _group(self, entry: Entry) -> Group | None:
        manifest = self.register.manifests[entry.given["manifest"]]
        slug = entry.given.get("slug") or ""
        signature = self._signature(entry, manifest, slug)
        if not entry.is_usable:
            return None
        key: object = signature.pk if signature else (slug or ("row", entry.record.row))
        if not slug and signature is None:
            key = ("same", entry.organisation, entry.given["signed_on"])  # twice the same row is told as that
        return self.groups.setdefault((manifest.slug, key), Group(manifest, slug, signature))

    def _signature(self, entry: Entry, manifest: Manifest, slug: str) -> Signature | None:
        """The one of that key; else the organisation's own of that date. Another date is not guessed."""
        if slug:
            found = self.register.signatures.get((manifest.slug, slug))
            if found is None:
                _check_slug(entry.record, slug)
            return found
        organisation = entry.organisation
        theirs = self.register.of_organisation[manifest.slug, organisation.pk] if organisation else []
        same = [item for item in theirs if item.signed_on == entry.given["signed_on"]]
        if len(same) == 1 or not theirs:
            return same[0] if same else None
        entry.record.refuse("slug", Rule.DOUBT, _which(same or theirs))
        return None

    def _compare(self, group: Group) -> None:
        _told_twice(group)
        _agree(group)
        for entry in group.usable:
            now = group.signature.office if group.signature else None
            office = self.register.office(entry.record, _pk(entry), now)
            entry.given["office"] = office
            _in_order(entry)
            if entry.is_usable:
                self._standing(group, entry)

    def _standing(self, group: Group, entry: Entry) -> None:
        signature = group.signature
        if signature is None:
            return
        entry.existing = self._row(signature, entry)
        entry.is_new = entry.existing is None
        wanted = [(name, getattr(signature, name), entry.given.get(name)) for name in OF_SIGNATURE]
        if entry.existing is not None:
            wanted.append(("valid_until", entry.existing.valid_until, entry.given.get("valid_until")))
            self._same_start(entry, entry.existing)
        entry.changes = [
            (name, now, new) for name, now, new in wanted if new not in (None, "") and new != now
        ]

    def _row(self, signature: Signature, entry: Entry) -> Signatory | None:
        """The organisation's row; of several the one that starts on the day told."""
        rows = [row for row in self.register.rows[signature.pk] if row.organisation_id == _pk(entry)]
        if len(rows) <= 1:
            return rows[0] if rows else None
        start = entry.given.get("valid_from")
        return next((row for row in rows if row.valid_from == start), None)

    def _same_start(self, entry: Entry, row: Signatory) -> None:
        start = entry.given.get("valid_from")
        if start is not None and start != row.valid_from:
            stands = long_date(row.valid_from) if row.valid_from else "de ondertekening"
            message = (
                f"De eerste dag ligt vast: {stands}. Beëindig de rij op de pagina en voeg haar opnieuw toe."
            )
            entry.record.refuse("valid_from", Rule.FITS, message)


def _in_order(entry: Entry) -> None:
    start, until = entry.given.get("valid_from"), entry.given.get("valid_until")
    if start and until and until < start:
        entry.record.refuse("valid_until", Rule.FITS, "De laatste dag ligt vóór de eerste.")


def _pk(entry: Entry) -> int:
    return entry.organisation.pk if entry.organisation else 0


def _check_slug(record: Record, slug: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError:
        message = "Een sleutel heeft alleen letters zonder accent, cijfers, koppeltekens en lage streepjes."
        record.refuse("slug", Rule.FITS, message)


def _which(found: list[Signature]) -> str:
    told = "; ".join(f"{item.slug} ({item.signed_on})" for item in found[:5])
    return (
        f"Deze organisatie staat al onder een andere handtekening: {told}. Vul die sleutel in als u die "
        "bedoelt. Is dit een nieuwe handtekening, geef haar dan een eigen sleutel."
    )


def _told_twice(group: Group) -> None:
    """An organisation stands under a signature once, unless from another day."""
    seen: dict[tuple[int, date | None], int] = {}
    for entry in group.entries:
        place = (_pk(entry), entry.given.get("valid_from"))
        if place in seen:
            message = f"Deze organisatie staat al in rij {seen[place]}, onder dezelfde handtekening."
            entry.record.refuse("key" if entry.given.get("key") else "name", Rule.DOUBLE, message)
        else:
            seen[place] = entry.record.row


def _agree(group: Group) -> None:
    """What is of the signature is the same in all its rows."""
    for name in OF_SIGNATURE:
        first: Entry | None = None
        for entry in group.usable:
            value = entry.given.get(name)
            if value in (None, ""):
                continue
            first = first or entry
            if value != first.given[name]:
                message = (
                    f"In rij {first.record.row} staat {_said(first.given[name])}, voor dezelfde handtekening."
                )
                entry.record.refuse(name, Rule.FITS, message)


def _said(value: object) -> str:
    return long_date(value) if isinstance(value, date) else str(value)


def details(entry: Entry) -> Iterator[str]:
    """What changes, in words; of what is new, since when and with whom."""
    if entry.is_new and entry.is_usable:
        slug = entry.given.get("slug")
        yield f"ondertekend op {entry.given['signed_on']}{f', onder handtekening {slug}' if slug else ''}"
    for name, now, new in entry.changes:
        heading = entry.record.headings.get(name, name)
        yield f"{heading}: {_shown(now)} wordt {_shown(new)}"


def _shown(value: object) -> str:
    if value in (None, ""):
        return "niets"
    return _said(value) if isinstance(value, (date, PartialDate)) else f"“{value}”"
