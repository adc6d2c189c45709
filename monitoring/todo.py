"""What line D asks of a user: to write progress or to decide about it, and to keep a commitment in time."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from monitoring.asked import Asked, asked_of
from monitoring.models import (
    Commitment,
    CommitmentParty,
    CommitmentSide,
    EntryState,
    ProgressEntry,
    ProgressRequest,
    ProgressRound,
)
from monitoring.models.commitments import AHEAD
from monitoring.naming import shortened
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Task
from signatories.models import Representative


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
    handed_in = ProgressEntry.objects.filter(
        round=OuterRef("round"), organisation=OuterRef("organisation"), state=EntryState.SUBMITTED
    )
    requests = ProgressRequest.objects.filter(Exists(handed_in), round__in=rounds.values("pk"))
    return [
        item
        for item in asked_of(requests, today)
        if item.entry is not None and item.entry.state == EntryState.SUBMITTED
    ]


def tasks_of(user: User, today: date) -> list[Task]:
    """For the start page; the soonest first."""
    writing = [_task("Schrijf de voortgang", item) for item in to_write(user, today)]
    deciding = [_task("Beoordeel de voortgang", item) for item in to_decide(user, today)]
    return [*writing, *deciding, *(_of_commitment(item, today) for item in to_keep(user, today))]


def to_keep(user: User, today: date) -> list[Commitment]:
    """Open, and due within eight weeks or before: all for the secretariat, else one's own.

    After them one's own without a date. One's own is what the organisation owns, or gave.
    """
    seen = Commitment.objects.visible_to(user, on=today).open(on=today)
    due, undated = Q(due_on__lte=today + AHEAD), Q(due_on__isnull=True)
    if may(user, Action.ASK_PROGRESS):
        found = seen.filter(due | (undated & _own(user, today)))
    elif may(user, Action.GIVE_PROGRESS):
        found = seen.filter((due | undated) & _own(user, today))
    else:
        return []
    return list(found.order_by(F("due_on").asc(nulls_last=True), "slug"))


def _own(user: User, today: date) -> Q:
    acting = Representative.objects.filter(user=user).acting(on=today).order_by().values("organisation")
    given = CommitmentParty.objects.filter(side=CommitmentSide.GIVER, organisation__in=acting).order_by()
    return Q(owner__in=acting) | Q(pk__in=given.values("commitment"))


def _of_commitment(item: Commitment, today: date) -> Task:
    due = item.due_on
    is_past = due is not None and due.is_past(today)
    term = f"termijn: {due}{', verstreken' if is_past else ''}" if due else "geen termijn"
    detail = f"{item.get_kind_display().capitalize()}; {term}"
    href = reverse("monitoring:commitment-detail", args=[item.slug])
    return Task(f"Kom na: {shortened(item.text)}", href, due.last_day if due else None, detail)


def _task(verb: str, item: Asked) -> Task:
    returned = item.entry is not None and item.entry.state == EntryState.RETURNED
    again = "; teruggegeven met een opmerking" if returned else ""
    detail = f"{item.round}, {item.called}{again}"
    return Task(f"{verb}: {item.line}", item.href, item.round.due_on, detail)
