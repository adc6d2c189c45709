"""The published scores of a round on a day, gathered in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from actionplans import scoring
from actionplans.models import (
    Criterion,
    CriterionKind,
    Evaluation,
    EvaluationRound,
    PlanCoverage,
    Score,
)
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.history.reading import as_known
from signatories.models import Kind, Organisation, Signatory

SEVERAL = "meer dan één soort"


@dataclass(frozen=True)
class Results:
    """Of each plan its last published evaluation; a correction takes the place of what it corrects."""

    round: EvaluationRound
    on: date
    evaluations: Sequence[Any]
    criteria: Sequence[Criterion]
    values: Mapping[
        int, Mapping[int, int]
    ]  # by criterion, then by evaluation; only where there is a judgement
    known_at: datetime | None = None  # of whom the plans are as the record had it then; else as of now

    @property
    def total(self) -> int:
        """How many plans."""
        return len(self.evaluations)

    @property
    def scored(self) -> list[Criterion]:
        """The criteria that give a number; a text gives none."""
        return [item for item in self.criteria if item.kind != CriterionKind.TEXT]

    def of(self, criterion: Criterion, among: frozenset[int] | None = None) -> list[int]:
        """The scores on the criterion; only of the evaluations `among`, when given."""
        found = self.values.get(criterion.pk, {})
        return [value for key, value in found.items() if among is None or key in among]

    @cached_property
    def kinds(self) -> dict[str, frozenset[int]]:
        """The evaluations by the kind of organisation that the plan is of; in the order of the kinds."""
        found: dict[int, set[str]] = defaultdict(set)
        plans = [item.plan_id for item in self.evaluations]
        for plan, kind in _known(plans, self.known_at) if self.known_at else _kinds(plans):
            found[plan].add(kind)
        by_kind: dict[str, set[int]] = {**{kind.label: set() for kind in Kind}, SEVERAL: set()}
        for item in self.evaluations:
            kinds = found[item.plan_id]
            by_kind[Kind(kinds.pop()).label if len(kinds) == 1 else SEVERAL].add(item.pk)
        return {label: frozenset(keys) for label, keys in by_kind.items() if keys}


def _kinds(plans: list[int]) -> Iterable[tuple[int, str]]:
    """Each plan with the kind of each organisation that it stands for."""
    rows = Signatory.objects.filter(signature__coverages__plan__in=plans).order_by()
    return rows.values_list("signature__coverages__plan", "organisation__kind")


def _known(plans: list[int], at: datetime) -> Iterator[tuple[int, str]]:
    """The same as the record had it."""
    coverages = as_known(PlanCoverage, at=at, plan__in=plans).values_list("plan", "signature")
    signed = [signature for _plan, signature in coverages]
    rows = as_known(Signatory, at=at, signature__in=signed).values_list("signature", "organisation")
    under: dict[int, set[int]] = defaultdict(set)
    for signature, organisation in rows:
        under[signature].add(organisation)
    keys = {key for found in under.values() for key in found}
    kinds = dict(as_known(Organisation, at=at, pgh_obj__in=keys).values_list("pgh_obj", "kind"))
    for plan, signature in coverages:
        yield from ((plan, kinds[key]) for key in under[signature] if key in kinds)


def results(round_: EvaluationRound, *, on: date, known_at: datetime | None = None) -> Results:
    """Three queries, however many plans there are."""
    evaluations = list(Evaluation.objects.filter(round=round_).current(on=on).select_related("plan"))
    criteria = list(round_.rubric.criteria.select_related("theme", "rubric").order_by("order", "code"))
    scores = Score.objects.filter(evaluation__in=[item.pk for item in evaluations], value__isnull=False)
    values: dict[int, dict[int, int]] = defaultdict(dict)
    for score in scores.only("criterion_id", "evaluation_id", "value"):
        values[score.criterion_id][score.evaluation_id] = score.value or 0
    return Results(round_, on, evaluations, criteria, values, known_at)


def shown(round_: EvaluationRound, user: User, *, on: date) -> Results | None:
    """What this person gets of the round; None for who sees no spread of it."""
    if scope(user, Action.SEE_SCORES) is Scope.YES:
        return results(round_, on=on)
    return for_others(round_, on=on)


def for_others(round_: EvaluationRound, *, on: date) -> Results | None:
    """What everybody may have of the round; None while there is nothing."""
    day = scoring.day_for_others(round_, on=on)
    return results(round_, on=day, known_at=scoring.moment_for_others(round_, day)) if day else None
