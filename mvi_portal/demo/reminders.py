"""Mailboxes of invented municipalities, and reminders to them in every stand; nobody real gets any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from actionplans.models import Reminder, ReminderKind, ReminderMail, with_clock
from actionplans.reminding import texts
from actionplans.reminding.making import KIND, PURPOSE, key_of
from mvi_portal.accounts.models import User
from mvi_portal.demo.common import DEMO, Fields, Organisations, municipality
from mvi_portal.demo.writer import Writer
from mvi_portal.mails.delivering import IN_A_FILE
from mvi_portal.mails.models import Attachment, Mail, State
from signatories.models import Contact, Manifest

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ON = date(2025, 1, 31)
_WITH_CONTACT = (54, 55, 58, 60)
# of which municipality, which reminder, and what became of it: sent, skipped with a reason, or ready
_MADE: tuple[tuple[int, ReminderKind, str], ...] = (
    (54, ReminderKind.DUE, "sent"),
    (54, ReminderKind.PAST, "Gebeld op 20 december: het plan wordt in februari vastgesteld."),
    (55, ReminderKind.DUE, "sent"),
    (55, ReminderKind.PAST, ""),
    (58, ReminderKind.AHEAD, ""),
    (59, ReminderKind.AHEAD, ""),  # nobody to write to
)


@dataclass(frozen=True)
class _Made:
    """One reminder as it is loaded, with the signature and its clock."""

    signature: Any
    name: str
    kind: ReminderKind
    fate: str
    contact: Contact | None

    @property
    def due_on(self) -> date:
        due: date = self.signature.term_ends_on
        return due

    def at(self, hour: int) -> datetime:
        """An hour on its day, or as soon as it was asked about."""
        return datetime.combine(self.due_on + timedelta(days=self.kind), time(hour), tzinfo=_AMSTERDAM)


def load(writer: Writer, manifest: Manifest, known: Organisations, users: Mapping[str, User]) -> None:
    contacts = _contacts(writer, known)
    by = users["secretariaat@voorbeeld.example"]
    slugs = [municipality(number) for number, _kind, _fate in _MADE]
    signed = with_clock(manifest.signatures.filter(slug__in=slugs), on=_ON).select_related("manifest")
    signatures = {row.slug: row for row in signed}
    made = [
        _Made(signatures[slug], _name(slug), kind, fate, contacts.get(slug))
        for slug, (_number, kind, fate) in zip(slugs, _MADE, strict=True)
        if slug in signatures
    ]
    rows = writer.write(
        Reminder, (_reminder(item, by) for item in made), key=["signature", "kind", "due_on"], update=False
    )
    for item, reminder in zip(made, rows.values(), strict=True):
        if item.contact is not None:
            _mail(writer, item, reminder, item.contact, by)


def _contacts(writer: Writer, known: Organisations) -> dict[str, Contact]:
    rows = (
        {
            "organisation": known[municipality(number)],
            "email": f"inkoop-{number}@voorbeeld.example",
            "purpose": PURPOSE,
            "checked_on": date(2024, 9, 2),
            **DEMO,
        }
        for number in _WITH_CONTACT
    )
    written = writer.write(Contact, rows, key=["organisation", "purpose"])
    return {row.organisation.key: row for row in written.values()}


def _reminder(item: _Made, by: User) -> Fields:
    fields: Fields = {
        "signature": item.signature,
        "kind": item.kind,
        "due_on": item.due_on,
        "prepared_at": item.at(6),
    }
    if item.fate == "sent":
        return {**fields, "released_at": item.at(10), "released_by": by}
    return {**fields, "skipped_reason": item.fate}


def _mail(writer: Writer, item: _Made, reminder: Reminder, contact: Contact, by: User) -> None:
    key = key_of(reminder, item.signature, contact)
    places = texts.values(item.signature, item.due_on, organisation=item.name, contact=contact.name)
    text = texts.default(item.kind).filled(places)
    fields: Fields = {
        "kind": KIND,
        "key": key,
        "recipient": contact.email,
        "recipient_name": contact.name,
        "subject": text.subject,
        "body": text.body,
        "message_id": uuid5(NAMESPACE_URL, key),
        "prepared_at": item.at(6),
        **dict(_fate(item, by)),
    }
    (mail,) = writer.write(Mail, [fields], key=["key"], update=False).values()
    link = {"reminder": reminder, "mail": mail, "contact": contact}
    writer.write(ReminderMail, [link], key=["reminder", "contact"], update=False)
    file = texts.calendar(item.signature, item.due_on, organisation=item.name, told_on=item.at(6).date())
    row = {"mail": mail, "name": file.name, "content_type": file.content_type, "content": file.content}
    writer.write(Attachment, [row], key=["mail", "name"], update=False)


def _fate(item: _Made, by: User) -> Iterator[tuple[str, Any]]:
    if item.fate == "sent":
        yield from {"state": State.SENT, "released_at": item.at(10), "released_by": by}.items()
        yield from {"settled_at": item.at(10), "answer": IN_A_FILE, "tries": 1}.items()
    elif item.fate:
        yield from {"state": State.SKIPPED, "reason": item.fate, "settled_at": item.at(9)}.items()


def _name(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
