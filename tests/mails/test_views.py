"""The outbox as the secretariat reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role
from mvi_portal.mails.models import Mail, State
from mvi_portal.mails.services import erase
from tests.factories.mails import MailFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    client = Client()
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


def test_the_list_is_searched_and_filtered(keeper: Client) -> None:
    MailFactory(subject="Over Heerlen"), MailFactory.refused(subject="Over Breda")
    assert "Over Breda" not in keeper.get("/berichten/?zoek=heerlen").text
    assert "Over Heerlen" not in keeper.get("/berichten/?stand=refused").text
    assert "geen berichten gevonden" in keeper.get("/berichten/?zoek=niets").text


def test_the_export_has_what_the_list_shows_and_no_addresses(keeper: Client) -> None:
    mail = MailFactory.refused(subject="Over Breda")
    MailFactory(subject="Over Heerlen")
    assert "/berichten/export.csv?stand=refused" in keeper.get("/berichten/?stand=refused").text
    export = keeper.get("/berichten/export.csv?stand=refused").text
    assert f"Over Breda;{State.REFUSED.label};" in export
    assert "Over Heerlen" not in export
    assert mail.recipient not in export


def test_doubt_is_settled_on_the_page(keeper: Client) -> None:
    mail = MailFactory.doubtful()
    place = f"/berichten/{mail.pk}/"
    assert "Is dit bericht aangekomen?" in keeper.get(place).text
    keeper.post(f"{place}besluit/", {"doen": "aangekomen"})
    assert Mail.objects.get().state == State.SENT
    again = keeper.post(f"{place}besluit/", {"doen": "aangekomen"}, follow=True)
    assert "al bekend hoe het is afgelopen" in again.text


def test_a_refused_mail_goes_to_another_address(keeper: Client) -> None:
    mail = MailFactory.refused()
    place = f"/berichten/{mail.pk}/besluit/"
    wrong = keeper.post(place, {"doen": "opnieuw", "to": "geen adres"})
    assert (wrong.status_code, Mail.objects.get().state) == (400, State.REFUSED)
    assert "geen adres" in wrong.text
    keeper.post(place, {"doen": "opnieuw", "to": "goed@voorbeeld.example"})
    assert Mail.objects.get().recipient == "goed@voorbeeld.example"


def test_an_erased_mail_shows_that_there_was_one(keeper: Client) -> None:
    mail = MailFactory.refused()
    erase(address=mail.recipient, on=timezone.localdate(), by=None)
    text = keeper.get(f"/berichten/{mail.pk}/").text
    assert "De tekst is gewist." in text
    assert "Verstuur opnieuw" not in text


def test_the_start_page_asks_what_needs_a_person(keeper: Client) -> None:
    MailFactory.doubtful(), MailFactory.refused()
    MailFactory.released(released_at=timezone.now() - timedelta(hours=2))
    start = keeper.get("/").text
    assert "Kijk na of dit bericht is aangekomen: 1" in start
    assert "Kijk waarom een bericht is geweigerd: 1" in start
    assert "Berichten wachten op de mailserver: 1" in start
