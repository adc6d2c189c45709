"""Counting a plan back from the day of sending, and what slips."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
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


@cache
def _holidays() -> Container[date]:
    """The public holidays of the Netherlands: loaded by who plans, and not by every process."""
    from holidays import country_holidays

    return country_holidays("NL")


class Calendar:
    """Working days: not at the weekend, on a public holiday or in a recess."""

    def __init__(self, recesses: Iterable[Recess]) -> None:
        self._recesses = [(item.first_day, item.last_day) for item in recesses]

    def works(self, day: date) -> bool:
        is_free = day.weekday() >= 5 or day in _holidays()
        return not is_free and not any(first <= day <= last for first, last in self._recesses)

    def back(self, day: date, count: int) -> date:
        """So many working days before the day; itself or the nearest working day before it for none."""
        while not self.works(day):
            day -= _DAY
        for _ in range(count):
            day -= _DAY
            while not self.works(day):
                day -= _DAY
        return day

    def ahead(self, day: date, count: int) -> date:
        """So many working days after the day."""
        for _ in range(count):
            day += _DAY
            while not self.works(day):
                day += _DAY
        return day

    def between(self, first: date, last: date) -> int:
        """The working days after the first, up to and including the last."""
        days = (first + _DAY * number for number in range(1, (last - first).days + 1))
        return sum(self.works(day) for day in days)


def counted_back(sending: date, calendar: Calendar) -> dict[StepKind, date]:
    """By when each step should be taken. The day of sending itself is kept as it was wished."""
    return {kind: calendar.back(sending, count) if count else sending for kind, count in BEFORE.items()}


def expected(steps: Sequence[PlanStep], today: date, calendar: Calendar) -> dict[int, date]:
    """By the place of each step that is not taken, the day that it will be when all goes on as planned.

    What is late is taken today; what comes after it keeps the working days that the plan gives it.
    """
    found: dict[int, date] = {}
    before: tuple[date, date] | None = None  # of the step before it: as planned, and as expected
    for place, step in enumerate(steps):
        if step.is_done:
            continue
        day = max(step.due_on, today) if step.is_late(today) else step.due_on
        if before and before[1] > before[0]:
            day = max(day, calendar.ahead(before[1], calendar.between(before[0], step.due_on)))
        found[place], before = day, (step.due_on, day)
    return found


@dataclass(frozen=True)
class Shown:
    """A step as a page tells it."""

    step: PlanStep
    state: str
    tone: str
    detail: str


def shown(letter: Letter, today: date) -> list[Shown]:
    """The steps in order. What is late, tells by how much; what it pushes, to which day."""
    calendar = Calendar(Recess.objects.all())
    steps = list(letter.plan_steps.order_by("due_on", "pk"))
    for step in steps:
        step.letter = letter
    days = expected(steps, today, calendar)
    return [_shown(step, today, calendar, days.get(place, step.due_on)) for place, step in enumerate(steps)]


def _shown(step: PlanStep, today: date, calendar: Calendar, day: date) -> Shown:
    if step.is_done:
        on = f"op {long_date(step.done_on)}" if step.done_on else "blijkt uit de stand van de brief"
        return Shown(step, "gedaan", "good", on)
    if step.is_late(today):
        over = f"{_working(calendar.between(step.due_on, today))} over de datum"
        told = f"{over}; {_becomes(day)}" if day > today else over
        return Shown(step, "loopt uit", "bad", told)
    if day > step.due_on:
        later = _working(calendar.between(step.due_on, day))
        return Shown(step, "schuift mee", "warn", f"{later} later: {_becomes(day)}")
    if not calendar.works(step.due_on):
        return Shown(step, "let op", "warn", "deze dag valt in een reces of weekend")
    return Shown(step, "gepland", "info", f"nog {_working(calendar.between(today, step.due_on))}")


def _becomes(day: date) -> str:
    return f"wordt {long_date(day)}, als elke stap zo lang duurt als gepland"


def _working(days: int) -> str:
    return f"{days} {'werkdag' if days == 1 else 'werkdagen'}"


def tasks_of(user: User, today: date) -> list[Task]:
    """For who composes: of each letter under way what has slipped, and the next step."""
    if not may(user, Action.COMPOSE_LETTER):
        return []
    steps = PlanStep.objects.filter(letter__in=Letter.objects.editable_by(user)).select_related("letter")
    ordered = list(steps.order_by("letter__dated", "letter", "due_on", "pk"))
    if not ordered:
        return []
    calendar = Calendar(Recess.objects.all())
    by_letter = groupby(ordered, key=lambda step: step.letter_id)
    return [task for _letter, found in by_letter for task in _tasks(list(found), today, calendar)]


def _tasks(steps: list[PlanStep], today: date, calendar: Calendar) -> Iterator[Task]:
    """The first that is late, with how many are and what that does to the sending; and the next to come."""
    late = [step for step in steps if step.is_late(today)]
    following = [step for step in steps if not step.is_done and not step.is_late(today)]
    if late:
        several = f"{len(late)} stappen van de planning lopen uit."
        one = "Eén stap van de planning loopt uit."
        told = several if len(late) > 1 else one
        yield _task(late[0], f"{told} {_sending(steps, today, calendar)}".strip())
    if following:
        yield _task(following[0], "De volgende stap van de planning.")


def _sending(steps: list[PlanStep], today: date, calendar: Calendar) -> str:
    """What becomes of the wished day of sending, when that is not reached any more."""
    days = expected(steps, today, calendar)
    for place, day in days.items():
        step = steps[place]
        if step.kind == StepKind.SENDING and day > step.due_on:
            late, wished = long_date(day), long_date(step.due_on)
            return f"Duurt elke stap zo lang als gepland, dan gaat de brief op {late} uit, niet op {wished}."
    return ""


def _task(step: PlanStep, detail: str) -> Task:
    title = f"{step.letter.title}: {step.get_kind_display()}"
    return Task(title, reverse("reports:letter-plan", args=[step.letter.slug]), step.due_on, detail)
