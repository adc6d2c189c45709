"""A second round of the demonstration, so that there is one to set the first beside: all of it invented.

Some plans of May 2024 once more, half a year later: the number of evaluated plans stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from actionplans.models import Criterion, CriterionKind, Evaluation, EvaluationRound, Rubric, Score
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import DEMO, Fields
from mvi_portal.demo.writer import Writer

PLANS = 12
MONTH = PartialDate.month(2024, 12)
CLOSED_ON = date(2024, 12, 20)
_FINDINGS = (
    "<p><strong>Voorbeeld.</strong> Deze ronde en haar scores zijn verzonnen.</p><p>Wij keken nog een keer "
    'naar <mvi-figure data-key="ronde.geevalueerd"></mvi-figure> plannen van mei 2024. Vaker dan toen staat '
    "erin wie een actie uitvoert en wanneer.</p>"
)
_REMARK = "Voorbeeldtekst. Uw plan is sinds mei 2024 op een paar punten concreter geworden."


def load(writer: Writer, rubric: Rubric, first: Sequence[Evaluation], pair: Sequence[User]) -> None:
    """`first` are the evaluations of the round before; what is published already stays as it is."""
    (round_,) = writer.write(EvaluationRound, [_round(rubric)], key=["slug"]).values()
    rows = [_again(item, round_, pair[(place + 1) % 2]) for place, item in enumerate(first[:PLANS])]
    made = writer.write(Evaluation, rows, key=["plan", "round", "number"], update=False).values()
    waiting = [item for item in made if item.published_on is None]
    criteria = list(rubric.criteria.order_by("order"))
    writer.write(Score, _scores(waiting, criteria), key=["evaluation", "criterion"], update=False)
    for evaluator, publisher in (pair, list(reversed(pair))):
        theirs = [item.pk for item in waiting if item.evaluator_id == evaluator.pk]
        Evaluation.objects.filter(pk__in=theirs, published_on=None).update(
            published_on=CLOSED_ON, published_by=publisher
        )


def _round(rubric: Rubric) -> Fields:
    return {
        "slug": "evaluatie-december-2024",
        "name": "Evaluatie december 2024",
        "rubric": rubric,
        "starts_on": MONTH,
        "closed_on": CLOSED_ON,
        "findings": _FINDINGS,
        **DEMO,
    }


def _again(before: Evaluation, round_: EvaluationRound, evaluator: User) -> Fields:
    """By the other of the two."""
    return {
        "plan": before.plan,
        "version": before.version,
        "round": round_,
        "rubric": round_.rubric,
        "number": 1,
        "chosen_because": "Ook in mei 2024 beoordeeld.",
        "evaluator": evaluator,
        "started_on": date(2024, 12, 2),
        "submitted_on": date(2024, 12, 13),
        "evaluated_on": MONTH,
        "remark": _REMARK,
        **DEMO,
    }


def _scores(evaluations: Sequence[Evaluation], criteria: Sequence[Criterion]) -> Iterator[Fields]:
    """In the pattern of the round before, with some that went up and a few that went down."""
    for place, evaluation in enumerate(evaluations):
        for criterion in criteria:
            mixed = place * 7 + criterion.order * 3
            moved = (mixed % 5 < 3) - (mixed % 11 == 0)
            is_step = criterion.kind == CriterionKind.FIVE_STEP
            before, most = (mixed % 5 + 1, 5) if is_step else (int(mixed % 4 > 0), 1)
            value = min(max(before + moved, int(is_step)), most)
            yield {"evaluation": evaluation, "criterion": criterion, "value": value}
