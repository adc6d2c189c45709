"""What people do with the outbox, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mvi_portal.history.reading import changes_of
from mvi_portal.jobs.models import Job
from mvi_portal.mails import services
from mvi_portal.mails.calendars import File
from mvi_portal.mails.models import Mail, State
from tests.factories.jobs import JobFactory
from tests.factories.mails import MailFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
TODAY = date(2025, 2, 1)
NOTE = File("bijlage.txt", "text/plain", b"x")


def prepared(**fields: str) -> Mail:
    told = {"to": "a@voorbeeld.example", "subject": "Onderwerp", "body": "Tekst", **fields}
    return services.prepare(kind="test", key="een", by=None, files=[NOTE], **told)


def test_a_mail_is_made_ready_once() -> None:
    first, second = prepared(), prepared(body="Andere tekst")
    assert first.pk == second.pk
    assert second.body == "Tekst"
    assert second.attachments.count() == 1


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError):
        prepared(to="geen adres")


def test_the_text_can_change_until_it_is_released() -> None:
    mail, by = prepared(), ActorFactory()
    services.revise(mail=mail, to="b@voorbeeld.example", subject="Nieuw", body="Nieuw", files=[NOTE], by=by)
    mail.refresh_from_db()
    assert (mail.recipient, mail.subject, mail.attachments.count()) == ("b@voorbeeld.example", "Nieuw", 1)
    services.release(mails=[mail], by=by)
    with pytest.raises(ValidationError):
        services.revise(mail=mail, to="c@voorbeeld.example", subject="x", body="x", by=by)


def test_releasing_twice_asks_for_one_job() -> None:
    mail, by = prepared(), ActorFactory()
    assert services.release(mails=[mail], by=by) == [mail]
    assert services.release(mails=[mail], by=by) == []
    mail.refresh_from_db()
    assert (mail.state, mail.released_by) == (State.RELEASED, by)
    assert Job.objects.filter(kind=services.SEND).count() == 1


def test_a_skipped_mail_has_a_reason_and_never_goes() -> None:
    mail, by = prepared(), ActorFactory()
    with pytest.raises(ValidationError):
        services.skip(mail=mail, reason="  ", by=by)
    services.skip(mail=mail, reason="Plan komt morgen.", by=by)
    assert services.release(mails=[mail], by=by) == []
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (State.SKIPPED, "Plan komt morgen.")


def test_doubt_is_settled_by_a_person_either_way() -> None:
    by, gone, lost = ActorFactory(), MailFactory.doubtful(), MailFactory.doubtful()
    services.arrived(mail=gone, by=by)
    services.send_again(mail=lost, by=by)
    states = dict(Mail.objects.values_list("pk", "state"))
    assert states == {gone.pk: State.SENT, lost.pk: State.RELEASED}
    with pytest.raises(ValidationError):
        services.arrived(mail=gone, by=by)


def test_what_was_refused_goes_again_to_another_address() -> None:
    mail = MailFactory.refused()
    services.send_again(mail=mail, to="nieuw@voorbeeld.example", by=ActorFactory())
    mail.refresh_from_db()
    assert (mail.state, mail.recipient, mail.answer) == (State.RELEASED, "nieuw@voorbeeld.example", "")


def test_erasing_an_address_empties_its_mails_and_stops_what_waits() -> None:
    sent = MailFactory.refused(recipient="weg@voorbeeld.example")
    waiting = prepared(to="Weg@voorbeeld.example")
    other = MailFactory()
    assert services.erase(address="weg@voorbeeld.example", on=TODAY, by=None) == 2
    for mail in (sent, waiting):
        mail.refresh_from_db()
        assert (mail.recipient, mail.body, mail.answer, mail.erased_on) == ("", "", "", TODAY)
    assert (sent.state, waiting.state) == (State.REFUSED, State.SKIPPED)
    assert not waiting.attachments.exists()
    other.refresh_from_db()
    assert other.recipient
    with pytest.raises(ValidationError):
        services.send_again(mail=sent, by=ActorFactory())


def test_the_history_of_a_mail_holds_nobodys_address() -> None:
    mail = prepared()
    services.release(mails=[mail], by=None)
    told = str(changes_of(mail))
    assert "vrijgegeven" in told
    assert mail.recipient not in told
    assert mail.body not in told


def test_a_sweep_asks_for_one_job_when_something_is_due() -> None:
    services.sweep()
    assert not Job.objects.exists()
    MailFactory.released()
    services.sweep()
    services.sweep()
    assert Job.objects.count() == 1


def test_a_job_that_runs_is_not_doubled() -> None:
    JobFactory.running(kind=services.SEND)
    MailFactory.released()
    services.sweep()
    assert Job.objects.count() == 1


def test_what_waits_for_more_than_an_hour_is_counted() -> None:
    now = timezone.now()
    MailFactory.released()
    assert services.waiting_long(now=now) == 0
    assert services.waiting_long(now=now + timedelta(hours=2)) == 1


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (State.RELEASED, {}),
        (State.SENDING, {"released_at": timezone.now()}),
        (State.SENT, {"released_at": timezone.now()}),
        (State.SKIPPED, {"settled_at": timezone.now()}),
        (State.PREPARED, {"recipient": ""}),
        (State.PREPARED, {"erased_on": TODAY}),
        ("elders", {}),
    ],
)
def test_the_database_refuses_what_cannot_be(state: str, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MailFactory(state=state, **fields)
