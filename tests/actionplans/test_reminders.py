"""Reminders are made ready by date, once, for who owes a plan; and go when the secretariat says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from actionplans.models import (
    PlanState,
    Reminder,
    ReminderKind,
    ReminderMail,
    ReminderStand,
    ReminderText,
    clock_of,
    reminders,
)
from actionplans.reminding import deciding, making, texts
from actionplans.reminding.due import kind_on
from mvi_portal.core.figures import registry
from mvi_portal.history.reading import changes_of
from mvi_portal.mails.models import Mail
from mvi_portal.mails.models import State as MailState
from signatories.models import Signature
from signatories.services import erase_contact
from tests.factories.actionplans import ActionPlanFactory, DelayFactory, PlanVersionFactory
from tests.factories.signatories import ActorFactory, ContactFactory, SignatoryFactory

pytestmark = pytest.mark.django_db
DUE = date(2023, 11, 24)  # a year after the signature of the factory
DAY = timedelta(days=1)


@pytest.fixture
def owing() -> Signature:
    """A municipality that signed, and that named somebody for the plan."""
    under = SignatoryFactory(organisation__called__name="Heerlen")
    ContactFactory(organisation=under.organisation, email="heerlen@voorbeeld.example", name="Jo de Vries")
    found: Signature = under.signature
    return found


def stands() -> list[tuple[int, str]]:
    return [(row.kind, row.stand) for row in reminders().order_by("due_on", "kind")]


def receive(signature: Signature, on: date) -> None:
    PlanVersionFactory(plan=ActionPlanFactory.covering(signature), received_on=on)


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (-91, None),
        (-90, ReminderKind.AHEAD),
        (-31, ReminderKind.AHEAD),
        (-30, ReminderKind.SOON),
        (0, ReminderKind.DUE),
        (29, ReminderKind.DUE),
        (30, ReminderKind.PAST),
        (60, ReminderKind.PAST),
        (61, None),
    ],
)
def test_a_day_asks_for_the_last_reminder_whose_day_has_come(days: int, kind: ReminderKind | None) -> None:
    assert kind_on(DUE, DUE + timedelta(days=days)) == kind


def test_each_reminder_is_made_ready_once_whatever_restarts(owing: Signature) -> None:
    for _time in range(3):
        making.make_ready(today=DUE - 30 * DAY)
    assert stands() == [(ReminderKind.SOON, ReminderStand.READY)]
    mail = Mail.objects.get()
    assert mail.recipient == "heerlen@voorbeeld.example"
    assert mail.subject == "Het actieplan van Heerlen: over een maand"
    assert "Geachte Jo de Vries" in mail.body
    assert "24 november 2023" in mail.body
    assert b"DTSTART;VALUE=DATE:20231124" in bytes(mail.attachments.get().content)


def test_state_list_reminder_and_figure_agree_when_the_clock_moves(owing: Signature) -> None:
    """The day after the due date, and the day on which the plan came."""
    after = DUE + DAY
    making.make_ready(today=after)
    overdue = registry.get("actieplannen.termijn_verstreken")
    assert clock_of(owing, on=after).state == PlanState.OVERDUE
    assert overdue.at(after).value == 1
    assert stands() == [(ReminderKind.DUE, ReminderStand.READY)]
    receive(owing, after + DAY)
    making.make_ready(today=after + DAY)
    assert clock_of(owing, on=after + DAY).state == PlanState.RECEIVED
    assert overdue.at(after + DAY).value == 0
    assert stands() == [(ReminderKind.DUE, ReminderStand.SKIPPED)]
    assert Reminder.objects.get().skipped_reason == "Het actieplan is ontvangen."


def test_an_announced_delay_moves_the_reminders(owing: Signature) -> None:
    making.make_ready(today=DUE - 30 * DAY)
    DelayFactory(signature=owing, announced_on=DUE - 20 * DAY, until=date(2024, 3, 1))
    making.make_ready(today=DUE)
    assert stands() == [
        (ReminderKind.SOON, ReminderStand.SKIPPED)
    ]  # the next one is due 90 days before 1 March
    making.make_ready(today=date(2024, 1, 31))
    assert stands()[1:] == [(ReminderKind.SOON, ReminderStand.READY)]
    assert "1 maart 2024" in Mail.objects.get(state=MailState.PREPARED).body


def test_who_owes_nothing_gets_nothing(owing: Signature) -> None:
    receive(owing, DUE - 40 * DAY)
    withdrawn = SignatoryFactory(signature__withdrawn_on=DUE - 50 * DAY)
    ContactFactory(organisation=withdrawn.organisation)
    making.make_ready(today=DUE)
    assert stands() == []


def test_a_later_reminder_takes_the_place_of_one_that_nobody_let_go(owing: Signature) -> None:
    making.make_ready(today=DUE - 30 * DAY)
    making.make_ready(today=DUE)
    assert stands() == [
        (ReminderKind.SOON, ReminderStand.SKIPPED),
        (ReminderKind.DUE, ReminderStand.READY),
    ]


def test_without_a_contact_person_it_waits_for_one() -> None:
    under = SignatoryFactory()
    ContactFactory(organisation=under.organisation, purpose="uitnodigingen")
    making.make_ready(today=DUE)
    assert stands() == [(ReminderKind.DUE, ReminderStand.NO_CONTACT)]
    key = Reminder.objects.get().pk
    assert deciding.release(keys=[key], today=DUE, by=ActorFactory()).left == 1
    ContactFactory(organisation=under.organisation, purpose="Actieplan MVOI")
    making.make_ready(today=DUE + DAY)
    assert stands() == [(ReminderKind.DUE, ReminderStand.READY)]


def test_everybody_under_a_signature_gets_it_and_one_address_once() -> None:
    first = SignatoryFactory()
    second = SignatoryFactory(signature=first.signature)
    ContactFactory(organisation=first.organisation, email="samen@voorbeeld.example")
    ContactFactory(organisation=second.organisation, email="Samen@voorbeeld.example")
    ContactFactory(organisation=second.organisation, email="ander@voorbeeld.example")
    making.make_ready(today=DUE)
    assert sorted(Mail.objects.values_list("recipient", flat=True)) == [
        "ander@voorbeeld.example",
        "samen@voorbeeld.example",
    ]


def test_another_address_or_text_reaches_what_stands_ready(owing: Signature) -> None:
    by = ActorFactory()
    making.make_ready(today=DUE)
    contact = owing.signatories.get().organisation.contacts.get()
    contact.email = "nieuw@voorbeeld.example"
    contact.save()
    deciding.change_text(
        kind=ReminderKind.DUE, subject="Uw plan, {organisatie}", body="{aanhef}", today=DUE, by=by
    )
    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject) == ("nieuw@voorbeeld.example", "Uw plan, Heerlen")
    deciding.restore_text(kind=ReminderKind.DUE, today=DUE, by=by)
    mail.refresh_from_db()
    assert mail.subject == "Het actieplan van Heerlen"


def test_a_contact_person_who_is_erased_gets_nothing_any_more(owing: Signature) -> None:
    making.make_ready(today=DUE)
    contact = owing.signatories.get().organisation.contacts.get()
    erase_contact(contact=contact, on=DUE, by=None)
    making.make_ready(today=DUE)
    mail = Mail.objects.get()
    assert (mail.state, mail.recipient, mail.body) == (MailState.SKIPPED, "", "")
    assert stands() == [(ReminderKind.DUE, ReminderStand.NO_CONTACT)]


def test_what_is_released_goes_and_what_is_no_longer_owed_does_not(owing: Signature) -> None:
    other = SignatoryFactory()
    ContactFactory(organisation=other.organisation)
    making.make_ready(today=DUE)
    receive(other.signature, DUE)
    by = ActorFactory()
    keys = list(Reminder.objects.values_list("pk", flat=True))
    done = deciding.release(keys=keys, today=DUE, by=by)
    assert (done.reminders, done.mails, done.left) == (1, 1, 1)
    released = Reminder.objects.get(signature=owing)
    assert (released.released_by, reminders().get(pk=released.pk).stand) == (by, ReminderStand.UNDERWAY)
    assert deciding.release(keys=keys, today=DUE, by=by).reminders == 0
    Mail.objects.filter(state=MailState.RELEASED).update(
        state=MailState.SENT, settled_at=released.released_at
    )
    assert reminders().get(pk=released.pk).stand == ReminderStand.SENT


def test_skipping_asks_for_a_reason(owing: Signature) -> None:
    making.make_ready(today=DUE)
    keys, by = [Reminder.objects.get().pk], ActorFactory()
    with pytest.raises(ValidationError):
        deciding.skip(keys=keys, reason=" ", by=by)
    assert deciding.skip(keys=keys, reason="Gebeld: het plan komt.", by=by) == 1
    assert deciding.skip(keys=keys, reason="Nog eens", by=by) == 0
    assert Mail.objects.get().reason == "Gebeld: het plan komt."


def test_sending_by_itself_is_a_setting(owing: Signature, settings: Settings) -> None:
    assert not settings.REMINDERS_BY_THEMSELVES
    settings.REMINDERS_BY_THEMSELVES = True
    making.make_ready(today=DUE)
    assert Mail.objects.get().state == MailState.RELEASED
    assert Reminder.objects.get().released_by is None


@pytest.mark.parametrize("body", ["Beste {voornaam}", "Beste {", "{}"])
def test_a_place_that_is_not_known_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        deciding.change_text(kind=ReminderKind.DUE, subject="Plan", body=body, today=DUE, by=ActorFactory())
    assert not ReminderText.objects.exists()


def test_the_portals_own_texts_can_be_filled_for_everybody(owing: Signature) -> None:
    owing.refresh_from_db()
    for text in texts.texts().values():
        for name in ("", "Jo de Vries"):
            places = texts.values(owing, DUE, organisation="Heerlen", contact=name)
            assert "{" not in text.filled(places).body


def test_making_ready_asks_no_more_of_many_than_of_few() -> None:
    """Once they stand ready: the run that beat makes several times a day."""

    def run(count: int) -> int:
        for _each in range(count):
            under = SignatoryFactory()
            ContactFactory(organisation=under.organisation)
        making.make_ready(today=DUE)
        with CaptureQueriesContext(connection) as found:
            making.make_ready(today=DUE)
        return len(found)

    assert run(1) == run(5)
    assert ReminderMail.objects.count() == 6


def test_the_history_says_who_decided_and_what(owing: Signature) -> None:
    making.make_ready(today=DUE)
    by = ActorFactory()
    deciding.change_text(kind=ReminderKind.DUE, subject="Uw plan", body="{aanhef}", today=DUE, by=by)
    text = changes_of(ReminderText.objects.get())[0]
    assert (text.user, text.action) == (by.pk, "remindertext.changed")
    rewritten = changes_of(Mail.objects.get())[0]
    assert (rewritten.user, rewritten.action) == (by.pk, "mail.revised")
    reminder = Reminder.objects.get()
    deciding.release(keys=[reminder.pk], today=DUE, by=by)
    released = changes_of(reminder)[0]
    assert (released.user, released.action) == (by.pk, "reminder.released")
    made = changes_of(reminder)[-1]
    assert (made.user, made.action) == (None, "reminder.prepared")
