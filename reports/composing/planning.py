"""Counting a plan back from the day of sending, and what slips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Task
from mvi_portal.core.dates import long_date
from reports.models import Letter, PlanStep, Recess, StepKind

# Working days before the letter goes; what the secretariat changes afterwards, stays.
BEFORE = {
    StepKind.ROUND_ASKED: 65,
    StepKind.ROUND_CLOSED: 45,
    StepKind.DRAFT: 35,
    StepKind.DIRECTORS: 30,
    StepKind.CO_SENDERS: 20,
    StepKind.LINE: 10,
    StepKind.DECISION: 5,
    StepKind.SENDING: 0,
}
_DAY = timedelta(days=1)


class Calendar:
    """Working days: not at the weekend, not in a recess."""

    def __init__(self, recesses: Iterable[Recess]) -> None:
        self._recesses = [(item.first_day, item.last_day) for item in recesses]

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self._recesses)

    def back(self, day: date, count: int) -> date:
        """So many working days before the day; itself or the nearest working day before it for none."""
        while not self.works(day):
            day -= _DAY
        for _ in range(count):
            day -= _DAY
            while not self.works(day):
                day -= _DAY
        return day

    def between(self, first: date, last: date) -> int:
        """The working days after the first, up to and including the last."""
        days = (first + _DAY * number for number in range(1, (last - first).days + 1))
        return sum(self.works(day) for day in days)


def counted_back(sending: date, calendar: Calendar) -> dict[StepKind, date]:
    """By when each step should be taken. The day of sending itself is kept as it was wished."""
    return {kind: calendar.back(sending, count) if count else sending for kind, count in BEFORE.items()}


@dataclass(frozen=True)
class Shown:
    """A step as a page tells it."""

    step: PlanStep
    state: str
    tone: str
    detail: str


def shown(letter: Letter, today: date) -> list[Shown]:
    """The steps in order. What is late, tells by how much, and what it pushes."""
    calendar = Calendar(Recess.objects.all())
    steps = list(letter.plan_steps.order_by("due_on", "pk"))
    for step in steps:
        step.letter = letter
    return [_shown(step, today, calendar) for step in steps]


def _shown(step: PlanStep, today: date, calendar: Calendar) -> Shown:
    if step.is_done:
        on = f"op {long_date(step.done_on)}" if step.done_on else "blijkt uit de stand van de brief"
        return Shown(step, "gedaan", "good", on)
    if step.is_late(today):
        days = calendar.between(step.due_on, today)
        told = f"{days} {'werkdag' if days == 1 else 'werkdagen'} over de datum; wat hierna komt, schuift mee"
        return Shown(step, "loopt uit", "bad", told)
    if not calendar.works(step.due_on):
        return Shown(step, "let op", "warn", "deze dag valt in een reces of weekend")
    days = calendar.between(today, step.due_on)
    return Shown(step, "gepland", "info", f"nog {days} {'werkdag' if days == 1 else 'werkdagen'}")


def tasks_of(user: User, today: date) -> list[Task]:
    """For who composes: of each letter under way what has slipped, and the next step."""
    if not may(user, Action.COMPOSE_LETTER):
        return []
    steps = PlanStep.objects.filter(letter__in=Letter.objects.editable_by(user)).select_related("letter")
    ordered = steps.order_by("letter__dated", "letter", "due_on", "pk")
    by_letter = groupby(ordered, key=lambda step: step.letter_id)
    return [task for _letter, found in by_letter for task in _tasks(list(found), today)]


def _tasks(steps: list[PlanStep], today: date) -> Iterator[Task]:
    """The first that is late, with how many are; and the first that is to come."""
    late = [step for step in steps if step.is_late(today)]
    following = [step for step in steps if not step.is_done and not step.is_late(today)]
    if late:
        several = f"{len(late)} stappen van de planning lopen uit."
        yield _task(late[0], several if len(late) > 1 else "Eén stap van de planning loopt uit.")
    if following:
        yield _task(following[0], "De volgende stap van de planning.")


def _task(step: PlanStep, detail: str) -> Task:
    title = f"{step.letter.title}: {step.get_kind_display()}"
    return Task(title, reverse("reports:letter-plan", args=[step.letter.slug]), step.due_on, detail)
