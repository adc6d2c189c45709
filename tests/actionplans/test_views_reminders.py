"""The secretariat's pages of reminders."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans.models import Reminder, ReminderKind, ReminderText
from actionplans.reminding import making
from mvi_portal.accounts.models import Role
from mvi_portal.mails.models import Mail, State
from tests.factories.signatories import ActorFactory, ContactFactory, SignatoryFactory

pytestmark = pytest.mark.django_db
BOARD = "/actieplannen/herinneringen/"
TEXT = f"{BOARD}teksten/op-de-dag/"


@pytest.fixture
def keeper() -> Client:
    client = Client()
    client.force_login(ActorFactory(role=Role.SECRETARIAT, email="secretariaat@voorbeeld.example"))
    return client


def due_today(count: int = 1, *, contact: bool = True) -> None:
    today = timezone.localdate()
    signed_on = today.replace(year=today.year - 1)
    for _each in range(count):
        under = SignatoryFactory(signature__signed_on=signed_on)
        if contact:
            ContactFactory(organisation=under.organisation)
    making.make_ready(today=today)


def keys() -> list[int]:
    return list(Reminder.objects.order_by("pk").values_list("pk", flat=True))


def test_nothing_ready_says_so(keeper: Client) -> None:
    assert "Er staan nu geen herinneringen klaar." in keeper.get(BOARD).text


def test_chosen_reminders_go_after_one_more_question(keeper: Client) -> None:
    due_today(2)
    first, second = keys()
    asked = keeper.post(BOARD, {"doen": "vrijgeven", "kies": [first]})
    assert "1 herinnering versturen?" in asked.text
    assert Mail.objects.filter(state=State.PREPARED).count() == 2
    went = keeper.post(BOARD, {"doen": "verstuur", "kies": [first]}, follow=True)
    assert "Vrijgegeven: 1 herinnering." in went.text
    assert dict(Reminder.objects.values_list("pk", "released_at"))[second] is None
    again = keeper.post(BOARD, {"doen": "verstuur", "kies": [first]}, follow=True)
    assert "Kies eerst" in again.text


def test_all_can_go_at_once(keeper: Client) -> None:
    due_today(3)
    asked = keeper.post(BOARD, {"doen": "alle-vrijgeven"})
    assert set(re.findall(r'name="kies" value="(\d+)"', asked.text)) == {str(key) for key in keys()}
    keeper.post(BOARD, {"doen": "verstuur", "kies": keys()})
    assert Mail.objects.filter(state=State.RELEASED).count() == 3


def test_skipping_without_a_reason_keeps_what_was_marked(keeper: Client) -> None:
    due_today()
    answer = keeper.post(BOARD, {"doen": "overslaan", "kies": keys(), "reden": ""})
    assert answer.status_code == 400
    assert "Vul in waarom" in answer.text
    assert "checked" in answer.text
    keeper.post(BOARD, {"doen": "overslaan", "kies": keys(), "reden": "Gebeld"})
    assert Reminder.objects.get().skipped_reason == "Gebeld"


def test_who_has_no_contact_person_is_said_and_asked_on_the_start_page(keeper: Client) -> None:
    due_today(contact=False)
    page = keeper.get(BOARD).text
    organisation = Reminder.objects.get().signature.signatories.get().organisation
    assert reverse("signatories:contact-new", args=[organisation.key]) in page
    start = keeper.get("/").text
    assert "Contactpersonen gezocht voor herinneringen: 1" in start
    due_today()
    assert "Herinneringen klaar om te versturen: 1" in keeper.get("/").text


def test_the_page_of_a_reminder_shows_the_mail(keeper: Client) -> None:
    due_today()
    text = keeper.get(f"{BOARD}{keys()[0]}/").text
    assert "Geachte Voorbeeld Persoon" in text
    assert "klaar om te versturen" in text


def test_the_list_tells_all_and_its_export_no_addresses(keeper: Client) -> None:
    due_today()
    address = Mail.objects.get().recipient
    assert address in keeper.get(f"{BOARD}alle/?stand=klaar").text
    assert address not in keeper.get(f"{BOARD}alle/?stand=verstuurd").text
    name = Reminder.objects.get().signature.signatories.get().organisation.names.get().name
    assert name in keeper.get(f"{BOARD}alle/?zoek={name}").text
    export = keeper.get(f"{BOARD}alle/export.csv").text
    assert "op de dag zelf" in export
    assert ";stand;adressen;" in export
    assert ";klaar om te versturen;1;" in export
    assert address not in export


def test_the_board_is_exported_as_it_stands_without_addresses(keeper: Client) -> None:
    assert "Exporteer als" not in keeper.get(BOARD).text
    due_today()
    due_today(contact=False)
    address = Mail.objects.get().recipient
    place = f"{BOARD}alle/export.csv?stand=klaargezet"
    assert place in keeper.get(BOARD).text
    export = keeper.get(place).text
    assert "Filter: Stand: wacht op uw besluit." in export
    assert export.count("op de dag zelf") == 2
    assert address not in export
    keeper.post(BOARD, {"doen": "overslaan", "kies": keys(), "reden": "Gebeld"})
    assert keeper.get(place).text.count("op de dag zelf") == 1


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}alle/", "/berichten/"])
def test_many_rows_cost_no_more_queries(keeper: Client, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert keeper.get(address).status_code == 200
        return len(found)

    due_today()
    one = queries()
    due_today(6)
    assert queries() == one


def test_the_texts_show_who_wrote_them(keeper: Client) -> None:
    assert keeper.get(f"{BOARD}teksten/").text.count("De tekst van het portaal") == 4
    assert keeper.get(f"{BOARD}teksten/onzin/").status_code == 404


def test_a_text_is_seen_with_a_real_example_before_it_is_kept(keeper: Client) -> None:
    assert "nog geen handtekening" in keeper.get(TEXT).text
    due_today()
    typed = {"subject": "Plan van {organisatie}", "body": "{aanhef}, graag vóór {termijn}."}
    seen = keeper.post(TEXT, {**typed, "doen": "voorbeeld"}).text
    assert "Geachte Voorbeeld Persoon, graag vóór" in seen
    assert not ReminderText.objects.exists()
    keeper.post(TEXT, {**typed, "doen": "bewaar"})
    assert ReminderText.objects.get().kind == ReminderKind.DUE
    assert Mail.objects.get().body.startswith("Geachte Voorbeeld Persoon, graag")
    keeper.post(TEXT, {"doen": "herstel"})
    assert not ReminderText.objects.exists()


def test_a_trial_goes_to_oneself_and_keeps_nothing(keeper: Client) -> None:
    due_today()
    typed = {"subject": "Plan van {organisatie}", "body": "{aanhef}"}
    answer = keeper.post(TEXT, {**typed, "doen": "proef"})
    assert "De proef gaat naar secretariaat@voorbeeld.example" in answer.text
    trial = Mail.objects.get(kind="reminder-trial")
    assert (trial.recipient, trial.state) == ("secretariaat@voorbeeld.example", State.RELEASED)
    assert trial.subject.startswith("Proef: Plan van Voorbeeldgemeente")
    assert trial.attachments.count() == 1
    assert not ReminderText.objects.exists()


def test_an_unknown_place_is_said_with_those_that_can_be_used(keeper: Client) -> None:
    answer = keeper.post(TEXT, {"subject": "Plan", "body": "Beste {voornaam}", "doen": "bewaar"})
    assert answer.status_code == 400
    assert "{voornaam}" in answer.text
    assert "U kunt gebruiken: {aanhef}" in answer.text


def test_who_saves_second_is_shown_both_texts(keeper: Client) -> None:
    opened = keeper.get(TEXT).text
    edition = re.search(r'name="edition" value="(\w+)"', opened)
    assert edition
    keeper.post(TEXT, {"subject": "Eerst", "body": "x", "doen": "bewaar"})
    answer = keeper.post(TEXT, {"subject": "Tweede", "body": "y", "edition": edition[1], "doen": "bewaar"})
    assert answer.status_code == 400
    assert "Twee teksten naast elkaar" in answer.text
    assert ReminderText.objects.get().subject == "Eerst"


def test_the_list_of_plans_leads_to_them_for_who_may(keeper: Client) -> None:
    assert BOARD in keeper.get("/actieplannen/").text
    evaluator = Client()
    evaluator.force_login(ActorFactory(role=Role.EVALUATOR))
    assert BOARD not in evaluator.get("/actieplannen/").text
