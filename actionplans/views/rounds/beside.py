"""What stands beside a round or beside a plan: for the pages of the results and for their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

from actionplans import scoring
from actionplans.models import EvaluationRound, Score
from actionplans.results import Results, comparable_rounds, shown
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.reference import on_of


def other_rounds(request: HttpRequest, found: Results) -> list[EvaluationRound]:
    """Those that the reader may see the spread of."""
    user, on = reader(request), on_of(request)
    known = comparable_rounds(found.round, on=on)
    return [item for item in known if scoring.day_shown(item, user, on=on)]


def chosen(request: HttpRequest, others: Iterable[EvaluationRound]) -> Results | None:
    """What the reader sees of the one that the address asks for."""
    asked = request.GET.get("naast", "")
    other = next((item for item in others if item.slug == asked), None)
    return shown(other, reader(request), on=on_of(request)) if other else None


def scores_of(evaluations: Sequence[Any]) -> dict[tuple[int, int], Score]:
    """By evaluation and criterion."""
    given = Score.objects.filter(evaluation__in=[item.pk for item in evaluations])
    return {(score.evaluation_id, score.criterion_id): score for score in given}
