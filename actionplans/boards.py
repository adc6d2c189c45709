"""The board of a round: of each plan how far it is, for whom it waits and since when; and what is whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from actionplans import tables
from actionplans.models import Evaluation, EvaluationRound, EvaluationState
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Task
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table

COLUMNS = (
    Column("plan", "Actieplan"),
    Column("state", "Stand"),
    Column("who", "Beoordelaar"),
    Column("due", "Klaar op"),
    Column("waits", "Wacht op"),
    Column("because", "Waarom gekozen"),
)
EMPTY = "Er is nog geen plan gekozen voor deze ronde."
LATE = "termijn verstreken"


@dataclass(frozen=True)
class Share:
    """How many of the plans of a round are somebody's, and how many of those wait for that person."""

    mine: int
    total: int
    waiting: int

    def __str__(self) -> str:
        return f"Van mij: {self.mine} van {self.total}"


def evaluations(round_: EvaluationRound) -> QuerySet[Evaluation]:
    """All of the round, of each plan the last version, with what the board shows."""
    last = Evaluation.objects.filter(round=round_).order_by("plan_id", "-number").distinct("plan_id")
    found = Evaluation.objects.filter(pk__in=last.values("pk"))
    return found.select_related("plan", "round", "evaluator").order_by("plan__title", "plan__slug")


def share(rows: list[Evaluation], user: User) -> Share:
    mine = [item for item in rows if item.evaluator_id == user.pk]
    return Share(len(mine), len(rows), sum(_waits_for_evaluator(item) for item in mine))


def counts(rows: list[Evaluation]) -> list[tuple[str, int]]:
    """How many stand where, in the order of the work; what does not occur is left out."""
    found = [(state.label, sum(item.state is state for item in rows)) for state in EvaluationState]
    return [(label, count) for label, count in found if count]


def board(rows: list[Evaluation], request: HttpRequest, *, today: date, of: User | None) -> Table:
    """As it is today; only of one evaluator when `of` is given."""
    shown = [item for item in rows if of is None or item.evaluator_id == of.pk]
    part = f"{len(shown)} van de " if len(shown) < len(rows) else ""
    noun = "plan" if len(rows) == 1 else "plannen"
    caption = f"{part}{len(rows)} {noun}, stand op {long_date(today)}"
    empty = "In deze ronde hebt u geen plannen." if of and rows else EMPTY
    return Table(caption, COLUMNS, [_row(item, today) for item in shown], empty)


def cells(item: Evaluation, today: date) -> list[object]:
    """What a file of the board holds of one plan."""
    return [
        item.plan.slug,
        item.plan.title,
        item.state.label,
        item.evaluator.name if item.evaluator else "",
        item.due_on,
        is_late(item, today),
        waiting(item, today),
        item.chosen_because,
        item.is_demo,
    ]


def tasks_of(user: User, today: date) -> list[Task]:
    """Of each open round how much is the user's, and how much of that is still to be handed in."""
    mine = Evaluation.objects.filter(evaluator=user, round__in=EvaluationRound.objects.open())
    rounds = {item.round_id: item.round for item in mine.select_related("round") if item.round}
    rows = list(Evaluation.objects.filter(round__in=rounds).order_by("plan_id", "round_id", "-number"))
    last = {(item.plan_id, item.round_id): item for item in reversed(rows)}
    told = [
        (round_, [item for item in last.values() if item.round_id == key]) for key, round_ in rounds.items()
    ]
    return [_task(round_, rows, user) for round_, rows in told if share(rows, user).waiting]


def _task(round_: EvaluationRound, rows: list[Evaluation], user: User) -> Task:
    own = share(rows, user)
    due = min((item.due_on for item in rows if item.due_on and item.evaluator_id == user.pk), default=None)
    detail = f"{own}, nog {own.waiting} in te dienen"
    return Task(f"Actieplannen beoordelen: {round_.name}", f"{board_href(round_)}?van=mij", due, detail)


def _row(item: Evaluation, today: date) -> Row:
    late = is_late(item, today)
    return Row(
        [
            Cell(item.plan.title, tables.evaluation_href(item), tables.demo(item), "warn"),
            state(item),
            Cell(item.evaluator.name if item.evaluator else "nog niemand"),
            Cell(long_date(item.due_on) if item.due_on else "", "", LATE if late else "", "bad"),
            Cell(waiting(item, today)),
            Cell(item.chosen_because),
        ]
    )


def state(item: Evaluation) -> Cell:
    """How far it is now, by its dates."""
    return Cell("", tag=item.state.label, tone=tables.EVALUATION_TONES.get(item.state, "info"))


def is_late(item: Evaluation, today: date) -> bool:
    return bool(item.due_on and item.due_on < today and _waits_for_evaluator(item))


def waiting(item: Evaluation, today: date) -> str:
    """For what it waits, and how many days already."""
    match item.state:
        case EvaluationState.PUBLISHED:
            return ""
        case EvaluationState.CHECK:
            return _on_check(item, today)
        case EvaluationState.SUBMITTED:
            return _since("feitencheck of publicatie", item.submitted_on, today)
        case _ if item.evaluator is None:
            return "een beoordelaar"
        case EvaluationState.DRAFT:
            return _since("de beoordelaar", item.started_on, today)
    return "het begin van de beoordeling"


def _on_check(item: Evaluation, today: date) -> str:
    if item.reacted_on:
        return _since("publicatie", item.reacted_on, today)
    until = f"een reactie, tot en met {long_date(item.check_until)}" if item.check_until else "een reactie"
    return _since(until, item.check_sent_on, today)


def _since(what: str, day: date | None, today: date) -> str:
    days = (today - day).days if day else 0
    return f"{what}, al {'1 dag' if days == 1 else f'{days} dagen'}" if days > 0 else what


def _waits_for_evaluator(item: Evaluation) -> bool:
    return item.state in {EvaluationState.CHOSEN, EvaluationState.DRAFT}


def board_href(round_: Any) -> str:
    return reverse("actionplans:round-board", args=[round_.slug])
