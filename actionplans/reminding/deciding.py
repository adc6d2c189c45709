"""The secretariat decides: let go, skip, or change the words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.models import Reminder, ReminderKind, ReminderMail, ReminderText
from actionplans.reminding import texts
from actionplans.reminding.making import let_go, refresh
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.mails import services as mails
from mvi_portal.mails.calendars import File
from mvi_portal.mails.models import Mail
from mvi_portal.mails.models import State as MailState
from mvi_portal.mails.placeholders import check

TRIAL = "reminder-trial"


@dataclass(frozen=True)
class Released:
    """How many reminders went, in how many mails; and how many of those asked for did not."""

    reminders: int
    mails: int
    left: int


@transaction.atomic
def release(*, keys: Iterable[int], today: date, by: User | None) -> Released:
    """Let those go that are still owed and have somebody to go to. Nobody (`by` None): by themselves."""
    asked = set(keys)
    ready = {row.pk: row for row in refresh(today=today, keys=asked, by=by)}
    mailings = ReminderMail.objects.filter(reminder__in=ready, mail__state=MailState.PREPARED)
    found = list(mailings.select_related("mail"))
    going = {mailing.reminder_id for mailing in found}
    with history(by=by, action="reminder.released"):
        Reminder.objects.filter(pk__in=going).update(released_at=timezone.now(), released_by=by)
    sent = mails.release(mails=[mailing.mail for mailing in found], by=by)
    return Released(len(going), len(sent), len(asked) - len(going))


@transaction.atomic
def skip(*, keys: Iterable[int], reason: str, by: User) -> int:
    """They do not go, and say why. Returns how many; raises ValidationError without a reason."""
    if not (why := " ".join(reason.split())):
        raise ValidationError("Vul in waarom u deze herinnering overslaat.")
    rows = Reminder.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    found = list(rows.filter(released_at=None, skipped_reason=""))
    for row in found:
        let_go(row, why, by)
    return len(found)


@transaction.atomic
def change_text(*, kind: ReminderKind, subject: str, body: str, today: date, by: User) -> None:
    """Other words, also for what stands ready. Raises ValidationError for a place that is not known."""
    check(subject, texts.PLACES)
    check(body, texts.PLACES)
    with history(by=by, action="remindertext.changed"):
        row = ReminderText.objects.select_for_update().filter(kind=kind).first() or ReminderText(kind=kind)
        row.subject, row.body = subject, body
        row.full_clean()
        row.save()
    refresh(today=today, by=by)


@transaction.atomic
def restore_text(*, kind: ReminderKind, today: date, by: User) -> None:
    """Back to the portal's own words."""
    with history(by=by, action="remindertext.restored"):
        ReminderText.objects.filter(kind=kind).delete()
    refresh(today=today, by=by)


@transaction.atomic
def try_out(*, subject: str, body: str, files: Iterable[File], by: User) -> Mail:
    """The filled text as a mail to oneself; each trial is a mail of its own."""
    mail = mails.prepare(
        kind=TRIAL,
        key=f"{TRIAL}:{uuid.uuid4()}",
        to=by.email,
        name=by.name,
        subject=f"Proef: {subject}",
        body=body,
        files=files,
        by=by,
    )
    mails.release(mails=[mail], by=by)
    return mail
