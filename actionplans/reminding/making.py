"""Making reminders ready: by date, as often as one likes, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actionplans.models import Reminder, ReminderMail, with_clock
from actionplans.reminding import texts
from actionplans.reminding.due import kind_on, owing, why_not
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.mails import services as mails
from mvi_portal.mails.models import Mail
from mvi_portal.mails.models import State as MailState
from signatories.models import Contact, Organisation, Signatory, Signature

KIND = "reminder"  # of its mails
PURPOSE = "actieplan"  # a contact person may be written to for what is agreed, and this is it
LATER_ONE = "Er is een latere herinnering klaargezet."
CONTACT_GONE = "De contactpersoon is er niet meer, of niet meer voor het actieplan."


def make_ready(*, today: date) -> int:
    """What the day asks for, and what stands ready brought up to date. Returns how many are new."""
    with transaction.atomic():
        with history(by=None, action="reminder.prepared"):
            made = _new(today)
        undecided = refresh(today=today, by=None)
    if settings.REMINDERS_BY_THEMSELVES:
        from actionplans.reminding.deciding import release  # which refreshes first

        release(keys=[item.pk for item in undecided], today=today, by=None)
    return made


def _new(today: date) -> int:
    due = [(item, kind_on(item.term_ends_on, today)) for item in owing(today)]
    wanted = {(item.pk, kind, item.term_ends_on) for item, kind in due if kind is not None}
    there = Reminder.objects.filter(signature__in=[item.pk for item, _kind in due])
    missing = wanted - set(there.values_list("signature", "kind", "due_on"))
    now = timezone.now()
    Reminder.objects.bulk_create(
        (
            Reminder(signature_id=pk, kind=kind, due_on=day, prepared_at=now)
            for pk, kind, day in sorted(missing)
        ),
        ignore_conflicts=True,  # of two at once
    )
    return len(missing)


def refresh(*, today: date, by: User | None, keys: Iterable[int] | None = None) -> list[Reminder]:
    """Those that nobody decided about: what is no longer owed is skipped, the others get their mails.

    Returns what is left, locked until the end of the transaction. Not to be called within `history`: each
    step tells its own.
    """
    rows = Reminder.objects.select_for_update(of=("self",)).filter(released_at=None, skipped_reason="")
    chosen = list(rows if keys is None else rows.filter(pk__in=list(keys)))
    signatures = with_clock(Signature.objects.filter(pk__in={row.signature_id for row in chosen}), on=today)
    clocks = {item.pk: item for item in signatures.select_related("manifest")}
    newest = _newest(clocks)
    left = []
    for row in chosen:
        reason = why_not(clocks[row.signature_id], row.due_on)
        reason = reason or (LATER_ONE if row.kind < newest[row.signature_id, row.due_on] else "")
        if reason:
            let_go(row, reason, by)
        else:
            left.append(row)
    _write(left, clocks, today, by)
    return left


def _newest(clocks: Iterable[int]) -> dict[tuple[int, date], int]:
    """The latest kind that was made for each signature and due date."""
    rows = Reminder.objects.filter(signature__in=list(clocks)).order_by("kind")
    return {(key, day): kind for key, day, kind in rows.values_list("signature", "due_on", "kind")}


def let_go(reminder: Reminder, reason: str, by: User | None) -> None:
    """Skip it with its mails."""
    reminder.skipped_reason = reason
    with history(by=by, action="reminder.skipped", why=reason):
        reminder.save(update_fields=["skipped_reason"])
    for mailing in reminder.mailings.select_related("mail").filter(mail__state=MailState.PREPARED):
        mails.skip(mail=mailing.mail, reason=reason, by=by)


@dataclass
class Addressed:
    """To whom the reminders of a signature go, each with the name of the organisation on the day."""

    contacts: dict[int, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, signatures: Iterable[int], today: date) -> Addressed:
        found = cls()
        under = Signatory.objects.in_force(on=today).filter(signature__in=list(signatures))
        pairs = list(under.order_by("pk").values_list("signature", "organisation"))
        named: dict[int, Any] = Organisation.objects.with_name(on=today).in_bulk({body for _, body in pairs})
        found.names = {key: body.name_on_day or body.key for key, body in named.items()}
        by_body: dict[int, list[Contact]] = defaultdict(list)
        for contact in contacts().filter(organisation__in=found.names).order_by("pk"):
            by_body[contact.organisation_id].append(contact)
        for signature, body in dict.fromkeys(pairs):
            found.contacts[signature] += by_body[body]
        return found


def contacts() -> Any:
    """Contact persons whom one may write to about the plan."""
    return Contact.objects.filter(erased_on=None, purpose__icontains=PURPOSE).exclude(email="")


def _write(rows: list[Reminder], clocks: dict[int, Any], today: date, by: User | None) -> None:
    """The mails of these reminders: those that are missing are made, those that changed are rewritten."""
    to = Addressed.of(clocks, today)
    told = texts.texts()
    there: dict[int, dict[int | None, ReminderMail]] = defaultdict(dict)
    mailings = ReminderMail.objects.filter(reminder__in=[row.pk for row in rows]).select_related("mail")
    for mailing in mailings:
        there[mailing.reminder_id][mailing.contact_id] = mailing
    for row in rows:
        signature, mine = clocks[row.signature_id], there[row.pk]
        wanted = {contact.pk: contact for contact in _each_address_once(to.contacts[row.signature_id])}
        for contact in wanted.values():
            name = to.names[contact.organisation_id]
            _mail(row, signature, contact, name, told, mine.get(contact.pk), by)
        for key in mine.keys() - wanted.keys():
            if mine[key].mail.state == MailState.PREPARED:
                mails.skip(mail=mine[key].mail, reason=CONTACT_GONE, by=by)


def _each_address_once(found: Iterable[Contact]) -> Iterator[Contact]:
    seen: set[str] = set()
    for contact in found:
        if (address := contact.email.casefold()) not in seen:
            seen.add(address)
            yield contact


def _mail(
    row: Reminder,
    signature: Any,
    contact: Contact,
    name: str,
    told: Any,
    mailing: ReminderMail | None,
    by: User | None,
) -> None:
    places = texts.values(signature, row.due_on, organisation=name, contact=texts.name_of(contact))
    text = told[row.kind].filled(places)
    mail: dict[str, Any] = {
        "to": contact.email,
        "name": texts.name_of(contact),
        "subject": text.subject,
        "body": text.body,
    }
    told_on = timezone.localdate(row.prepared_at)
    files = [texts.calendar(signature, row.due_on, organisation=name, told_on=told_on)]
    if mailing is None:
        made = mails.prepare(kind=KIND, key=key_of(row, signature, contact), files=files, by=by, **mail)
        with history(by=by, action="reminder.addressed"):
            ReminderMail.objects.create(reminder=row, mail=made, contact=contact)
    elif mailing.mail.state == MailState.PREPARED and _differs(mailing.mail, mail):
        mails.revise(mail=mailing.mail, files=files, by=by, **mail)


def key_of(row: Reminder, signature: Signature, contact: Contact) -> str:
    """The same reminder to the same person is one mail. Needs `manifest` loaded."""
    return f"{KIND}:{signature.natural}:{row.kind}:{row.due_on.isoformat()}:{contact.pk}"


def _differs(stored: Mail, wanted: dict[str, Any]) -> bool:
    now = (stored.recipient, stored.recipient_name, stored.subject, stored.body)
    return now != (wanted["to"], wanted["name"], wanted["subject"], wanted["body"])
