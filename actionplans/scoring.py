"""Scores as tables: of one evaluation, per theme, and how a round's are spread."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.conf import settings

from actionplans.models import CriterionKind, Evaluation, EvaluationRound, Score
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table

STEPS = (1, 2, 3, 4, 5)
SCORES = (
    Column("criterion", "Criterium"),
    Column("score", "Score"),
    Column("remark", "Opmerking"),
    Column("page", "Bladzijde", numeric=True),
    Column("quote", "Citaat"),
)


def scores(evaluation: Evaluation) -> Table:
    """Each criterion with its score, in the order of the rubric."""
    given = {score.criterion_id: score for score in evaluation.scores.all()}
    criteria = evaluation.rubric.criteria.select_related("theme").order_by("order", "code")
    rows = [_score(criterion, given.get(criterion.pk)) for criterion in criteria]
    return Table("Scores per criterium", SCORES, rows, "Er zijn nog geen scores.")


def _score(criterion: Any, score: Score | None) -> Row:
    return Row(
        [
            Cell(criterion.name),
            Cell(told(criterion, score)),
            Cell(score.remark if score else ""),
            Cell(score.page if score and score.page else ""),
            Cell(score.quote if score else ""),
        ]
    )


def told(criterion: Any, score: Score | None) -> str:
    """A score in the words of its scale."""
    if score is None or score.value is None:
        return "geen oordeel"
    if criterion.kind == CriterionKind.YES_NO:
        return "ja" if score.value else "nee"
    if criterion.kind == CriterionKind.FIVE_STEP:
        return f"stap {score.value}"
    return f"{score.value} van {criterion.highest}"


def themes(evaluation: Evaluation) -> Table:
    """The Manifest's own scale: the step that each theme got."""
    steps = _steps(evaluation.scores.all())
    rows = [_theme(theme, [score.value for score in found]) for theme, found in steps.items()]
    columns = (Column("theme", "Thema"), *(Column(f"step-{step}", f"Stap {step}") for step in STEPS))
    return Table("Stap per thema", columns, rows, "Dit beoordelingskader heeft geen stappen per thema.")


def _theme(theme: str, values: list[int]) -> Row:
    return Row([Cell(theme), *(Cell("●" if step in values else "–") for step in STEPS)])


def fewest() -> int:
    """Plans; over fewer, a spread tells the score of one."""
    return int(settings.SPREAD_FEWEST_PLANS)


def is_for_everybody(found: EvaluationRound, plans: int, *, on: date) -> bool:
    """Others see the spread of a closed round with enough plans, where the setting lets them see any."""
    closed_on = found.closed_on
    is_closed = closed_on is not None and closed_on <= on
    return bool(settings.SPREADS_FOR_OTHERS) and is_closed and plans >= fewest()


def why_not() -> str:
    """For who sees no spread."""
    if not settings.SPREADS_FOR_OTHERS:
        return "De verdeling van de scores is alleen voor PIANOo en het secretariaat."
    return (
        f"De verdeling staat hier als de ronde is afgesloten en er minstens {number(fewest())} plannen in "
        "zitten. Zo blijft de score van één organisatie besloten."
    )


def distribution(found: EvaluationRound, user: User, *, on: date) -> Table | None:
    """How many plans got which step, per theme, in what was published by the day.

    Who may not see scores of one organisation gets it only when it is for everybody.
    """
    published = Evaluation.objects.filter(round=found).current(on=on)
    sees_all = scope(user, Action.SEE_SCORES) is Scope.YES
    if not (sees_all or is_for_everybody(found, published.count(), on=on)):
        return None
    steps = _steps(Score.objects.filter(evaluation__in=published))
    rows = [_spread(theme, Counter(score.value for score in given)) for theme, given in steps.items()]
    columns = (
        Column("theme", "Thema"),
        *(Column(f"step-{step}", f"Stap {step}", numeric=True) for step in STEPS),
    )
    return Table("Aantal plannen per stap en thema", columns, rows, "Er zijn nog geen scores gepubliceerd.")


def _spread(theme: str, counts: Counter[int | None]) -> Row:
    return Row([Cell(theme), *(Cell(number(counts[step])) for step in STEPS)])


def _steps(given: Any) -> dict[str, list[Any]]:
    """The scores on a step from 1 to 5, by theme in the Manifest's order."""
    found = given.filter(
        criterion__kind=CriterionKind.FIVE_STEP, criterion__theme__isnull=False, value__isnull=False
    )
    by_theme: dict[str, list[Any]] = defaultdict(list)
    for score in found.select_related("criterion__theme").order_by("criterion__theme__order"):
        by_theme[score.criterion.theme.name].append(score)
    return by_theme
