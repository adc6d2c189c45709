"""Who may read what of line C, and how far an evaluation had come on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from actionplans.models import ActionPlan, Evaluation, EvaluationState, Rubric
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, may, scope
from signatories.models.reading import beneath, readable
from signatories.models.signatures import Signature, SignatureQuerySet

SIGNATORIES = "coverages__signature__signatories__organisation"


def plans(user: User, *, today: date) -> QuerySet[ActionPlan]:
    """All plans, or those that stand for the user's own organisations."""
    return readable(ActionPlan.objects.all(), user, SIGNATORIES, on=today)


def signatures(user: User, *, today: date) -> SignatureQuerySet:
    return Signature.objects.visible_to(user, on=today)


def evaluations(user: User, *, today: date, on: date) -> QuerySet[Evaluation]:
    """Of plans that the user may read; what was not published by the day only for who works on it."""
    visible = beneath(Evaluation.objects.all(), "plan", plans(user, today=today))
    works_on_it = scope(user, Action.SEE_SCORES) is Scope.YES
    shown = visible if works_on_it else visible.filter(published_on__lte=on)
    return shown.annotate(state_on_day=_state(on))


def rubrics(user: User) -> QuerySet[Rubric]:
    """What is published for everybody; what is being built for who works with it."""
    works_on_it = scope(user, Action.SEE_SCORES) is Scope.YES
    return Rubric.objects.all() if works_on_it else Rubric.objects.published()


def sees_scores(user: User, evaluation: Evaluation) -> bool:
    """PIANOo and the secretariat; a contact those of the own organisation once they are published.

    Source: the table of roles in the design. The evaluation is one that the user may read.
    """
    if scope(user, Action.SEE_SCORES) is Scope.OWN:
        return evaluation.published_on is not None
    return may(user, Action.SEE_SCORES)


def _state(on: date) -> Case:
    """By its dates, none after the day."""
    return Case(
        When(published_on__lte=on, then=Value(EvaluationState.PUBLISHED)),
        When(check_sent_on__lte=on, then=Value(EvaluationState.CHECK)),
        When(submitted_on__lte=on, then=Value(EvaluationState.SUBMITTED)),
        When(started_on__lte=on, then=Value(EvaluationState.DRAFT)),
        When(Q(pk__isnull=False), then=Value(EvaluationState.CHOSEN)),
        output_field=CharField(),
    )
