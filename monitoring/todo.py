"""What progress asks of a user: to write it, or to decide about it."""

from __future__ import annotations

from datetime import date

from monitoring.asked import Asked, asked_of
from monitoring.models import EntryState, ProgressRequest, ProgressRound
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Task


def to_write(user: User, today: date) -> list[Asked]:
    """Asked of an organisation that the user acts for, in a round that is open, and not yet handed in."""
    if not may(user, Action.GIVE_PROGRESS):
        return []
    mine = ProgressRequest.objects.editable_by(user, on=today)
    return [item for item in asked_of(mine, today) if item.is_to_write]


def to_decide(user: User, today: date) -> list[Asked]:
    """Handed in, and waiting for the secretariat."""
    if not may(user, Action.ASK_PROGRESS):
        return []
    rounds = ProgressRound.objects.open(on=today).order_by()
    requests = ProgressRequest.objects.filter(round__in=rounds.values("pk"))
    return [
        item
        for item in asked_of(requests, today)
        if item.entry is not None and item.entry.state == EntryState.SUBMITTED
    ]


def tasks_of(user: User, today: date) -> list[Task]:
    """For the start page; the soonest first."""
    writing = [_task("Schrijf de voortgang", item) for item in to_write(user, today)]
    return writing + [_task("Beoordeel de voortgang", item) for item in to_decide(user, today)]


def _task(verb: str, item: Asked) -> Task:
    returned = item.entry is not None and item.entry.state == EntryState.RETURNED
    again = "; teruggegeven met een opmerking" if returned else ""
    detail = f"{item.round}, {item.called}{again}"
    return Task(f"{verb}: {item.line}", item.href, item.round.due_on, detail)
