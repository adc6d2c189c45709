"""Evaluations that come from a workbook: the same draft as on the page, for many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.models import ActionPlan, Criterion, Evaluation, EvaluationRound, PlanVersion, Score
from actionplans.services import judging, rounds
from actionplans.services.publishing import FUTURE_DAY
from mvi_portal.accounts.models import User
from mvi_portal.history import history

BECAUSE = "ingelezen uit een werkblad"
NOBODY = "Vul in de kolom “beoordelaar” in wie heeft beoordeeld. Zonder beoordelaar wordt niets ingediend."
ANOTHER = (
    "U leest een beoordeling in, dus u bent de beoordelaar. Maak deze cel leeg, of laat deze beoordelaar de "
    "rij zelf inlezen."
)
CHECKED = (
    "De feitencheck van deze evaluatie is afgerond. De beoordelaar past haar aan op haar eigen pagina: een "
    "werkblad verandert niets aan wat is ingediend."
)
BESIDE = {"evaluator", "document"}  # what another than the evaluator may tell too
Given = Mapping[str, Any]  # of one criterion: value, remark, page, quote
_GIVEN = ("evaluator", "evaluated_on", "evaluated_on_precision", "submitted_on", "remark", "started_on")
_ON_CRITERION = ("value", "remark", "page", "quote")
_ELSEWHERE = {"file", "plan", "version", "round", "rubric", "evaluator", "uploaded_by", "published_by"}


@dataclass(frozen=True)
class Brought:
    """What a row gives. `scores` by the code of the criterion.

    `facts`: evaluator, evaluated_on, submitted_on, remark.
    """

    plan: ActionPlan
    round: EvaluationRound
    scores: Mapping[str, Given]
    facts: Mapping[str, Any]

    @property
    def key(self) -> tuple[int, int]:
        return self.plan.pk, self.round.pk

    @property
    def judges(self) -> bool:
        """Whether it fills in the evaluation itself."""
        return bool(self.scores or self.facts.keys() - BESIDE)


@transaction.atomic
def bring_in(
    *, row: Brought, criteria: Mapping[str, Criterion], by: User | None, why: str = ""
) -> Evaluation:
    """Choose the plan for the round when it is not in it, and write what the row gives.

    Raises ValidationError.
    """
    [evaluation] = _filled([row], by)
    with history(by=by, action="evaluation.brought-in", why=why):
        evaluation.full_clean(exclude=["file"])
        evaluation.save()
        _write([row], [evaluation], criteria)
    return evaluation


@transaction.atomic
def bring_in_all(
    *, rows: Sequence[Brought], criteria: Mapping[str, Criterion], by: User | None, why: str = ""
) -> None:
    """All, or none when one cannot be: by the same rules as one at a time, here without telling which.

    A plan stands in them once for a round. Raises ValidationError, or IntegrityError for what the database
    refuses: what lies in other columns and rows, is asked of it alone.
    """
    evaluations = _filled(rows, by)
    for evaluation in evaluations:
        evaluation.clean_fields(exclude=_ELSEWHERE)  # those were just read
    with history(by=by, action="evaluation.brought-in", why=why):
        Evaluation.objects.bulk_update([item for item in evaluations if item.pk], _GIVEN)
        Evaluation.objects.bulk_create(item for item in evaluations if not item.pk)
        _write(rows, evaluations, criteria)


def why_not(
    evaluation: Evaluation | None, *, judges: bool, evaluator: User | None, by: User | None
) -> dict[str, str]:
    """Why this person cannot bring it in, by the column; as on its page. A command is nobody's: it may.

    `evaluator`: whom the row names. `judges`: whether the row fills in more than who evaluates.
    """
    asked = by if judges else None
    if evaluation is not None:
        shut = judging.why_shut(evaluation, asked) or (CHECKED if evaluation.submitted_on else "")
        if shut:
            return {"plan": shut}
    return {"evaluator": ANOTHER} if asked and evaluator not in {None, asked} else {}


def _filled(rows: Sequence[Brought], by: User | None) -> list[Evaluation]:
    """The evaluation of each row with the facts that it gives: the stored one, locked, or a new one."""
    stored = _stored(rows)
    known = stored | dict(_chosen([row for row in rows if row.key not in stored]))
    evaluations = [known[row.key] for row in rows]
    for row, evaluation in zip(rows, evaluations, strict=True):
        _fill(evaluation, row, by)
    return evaluations


def _fill(evaluation: Evaluation, row: Brought, by: User | None) -> None:
    """Who judges what nobody was given yet, becomes its evaluator."""
    stored = evaluation if evaluation.pk else None
    if told := why_not(stored, judges=row.judges, evaluator=row.facts.get("evaluator"), by=by):
        raise ValidationError(told)
    for name, value in row.facts.items():
        setattr(evaluation, name, value)
    if row.judges and evaluation.evaluator_id is None:
        evaluation.evaluator = by
    evaluation.started_on = evaluation.started_on or _first_day(evaluation.submitted_on)
    if wrong := dict(_wrong(evaluation)):
        raise ValidationError(wrong)


def _wrong(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """By the column, what its days and its evaluator do not tell or cannot."""
    today, submitted_on, evaluated_on = timezone.localdate(), evaluation.submitted_on, evaluation.evaluated_on
    if submitted_on and evaluation.evaluator_id is None:
        yield "evaluator", NOBODY
    if submitted_on and submitted_on > today:
        yield "submitted_on", FUTURE_DAY
    if evaluated_on and evaluated_on.first_day > today:
        yield "evaluated_on", judging.FUTURE_DATE
    if submitted_on and evaluated_on is None:
        yield "evaluated_on", "Vul in wanneer er is geëvalueerd."


def _first_day(submitted_on: date | None) -> date:
    today = timezone.localdate()
    return min(submitted_on, today) if submitted_on else today


def _stored(rows: Sequence[Brought]) -> dict[tuple[int, int | None], Evaluation]:
    """By plan and round, of each the last version."""
    found = Evaluation.objects.select_for_update(of=("self",)).select_related("plan", "rubric", "evaluator")
    found = found.filter(plan__in={row.plan.pk for row in rows}, round__in={row.round.pk for row in rows})
    return {(item.plan_id, item.round_id): item for item in found.order_by("number", "pk")}


def _chosen(rows: Sequence[Brought]) -> Iterator[tuple[tuple[int, int | None], Evaluation]]:
    """Of plans that are not in the round yet, each in the version that is in force today."""
    for round_ in sorted({row.round for row in rows}, key=lambda item: item.pk):
        rounds.still_open(round_)
    known = PlanVersion.objects.received(on=timezone.localdate()).order_by("received_on", "number")
    versions = {item.plan_id: item for item in known.filter(plan__in=[row.plan.pk for row in rows])}
    for row in rows:
        version = versions.get(row.plan.pk)
        if version is None:
            raise ValidationError({"plan": "Van dit actieplan is nog geen versie ontvangen."})
        yield row.key, _new(row, version)


def _new(row: Brought, version: PlanVersion) -> Evaluation:
    return Evaluation(
        plan=row.plan,
        version=version,
        round=row.round,
        rubric=row.round.rubric,
        chosen_because=BECAUSE,
        due_on=row.round.due_on,
        is_demo=row.round.is_demo or row.plan.is_demo,
    )


def _write(
    rows: Sequence[Brought], evaluations: Sequence[Evaluation], criteria: Mapping[str, Criterion]
) -> None:
    """What is new and what changes, in one statement however many rows there are."""
    scores = Score.objects.filter(evaluation__in=evaluations)
    present = {(score.evaluation_id, score.criterion_id): score for score in scores}
    written = []
    for row, evaluation in zip(rows, evaluations, strict=True):
        for code, given in row.scores.items():
            criterion = criteria[code]
            score = present.get((evaluation.pk, criterion.pk))
            stands = {name: getattr(score, name) for name in _ON_CRITERION} if score else {}
            written.append(Score(evaluation=evaluation, criterion=criterion, **{**stands, **given}))
    Score.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["evaluation", "criterion"],
        update_fields=_ON_CRITERION,
    )
