"""What people and programs do with the outbox. Sending itself is the worker's: see `sending`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import enqueue
from mvi_portal.mails.calendars import File
from mvi_portal.mails.models import SETTLED, Attachment, Mail, State

SEND = "mails.send"
ERASED = "De gegevens van de ontvanger zijn gewist."
NOT_PREPARED = "Dit bericht staat niet meer klaar: iemand heeft het intussen vrijgegeven of overgeslagen."
NOT_DOUBTFUL = "Van dit bericht is al bekend hoe het is afgelopen."


@transaction.atomic
def prepare(
    *,
    kind: str,
    key: str,
    to: str,
    name: str = "",
    subject: str,
    body: str,
    files: Iterable[File] = (),
    by: User | None,
) -> Mail:
    """A mail that waits for its release. The one with this key when it is there already, as it is.

    Raises ValidationError, as for an address that is none.
    """
    if found := Mail.objects.filter(key=key).first():
        return found
    mail = Mail(
        kind=kind, key=key, recipient=to, recipient_name=name, subject=" ".join(subject.split()), body=body
    )
    mail.full_clean(validate_constraints=False, validate_unique=False)
    with history(by=by, action="mail.prepared"):
        made = Mail.objects.bulk_create([mail], ignore_conflicts=True)  # of two at once, one makes it
        stored = Mail.objects.get(key=key)
        if stored.message_id == made[0].message_id:
            _attach(stored, files)
    return stored


@transaction.atomic
def revise(
    *,
    mail: Mail,
    to: str,
    name: str = "",
    subject: str,
    body: str,
    files: Iterable[File] = (),
    by: User | None,
) -> None:
    """Another text or address, as long as it is not released."""
    found = _locked(mail, [State.PREPARED], NOT_PREPARED)
    found.recipient, found.recipient_name = to, name
    found.subject, found.body = " ".join(subject.split()), body
    found.full_clean()
    with history(by=by, action="mail.revised"):
        found.save(update_fields=["recipient", "recipient_name", "subject", "body"])
        found.attachments.all().delete()
        _attach(found, files)


@transaction.atomic
def release(*, mails: Iterable[Mail], by: User | None) -> list[Mail]:
    """Let them go: those that still stand ready, which are returned. Nobody (`by` None): by themselves."""
    keys = [mail.pk for mail in mails]
    found = list(Mail.objects.select_for_update().filter(pk__in=keys, state=State.PREPARED).order_by("pk"))
    now = timezone.now()
    with history(by=by, action="mail.released"):
        Mail.objects.filter(pk__in=[mail.pk for mail in found]).update(
            state=State.RELEASED, released_at=now, released_by=by
        )
    if found:
        ask_to_send(by=by)
    return found


@transaction.atomic
def skip(*, mail: Mail, reason: str, by: User | None) -> None:
    """It stays unsent, and the log says why."""
    found = _locked(mail, [State.PREPARED], NOT_PREPARED)
    _skip(found, reason.strip(), by)


@transaction.atomic
def arrived(*, mail: Mail, by: User) -> None:
    """Somebody found out that a mail of which it was not known, was sent."""
    found = _locked(mail, [State.DOUBTFUL], NOT_DOUBTFUL)
    found.state, found.lease, found.settled_at = State.SENT, None, timezone.now()
    with history(by=by, action="mail.arrived"):
        found.save(update_fields=["state", "lease", "settled_at"])


@transaction.atomic
def send_again(*, mail: Mail, to: str | None = None, by: User) -> None:
    """Once more, on somebody's word: what was refused, perhaps to another address, or may not have gone."""
    found = _locked(mail, [State.REFUSED, State.DOUBTFUL], "Dit bericht kan niet opnieuw worden verstuurd.")
    if found.erased_on:
        raise ValidationError(ERASED)
    found.state, found.lease, found.settled_at = State.RELEASED, None, None
    found.recipient = to or found.recipient
    found.tries, found.next_try_at, found.answer = 0, None, ""
    found.released_at, found.released_by = timezone.now(), by
    found.full_clean()
    with history(by=by, action="mail.sent_again"):
        found.save()
    ask_to_send(by=by)


@transaction.atomic
def erase(*, address: str, on: date, by: User | None) -> int:
    """Empty all that was written to an address; what did not go yet, goes no more. Returns how many.

    What a worker is sending at this very moment stays until that is over: erase again then.
    """
    mails = Mail.objects.select_for_update().filter(recipient__iexact=address).order_by("pk")
    found = list(mails.exclude(state=State.SENDING))
    now = timezone.now()
    with history(by=by, action="mail.erased"):
        for mail in found:
            if mail.state not in SETTLED:
                mail.state, mail.reason, mail.lease, mail.settled_at = State.SKIPPED, ERASED, None, now
            mail.recipient = mail.recipient_name = mail.body = mail.answer = ""
            mail.erased_on = on
            mail.save()
            mail.attachments.all().delete()
    return len(found)


def ask_to_send(*, by: User | None) -> None:
    """A job that sends what is due, unless one stands in the queue already."""
    if not Job.objects.filter(kind=SEND, state="queued").exists():
        enqueue(kind=SEND, payload={}, by=by)


def sweep(*, now: datetime | None = None) -> None:
    """Called by beat: what a dead worker left behind is in doubt, and what is due is sent."""
    moment = now or timezone.now()
    doubt(now=moment)
    if Mail.objects.due(now=moment).exists() and not Job.objects.open().filter(kind=SEND).exists():
        enqueue(kind=SEND, payload={}, by=None)


def doubt(*, now: datetime) -> int:
    """What was taken by a worker that is gone: a person has to find out. Returns how many."""
    with history(by=None, action="mail.doubtful"):
        return Mail.objects.abandoned(now=now).update(state=State.DOUBTFUL)


def waiting_long(*, now: datetime) -> int:
    """How many were released more than an hour ago, and did not go."""
    return Mail.objects.stuck(since=now - timedelta(hours=1)).count()


def _locked(mail: Mail, states: list[State], message: str) -> Mail:
    """The row as it stands now, locked: of two who decide, the second is told."""
    found = Mail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if found.state not in states:
        raise ValidationError(message)
    return found


def _skip(mail: Mail, reason: str, by: User | None) -> None:
    mail.state, mail.reason, mail.settled_at = State.SKIPPED, reason, timezone.now()
    mail.full_clean()
    with history(by=by, action="mail.skipped", why=reason):
        mail.save(update_fields=["state", "reason", "settled_at"])


def _attach(mail: Mail, files: Iterable[File]) -> None:
    Attachment.objects.bulk_create(
        Attachment(mail=mail, name=file.name, content_type=file.content_type, content=file.content)
        for file in files
    )
