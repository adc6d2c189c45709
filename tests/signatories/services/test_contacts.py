"""Personal data can go."""

from __future__ import annotations

from datetime import date

import pghistory.models
import pytest

from signatories.models import Contact
from signatories.services import erase_contact
from tests.factories.signatories import ActorFactory, ContactFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 31)


def test_an_erased_contact_keeps_only_that_there_was_one() -> None:
    contact = ContactFactory(purpose="actieplan")
    erase_contact(contact=contact, on=DAY, by=ActorFactory())
    row = Contact.objects.get()
    assert (row.name, row.email, row.phone) == ("", "", "")
    assert (row.erased_on, row.purpose, str(row)) == (DAY, "actieplan", "gewiste contactpersoon")


def test_history_knows_of_the_erasure_but_never_knew_the_person() -> None:
    contact = ContactFactory(name="Voorbeeld Persoon", email="persoon@voorbeeld.invalid", phone="070 123")
    erase_contact(contact=contact, on=DAY, by=None)
    events = list(pghistory.models.Events.objects.tracks(contact))
    assert [event.pgh_context["action"] for event in events if event.pgh_context] == ["contact.erased"]
    told = repr([(event.pgh_data, event.pgh_diff) for event in events])
    for personal in ("Persoon", "persoon@", "070 123"):
        assert personal not in told
