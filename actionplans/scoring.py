"""Scores as tables: of one evaluation, per theme, and how a round's are spread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from actionplans.models import CriterionKind, Evaluation, EvaluationRound, Score
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table

EVENTS: Any = EvaluationRound.pgh_event_model  # type: ignore[attr-defined] # made by `tracked`
EVALUATIONS: Any = Evaluation.pgh_event_model  # type: ignore[attr-defined] # made by `tracked`
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
    return Table(
        "De stap die elk thema kreeg", columns, rows, "Dit beoordelingskader heeft geen stappen per thema."
    )


def _theme(theme: str, values: list[int]) -> Row:
    return Row([Cell(theme), *(Cell("●" if step in values else "") for step in STEPS)])


def fewest() -> int:
    """Plans; over fewer, a spread tells the score of one."""
    return int(settings.SPREAD_FEWEST_PLANS)


def day_shown(found: EvaluationRound, user: User, *, on: date) -> date | None:
    """The day of the spread that this person sees of the round; None for who sees none.

    Who sees scores, gets that of the day that is asked; others the one that is for everybody.
    """
    return on if scope(user, Action.SEE_SCORES) is Scope.YES else day_for_others(found, on=on)


def day_for_others(found: EvaluationRound, *, on: date) -> date | None:
    """The day of the one spread that is for everybody, also on paper; None while there is none.

    Others get one and never another: who has two, takes the one from the other and is left with the scores
    of the plan that was published or corrected in between. So theirs holds what was published by the day of
    closing. No reference date moves it, no later publication or correction comes into it, and what is closed
    again keeps its first closing by which enough plans were published. That day itself is not over yet: they
    see it from the next.
    """
    if not settings.SPREADS_FOR_OTHERS or found.closed_on is None or found.closed_on > on:
        return None
    over = [day for day in _closings(found) if day < timezone.localdate()]
    day = next((day for day in over if _published(found, day).count() >= fewest()), None)
    return day if day and day <= on else None


def _closings(found: EvaluationRound) -> Iterable[date]:
    """The days that it was ever closed on, in the order in which that was recorded."""
    known = EVENTS.objects.filter(pgh_obj=found.pk, closed_on__isnull=False).order_by("pgh_id")
    return dict.fromkeys([*known.values_list("closed_on", flat=True), found.closed_on])


def moment_for_others(found: EvaluationRound, day: date) -> datetime:
    """Until when the record tells whose the plans of that spread are: also that never changes for them.

    The end of the day, or later when the closing or a publication by that day was recorded later.
    """
    over = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    closed = EVENTS.objects.filter(pgh_obj=found.pk, closed_on=day).aggregate(at=Min("pgh_created_at"))["at"]
    published = EVALUATIONS.objects.filter(round=found.pk, published_on__lte=day)
    recorded = published.exclude(pgh_label="delete").aggregate(at=Max("pgh_created_at"))["at"]
    return max(at for at in (over, closed, recorded) if at is not None)


def _published(found: EvaluationRound, on: date) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(round=found).current(on=on)


def stays(day: date) -> str:
    """For who sees a spread that does not go along with the reference date."""
    return (
        f"U ziet de verdeling van wat op {long_date(day)} was gepubliceerd. Wat daarna is gepubliceerd of "
        "gecorrigeerd, telt hierin niet mee. Zo blijft de score van één organisatie besloten."
    )


def interim(found: EvaluationRound) -> str:
    """For who makes a report while there is no spread that is for everybody: why, and what to do."""
    if not settings.SPREADS_FOR_OTHERS:
        return "De verdeling van de scores is alleen voor PIANOo en het secretariaat. Geef die niet verder."
    return (
        "De verdeling is een tussenstand, alleen voor PIANOo en het secretariaat. Geef die niet verder: "
        f"naast een latere verdeling verraadt zij de score van één organisatie. {_way_to_share(found)} maakt "
        "u een verslag dat u wel kunt delen."
    )


def _way_to_share(found: EvaluationRound) -> str:
    if found.closed_on is None or found.closed_on >= timezone.localdate():
        return "Vanaf de dag na het afsluiten van de ronde"
    return (
        f"Bij het afsluiten waren nog geen {number(fewest())} plannen gepubliceerd. Open de ronde weer en "
        "sluit haar opnieuw af. Vanaf de dag daarna"
    )


def why_not() -> str:
    """For who sees no spread."""
    if not settings.SPREADS_FOR_OTHERS:
        return "De verdeling van de scores is alleen voor PIANOo en het secretariaat."
    return (
        "De verdeling staat hier vanaf de dag na het afsluiten van de ronde, als er dan minstens "
        f"{number(fewest())} plannen zijn gepubliceerd. Zo blijft de score van één organisatie besloten."
    )


def distribution(found: EvaluationRound, *, on: date) -> Table:
    """How many plans got which step, per theme, in what was published by the day; `day_shown` tells which."""
    steps = _steps(Score.objects.filter(evaluation__in=_published(found, on)))
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
