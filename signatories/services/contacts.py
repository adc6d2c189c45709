"""Contact persons: their data can go, the record that there was one stays."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.mails import services as mails
from signatories.models import Contact, Organisation


@transaction.atomic
def add_contact(
    *, organisation: Organisation, name: str, email: str, phone: str, purpose: str, on: date, by: User
) -> Contact:
    """Somebody to write to, looked up on the day `on`. The same person twice is refused."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # who presses twice, is the second
    same = Contact.objects.filter(organisation=organisation, name=name, email=email, phone=phone)
    if same.exists():
        raise ValidationError("Deze contactpersoon staat er al.")
    with history(by=by, action="contact.added"):
        contact = Contact(
            organisation=organisation, name=name, email=email, phone=phone, purpose=purpose, checked_on=on
        )
        contact.full_clean()
        contact.save()
    return contact


@transaction.atomic
def change_contact(
    *, contact: Contact, name: str, email: str, phone: str, purpose: str, on: date, by: User
) -> None:
    """Who changes the data has looked them up: they are checked on the day `on`."""
    with history(by=by, action="contact.changed"):
        contact.name, contact.email, contact.phone, contact.purpose = name, email, phone, purpose
        contact.checked_on = on
        contact.full_clean()
        contact.save(update_fields=["name", "email", "phone", "purpose", "checked_on"])


@transaction.atomic
def check_contact(*, contact: Contact, on: date, by: User) -> None:
    """The data were looked up on the day `on`, and are still right."""
    with history(by=by, action="contact.checked"):
        contact.checked_on = on
        contact.save(update_fields=["checked_on"])


@transaction.atomic
def erase_contact(*, contact: Contact, on: date, by: User | None) -> None:
    """Empty what is personal, also in mails. History never held it, so nothing of it is left."""
    if contact.email:
        mails.erase(address=contact.email, on=on, by=by)
    with history(by=by, action="contact.erased"):
        contact.name = contact.email = contact.phone = ""
        contact.erased_on = on
        contact.save(update_fields=["name", "email", "phone", "erased_on"])
