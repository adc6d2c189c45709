"""What is agreed and asked about a plan that is owed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from actionplans.models import Delay, Inquiry
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.history import history
from signatories.models import Signature


@transaction.atomic
def announce_delay(
    *, signature: Signature, announced_on: PartialDate, until: PartialDate, reason: str, by: User
) -> Delay:
    """Once for a signature. Raises ValidationError for a second time, and before the signing."""
    delay = Delay(signature=signature, is_demo=signature.is_demo)
    _fill(delay, announced_on, until, reason)
    with history(by=by, action="delay.announced", why=reason):
        delay.save()
    return delay


@transaction.atomic
def correct_delay(
    *, delay: Delay, announced_on: PartialDate, until: PartialDate, reason: str, by: User, why: str
) -> None:
    _fill(delay, announced_on, until, reason)
    with history(by=by, action="delay.corrected", why=why):
        delay.save()


@transaction.atomic
def take_back_delay(*, delay: Delay, by: User, why: str) -> None:
    """It was a mistake; what was recorded stays in the history."""
    with history(by=by, action="delay.taken_back", why=why):
        delay.delete()


def _fill(delay: Delay, announced_on: PartialDate, until: PartialDate, reason: str) -> None:
    if announced_on.last_day < delay.signature.signed_on.first_day:
        raise ValidationError({"announced_on": "De melding ligt vóór de ondertekening."})
    delay.announced_on, delay.until, delay.reason = announced_on, until, reason
    delay.full_clean()


@transaction.atomic
def record_inquiry(
    *, signature: Signature, asked_on: date, answer: str, note: str, by: User
) -> tuple[Inquiry, bool]:
    """What was answered on a day, and whether it is new; the same once more is not."""
    Signature.objects.select_for_update(of=("self",)).get(pk=signature.pk)
    same = signature.inquiries.filter(asked_on=asked_on, answer=answer, note=note).first()
    if same is not None:
        return same, False
    inquiry = Inquiry(signature=signature, is_demo=signature.is_demo)
    correct_inquiry(inquiry=inquiry, asked_on=asked_on, answer=answer, note=note, by=by)
    return inquiry, True


@transaction.atomic
def correct_inquiry(
    *, inquiry: Inquiry, asked_on: date, answer: str, note: str, by: User, why: str = ""
) -> None:
    if asked_on < inquiry.signature.signed_on.first_day:
        raise ValidationError({"asked_on": "De navraag ligt vóór de ondertekening."})
    action = "inquiry.corrected" if inquiry.pk else "inquiry.recorded"
    inquiry.asked_on, inquiry.answer, inquiry.note = asked_on, answer, note
    with history(by=by, action=action, why=why):
        inquiry.full_clean()
        inquiry.save()
