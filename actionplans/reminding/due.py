"""Which reminder a day asks for, and whether one that stands ready is still right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from actionplans.models import PlanState, ReminderKind, owing_a_plan, with_clock
from signatories.models import Signature

HOLDS_DAYS = 30  # after its day the last reminder is no reminder any more
OWING = [PlanState.RUNNING, PlanState.DELAYED, PlanState.OVERDUE]
NO_LONGER_OWED = {
    PlanState.NOT_SIGNED: "De handtekening is nog niet gezet.",
    PlanState.WITHDRAWN: "De handtekening is ingetrokken.",
    PlanState.ENDED: "Het manifest is beëindigd.",
}
RECEIVED, MOVED = "Het actieplan is ontvangen.", "De termijn is veranderd."


def kind_on(due_on: date, today: date) -> ReminderKind | None:
    """The last reminder whose day has come; none before the first, nor long after the last.

    So a portal that stood still for a week catches up, and one that is new does not begin with years ago.
    """
    days = (today - due_on).days
    past = [kind for kind in sorted(ReminderKind) if kind <= days]
    return past[-1] if past and days <= max(ReminderKind) + HOLDS_DAYS else None


def owing(today: date) -> QuerySet[Any]:
    """Signatures that owe a plan on the day, with their clock, for which a reminder can be due."""
    first = today - timedelta(days=max(ReminderKind) + HOLDS_DAYS)
    last = today - timedelta(days=min(ReminderKind))
    found = with_clock(owing_a_plan(Signature.objects.all(), on=today), on=today)
    return found.filter(term_ends_on__range=(first, last))


def why_not(signature: Any, due_on: date) -> str:
    """Why a reminder of that due date should no longer go, of a signature with its clock; "" when it may."""
    state = PlanState(signature.plan_state)
    if state not in OWING:
        return NO_LONGER_OWED.get(state, RECEIVED)
    return "" if signature.term_ends_on == due_on else MOVED
