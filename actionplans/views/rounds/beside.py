"""What stands beside a round or beside a plan: for the pages of the results and for their files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from actionplans.models import EvaluationRound, Score
from actionplans.results import Results, comparable_rounds, is_for_everybody, results
from actionplans.views.rounds import common
from mvi_portal.accounts.permissions import reader


def other_rounds(request: HttpRequest, found: Results) -> list[EvaluationRound]:
    """Those that the reader may see the spread of."""
    works = common.works_on_it(reader(request))
    known = comparable_rounds(found.round, on=found.on)
    return [item for item in known if works or is_for_everybody(results(item, on=found.on))]


def chosen_round(request: HttpRequest, found: Results) -> EvaluationRound | None:
    """The one that the address asks for."""
    asked = request.GET.get("naast", "")
    return next((item for item in other_rounds(request, found) if item.slug == asked), None)


def scores_of(evaluations: Sequence[Any]) -> dict[tuple[int, int], Score]:
    """By evaluation and criterion."""
    given = Score.objects.filter(evaluation__in=[item.pk for item in evaluations])
    return {(score.evaluation_id, score.criterion_id): score for score in given}
