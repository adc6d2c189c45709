"""A real signature to see a text with: one whose reminder is near, else any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplans.models import Reminder, ReminderKind, with_clock
from actionplans.reminding import texts
from actionplans.reminding.making import Addressed
from mvi_portal.mails.calendars import File
from signatories.models import Contact, Signature


@dataclass(frozen=True)
class Example:
    """A text as somebody would get it."""

    organisation: str
    to: str
    text: texts.Text
    file: File


def example(kind: ReminderKind, text: texts.Text, today: date) -> Example | None:
    """None while nobody signed."""
    if (signature := _signature(kind, today)) is None:
        return None
    to = Addressed.of([signature.pk], today)
    contact = next(iter(to.contacts[signature.pk]), None)
    organisation = (
        to.names[contact.organisation_id] if contact else next(iter(to.names.values()), signature.slug)
    )
    name = texts.name_of(contact) if contact else ""
    due_on = signature.term_ends_on
    places = texts.values(signature, due_on, organisation=organisation, contact=name)
    file = texts.calendar(signature, due_on, organisation=organisation, told_on=today)
    return Example(organisation, _called(contact), text.filled(places), file)


def _called(contact: Contact | None) -> str:
    if contact is None:
        return "nog geen contactpersoon"
    return texts.name_of(contact) or contact.email


def _signature(kind: ReminderKind, today: date) -> Any:
    """One that stands ready for this reminder, else whose term ends next, else the last that ended."""
    ready = Reminder.objects.filter(kind=kind, released_at=None, skipped_reason="")
    found = with_clock(Signature.objects.in_force(on=today), on=today).select_related("manifest")
    return (
        found.filter(pk__in=ready.values("signature")).order_by("term_ends_on", "pk").first()
        or found.filter(term_ends_on__gte=today).order_by("term_ends_on", "pk").first()
        or found.order_by("-term_ends_on", "pk").first()
    )
