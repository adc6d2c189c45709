"""A mail goes once, to a real server, and its row says what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as memory
from django.utils import timezone
from icalendar import Calendar

from mvi_portal.jobs.leases import claim
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.models import State as JobState
from mvi_portal.mails import services
from mvi_portal.mails.calendars import day_file
from mvi_portal.mails.delivering import Fate, Outcome
from mvi_portal.mails.models import WAITS, Mail, State
from mvi_portal.mails.sending import record, take
from tests.factories.jobs import JobFactory
from tests.factories.mails import MailFactory
from tests.postoffice import LATER, REFUSED, PostOffice

pytestmark = pytest.mark.django_db
Send = Callable[[], Job]


def again(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


def test_a_released_mail_goes_once_with_its_attachment(office: PostOffice, send: Send) -> None:
    due = day_file(
        "termijn.ics", uid="a@b", day=date(2025, 3, 1), title="Actieplan", told_on=date(2025, 1, 1)
    )
    mail = services.prepare(
        kind="test",
        key="een",
        to="u@voorbeeld.example",
        name="Zoë",
        subject="Uw plan\nnu",
        body="Één\n.\n",
        files=[due],
        by=None,
    )
    services.release(mails=[mail], by=None)
    assert send().state == send().state == JobState.DONE
    letter: Any = office.letters[0]
    assert len(office.letters) == 1
    assert again(mail).state == State.SENT
    assert mail.answer == "250 2.0.0 Aangenomen"
    assert letter["Message-ID"].startswith(f"<{mail.message_id}@")
    text, file = letter.get_payload()
    assert text.get_payload(decode=True).decode() == "Één\r\n.\r\n"
    assert file.get_filename() == "termijn.ics"
    event = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2025, 3, 1)


def test_what_is_not_released_stays(office: PostOffice, send: Send) -> None:
    mail = MailFactory()
    send()
    assert office.letters == []
    assert again(mail).state == State.PREPARED


def test_a_refusal_is_logged_at_once_and_stops_no_other(office: PostOffice, send: Send) -> None:
    bad, good = MailFactory.released(), MailFactory.released()
    office.by_recipient[bad.recipient] = REFUSED
    assert send().state == JobState.DONE
    assert (again(bad).state, bad.answer) == (State.REFUSED, REFUSED)
    assert again(good).state == State.SENT


def test_a_server_that_says_later_is_asked_later_until_it_is_enough(office: PostOffice, send: Send) -> None:
    mail = MailFactory.released()
    office.to_data = LATER
    for tries, minutes in enumerate(WAITS, start=1):
        send()
        assert (again(mail).state, mail.tries, mail.answer) == (State.RELEASED, tries, LATER)
        assert mail.next_try_at is not None
        wait = mail.next_try_at - timezone.now()
        assert timedelta(minutes=minutes - 1) < wait <= timedelta(minutes=minutes)
        Mail.objects.update(next_try_at=timezone.now())
    send()
    assert again(mail).state == State.REFUSED


def test_a_mail_that_waits_for_its_next_try_is_left(office: PostOffice, send: Send) -> None:
    MailFactory.released(next_try_at=timezone.now() + timedelta(minutes=1))
    send()
    assert office.letters == []


def test_a_server_that_is_away_makes_all_wait_and_counts_for_none(
    office: PostOffice, send: Send, settings: object
) -> None:
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]
    first, second = MailFactory.released(), MailFactory.released()
    job = send()
    assert job.state == JobState.FAILED
    assert "niet bereikbaar" in job.reason
    for mail in (first, second):
        assert (again(mail).state, mail.tries) == (State.RELEASED, 0)
        assert mail.next_try_at is not None


def test_a_connection_that_breaks_in_the_middle_of_a_mail_leaves_doubt(
    office: PostOffice, send: Send
) -> None:
    mail, other = MailFactory.released(), MailFactory.released()
    office.hangs_up = True
    send()
    send()
    assert again(mail).state == again(other).state == State.DOUBTFUL
    assert len(office.letters) == 2  # each once


def test_what_a_dead_worker_was_sending_is_in_doubt_and_not_sent_again(
    office: PostOffice, send: Send
) -> None:
    dead = JobFactory.running(kind=services.SEND, seconds_left=-1)
    alive = JobFactory.running(kind=services.SEND)
    left = MailFactory.released(state=State.SENDING, lease=dead.lease)
    going = MailFactory.released(state=State.SENDING, lease=alive.lease)
    send()
    assert again(left).state == State.DOUBTFUL
    assert again(going).state == State.SENDING
    assert office.letters == []


def test_a_worker_taken_for_dead_still_tells_what_became_of_it() -> None:
    run = claim(JobFactory(kind=services.SEND).pk, worker="traag")
    assert run is not None
    mail = take(run, MailFactory.released().pk)
    assert mail is not None
    assert take(run, mail.pk) is None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    services.sweep()
    assert again(mail).state == State.DOUBTFUL
    record(mail, run.token, Outcome(Fate.ACCEPTED, "250 ok"))
    assert again(mail).state == State.SENT
    record(mail, uuid.uuid4(), Outcome(Fate.REFUSED, "550 nee"))
    assert again(mail).state == State.SENT


def test_without_a_mail_server_it_goes_where_the_environment_keeps_mail(send: Send) -> None:
    mail = MailFactory.released()
    send()
    assert again(mail).state == State.SENT
    assert "bestand" in mail.answer
    assert [found.to for found in memory.outbox] == [[f"Voorbeeld Persoon <{mail.recipient}>"]]
