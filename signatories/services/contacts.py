"""Contact persons: their data can go, the record that there was one stays."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from signatories.models import Contact


@transaction.atomic
def erase_contact(*, contact: Contact, on: date, by: User | None) -> None:
    """Empty what is personal. History never held it, so nothing of it is left."""
    with history(by=by, action="contact.erased"):
        contact.name = contact.email = contact.phone = ""
        contact.erased_on = on
        contact.save(update_fields=["name", "email", "phone", "erased_on"])
