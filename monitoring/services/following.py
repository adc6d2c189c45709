"""Following is of a user alone: it changes nothing in the register, and leaves no history."""

from __future__ import annotations

from datetime import date
from typing import Any

from monitoring.models import Follow, Visit
from mvi_portal.accounts.models import User


def follow(*, subject: Any, kind: str, by: User) -> None:
    """`kind` names the field. Twice is once."""
    Follow.objects.get_or_create(user=by, **{kind: subject})


def unfollow(*, subject: Any, kind: str, by: User) -> None:
    """What was not followed is no harm."""
    Follow.objects.filter(user=by, **{kind: subject}).delete()


def looked(*, by: User, today: date) -> date | None:
    """The user sees the start page: the day of the visit before today; None at the first."""
    visit = Visit.objects.filter(user=by).first()
    if visit is None:
        Visit.objects.bulk_create([Visit(user=by, last_on=today)], ignore_conflicts=True)
        return None
    if visit.last_on >= today:
        return visit.before_on
    Visit.objects.filter(pk=visit.pk, last_on__lt=today).update(before_on=visit.last_on, last_on=today)
    return visit.last_on
