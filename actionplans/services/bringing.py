"""Evaluations that come from a workbook: the same draft as on the page, for many at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.models import ActionPlan, Criterion, Evaluation, EvaluationRound, Score
from actionplans.services import rounds
from mvi_portal.accounts.models import User
from mvi_portal.history import history

BECAUSE = "ingelezen uit een werkblad"
Given = Mapping[str, Any]  # by the code of a criterion: value, remark, page, quote


@transaction.atomic
def bring_in(
    *,
    plan: ActionPlan,
    round_: EvaluationRound,
    scores: Mapping[str, Given],
    facts: Mapping[str, Any],
    criteria: Mapping[str, Criterion],
    by: User | None,
    why: str = "",
) -> Evaluation:
    """Choose the plan for the round when it is not in it, and write what the row gives.

    `facts`: evaluator, evaluated_on, submitted_on, remark. Raises ValidationError.
    """
    stored = _stored(plan, round_)
    with history(by=by, action="evaluation.brought-in", why=why):
        evaluation = stored or _chosen(plan, round_)
        for name, value in facts.items():
            setattr(evaluation, name, value)
        evaluation.started_on = evaluation.started_on or _first_day(evaluation.submitted_on)
        if evaluation.submitted_on and evaluation.evaluated_on is None:
            raise ValidationError({"evaluated_on": "Vul in wanneer er is geëvalueerd."})
        evaluation.full_clean(exclude=["file"])
        evaluation.save()
        _write(evaluation, scores, criteria)
    return evaluation


def _first_day(submitted_on: date | None) -> date:
    today = timezone.localdate()
    return min(submitted_on, today) if submitted_on else today


def _stored(plan: ActionPlan, round_: EvaluationRound) -> Evaluation | None:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("plan", "rubric", "evaluator")
    return rows.filter(plan=plan, round=round_).order_by("number").last()


def _chosen(plan: ActionPlan, round_: EvaluationRound) -> Evaluation:
    rounds.still_open(round_)
    version = plan.version_on(timezone.localdate())
    if version is None:
        raise ValidationError({"plan": "Van dit actieplan is nog geen versie ontvangen."})
    return Evaluation(
        plan=plan,
        version=version,
        round=round_,
        rubric=round_.rubric,
        chosen_because=BECAUSE,
        due_on=round_.due_on,
        is_demo=round_.is_demo or plan.is_demo,
    )


def _write(evaluation: Evaluation, scores: Mapping[str, Given], criteria: Mapping[str, Criterion]) -> None:
    """Two writes, however many criteria there are."""
    present = {score.criterion_id: score for score in evaluation.scores.all()}
    new, old = [], []
    for code, given in scores.items():
        score = present.get(criteria[code].pk)
        if score is None:
            new.append(Score(evaluation=evaluation, criterion=criteria[code], **given))
            continue
        for name, value in given.items():
            setattr(score, name, value)
        old.append(score)
    Score.objects.bulk_create(new)
    Score.objects.bulk_update(old, ["value", "remark", "page", "quote"])
