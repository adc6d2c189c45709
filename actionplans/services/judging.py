"""Judging one plan: begun, filled in bit by bit, submitted; and taken back while nobody saw it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.drawn import ask_for_pages
from actionplans.models import Criterion, CriterionKind, Evaluation, PlanVersion, Rubric, Score
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.refusals import as_errors
from mvi_portal.history import history

PUBLISHED = "Deze evaluatie is gepubliceerd en verandert niet meer. Maak een correctie."
SUBMITTED = "Deze evaluatie is ingediend. Neem haar eerst terug als u iets wilt wijzigen."
NOT_YOURS = "Alleen de beoordelaar van deze evaluatie kan haar invullen."
CHECKING = "Deze evaluatie ligt voor de feitencheck bij de ondertekenaar. Wacht op de reactie."
RUNNING = "Er loopt al een evaluatie van dit plan buiten een ronde."
DONE = (
    "Dit plan is buiten een ronde al geëvalueerd. Maak een correctie, of beoordeel het in een nieuwe ronde."
)

FUTURE_DATE = "Deze datum ligt in de toekomst."
BEFORE_RECEIPT = "De evaluatie ligt vóór de ontvangst van het actieplan."

Scores = Mapping[int, Mapping[str, Any]]  # by the key of the criterion: value, remark, page, quote


@transaction.atomic
def begin(*, version: PlanVersion, rubric: Rubric, by: User) -> Evaluation:
    """An evaluation outside a round, by who asks for it. One plan has one at a time."""
    plan = type(version.plan).objects.select_for_update().get(pk=version.plan_id)
    before = Evaluation.objects.filter(plan=plan, round=None)
    if before.exists():
        raise ValidationError(DONE if before.published().exists() else RUNNING)
    with history(by=by, action="evaluation.begun"):
        evaluation = Evaluation.objects.create(
            plan=plan,
            version=version,
            rubric=rubric,
            evaluator=by,
            started_on=timezone.localdate(),
            is_demo=plan.is_demo,
        )
    ask_for_pages(version=version, by=by)
    return evaluation


@transaction.atomic
def save_draft(*, evaluation: Evaluation, scores: Scores, by: User, **facts: Any) -> None:
    """What is filled in so far; what is left out stays as it is. `facts`: `remark`, `evaluated_on`.

    Who fills in what nobody was given yet, becomes its evaluator.
    """
    stored = fillable(evaluation, by)
    with history(by=by, action="evaluation.draft-saved"):
        changed = {name for name, value in facts.items() if getattr(stored, name) != value}
        for name in changed:
            setattr(stored, name, facts[name])
        if stored.started_on is None or stored.evaluator_id is None:
            stored.started_on = stored.started_on or timezone.localdate()
            stored.evaluator = stored.evaluator or by
            changed |= {"started_on", "evaluator"}
        if changed:
            with as_errors(), transaction.atomic():  # as an evaluation before its plan came in
                stored.save(update_fields=_columns(changed))
        _write(stored, scores)


@transaction.atomic
def submit(*, evaluation: Evaluation, by: User) -> None:
    """Ready for a second person. Every criterion has a score, or says why not."""
    stored = fillable(evaluation, by)
    if stored.submitted_on is not None:
        return
    if left := missing(stored):
        raise ValidationError([f"Nog niet ingevuld: {criterion.name}." for criterion in left])
    if stored.evaluated_on and (refusal := why_not_on(stored.version, stored.evaluated_on)):
        raise ValidationError({"evaluated_on": refusal})
    today = timezone.localdate()
    with history(by=by, action="evaluation.submitted"):
        stored.submitted_on = today
        stored.evaluated_on = stored.evaluated_on or PartialDate.day(today)
        stored.full_clean(exclude=["file"])
        with as_errors(), transaction.atomic():
            stored.save(update_fields=_columns({"submitted_on", "evaluated_on"}))


@transaction.atomic
def take_back(*, evaluation: Evaluation, why: str, by: User) -> None:
    """A draft again, as long as it did not go to the signatory. Another than the evaluator says why."""
    stored = locked(evaluation)
    if stored.published_on:
        raise ValidationError(PUBLISHED)
    if stored.check_sent_on:
        raise ValidationError("Deze evaluatie is al voor de feitencheck verstuurd.")
    if stored.submitted_on is None:
        return
    if by.pk != stored.evaluator_id and not why:
        raise ValidationError({"why": "Schrijf op wat de beoordelaar moet aanpassen."})
    with history(by=by, action="evaluation.taken-back", why=why):
        stored.submitted_on = None
        stored.save(update_fields=["submitted_on"])


def why_not_on(version: PlanVersion, day: PartialDate) -> str:
    """Why this version cannot have been judged then; empty when it can."""
    if day.first_day > timezone.localdate():
        return FUTURE_DATE
    return BEFORE_RECEIPT if version.received_on.last_day > day.last_day else ""


def missing(evaluation: Evaluation) -> list[Criterion]:
    """The criteria without an answer: a score, or a remark that says why there is none."""
    given = {score.criterion_id: score for score in evaluation.scores.all()}
    criteria = evaluation.rubric.criteria.order_by("order", "code")
    return [criterion for criterion in criteria if not is_answered(criterion, given.get(criterion.pk))]


def is_answered(criterion: Criterion, score: Score | None) -> bool:
    if score is None:
        return False
    has_value = score.value is not None and criterion.kind != CriterionKind.TEXT
    return has_value or bool(score.remark.strip())


def locked(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("plan", "rubric", "evaluator")
    return rows.get(pk=evaluation.pk)


def fillable(evaluation: Evaluation, by: User) -> Evaluation:
    """The evaluation, locked, when this person can fill it in now."""
    stored = locked(evaluation)
    if refusal := why_shut(stored, by):
        raise ValidationError(refusal)
    return stored


def why_shut(evaluation: Evaluation, by: User | None) -> str:
    """Why this person cannot fill it in now; empty when that can be done. None: whoever it is."""
    if evaluation.published_on:
        return PUBLISHED
    if by is not None and evaluation.evaluator_id not in {None, by.pk}:
        return NOT_YOURS
    if evaluation.submitted_on and not evaluation.check_sent_on:
        return SUBMITTED
    if evaluation.check_sent_on and not evaluation.is_check_over(on=timezone.localdate()):
        return CHECKING
    return ""


def _write(evaluation: Evaluation, scores: Scores) -> None:
    """Only what differs; an empty answer that was never there makes no row."""
    present = {score.criterion_id: score for score in evaluation.scores.all()}
    for criterion_id, given in scores.items():
        score = present.get(criterion_id) or Score(evaluation=evaluation, criterion_id=criterion_id)
        changed = [name for name, value in given.items() if getattr(score, name) != value]
        for name in changed:
            setattr(score, name, given[name])
        if changed:
            score.save(update_fields=changed if score.pk else None)


def _columns(names: set[str]) -> list[str]:
    """A vague date is saved with its precision."""
    return sorted(names | ({"evaluated_on_precision"} if "evaluated_on" in names else set()))
