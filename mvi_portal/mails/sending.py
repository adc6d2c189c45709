"""The worker's part: one mail after the other, each written down before and after.

A worker that dies in between leaves a mail that may have gone. It is not sent again: a person is asked.
"""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mvi_portal.history import history
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError
from mvi_portal.mails import services
from mvi_portal.mails.delivering import Fate, Outcome, Post, message_of
from mvi_portal.mails.models import UNDERWAY, WAITS, Mail, State

log = logging.getLogger(__name__)
PAUSE = timedelta(minutes=WAITS[0])


def send_waiting(run: Run) -> None:
    """All that is due. Raises JobError when the server is not there: then everything waits a while."""
    services.doubt(now=timezone.now())
    due = list(
        Mail.objects.due(now=timezone.now()).order_by("released_at", "pk").values_list("pk", flat=True)
    )
    with Post() as post:
        for done, pk in enumerate(due):
            run.report(done, len(due))
            mail = take(run, pk)
            if mail is None:
                continue
            outcome = post.deliver(message_of(mail))
            record(mail, run.token, outcome)
            if outcome.fate is Fate.UNREACHABLE:
                _wait(outcome)
    run.report(len(due), len(due))


def take(run: Run, pk: int) -> Mail | None:
    """Write down that it goes now; None when somebody else did, or it is not to go any more."""
    with transaction.atomic(), history(by=None, action="mail.taken"):
        run.check()
        due = Mail.objects.due(now=timezone.now()).filter(pk=pk)
        if not due.update(state=State.SENDING, lease=run.token):
            return None
    return Mail.objects.prefetch_related("attachments").get(pk=pk)


def record(mail: Mail, token: uuid.UUID, outcome: Outcome) -> None:
    """What became of it; also when a sweep took us for dead meanwhile, but never over a person's word."""
    values = _values(mail, outcome)
    with history(by=None, action=f"mail.{outcome.fate.value}"):
        mine = Mail.objects.filter(pk=mail.pk, lease=token, state__in=UNDERWAY)
        if not mine.update(answer=outcome.answer, **values):
            log.warning("mail %s was decided about by somebody else", mail.pk)


def _values(mail: Mail, outcome: Outcome) -> dict[str, Any]:
    now = timezone.now()
    if outcome.fate is Fate.UNKNOWN:
        return {"state": State.DOUBTFUL}
    if outcome.fate is Fate.UNREACHABLE:
        return {"state": State.RELEASED, "lease": None, "next_try_at": now + PAUSE}
    if outcome.fate is Fate.LATER and mail.tries < len(WAITS):
        wait = timedelta(minutes=WAITS[mail.tries])
        tries = mail.tries + 1
        return {"state": State.RELEASED, "lease": None, "tries": tries, "next_try_at": now + wait}
    state = State.SENT if outcome.fate is Fate.ACCEPTED else State.REFUSED
    return {"state": state, "lease": None, "tries": mail.tries + 1, "settled_at": now}


def _wait(outcome: Outcome) -> None:
    """For all alike: the next one would meet the same."""
    later = timezone.now() + PAUSE
    Mail.objects.due(now=timezone.now()).update(next_try_at=later)
    raise JobError(
        f"De mailserver is niet bereikbaar: {outcome.answer} Over 5 minuten volgt een nieuwe poging."
    )
