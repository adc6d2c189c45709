"""Plans, their clock and their evaluations: valid rows without arguments."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import factory

from actionplans.models import (
    ActionPlan,
    Ambition,
    Answer,
    CheckDraft,
    Criterion,
    CriterionKind,
    Delay,
    Evaluation,
    EvaluationRound,
    Inquiry,
    PlanCoverage,
    PlanVersion,
    Reminder,
    ReminderKind,
    Rubric,
    Score,
)
from signatories.models import Signature
from tests.factories.signatories import ActorFactory, SignatureFactory, ThemeFactory

RECEIVED_ON = date(2023, 11, 1)
EVALUATED_ON = date(2024, 5, 15)


class ActionPlanFactory(factory.django.DjangoModelFactory[ActionPlan]):
    class Meta:
        model = ActionPlan

    slug = factory.Sequence(lambda n: f"actieplan-{n}")
    title = "Actieplan MVOI"

    @classmethod
    def covering(cls, *signatures: Signature, **fields: Any) -> ActionPlan:
        """A plan that stands for these signatures."""
        plan: ActionPlan = cls.create(**fields)
        plan.signatures.set(signatures)
        return plan


class PlanCoverageFactory(factory.django.DjangoModelFactory[PlanCoverage]):
    class Meta:
        model = PlanCoverage

    plan = factory.SubFactory(ActionPlanFactory)
    signature = factory.SubFactory(SignatureFactory)


class PlanVersionFactory(factory.django.DjangoModelFactory[PlanVersion]):
    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(ActionPlanFactory)
    number = factory.LazyAttribute(lambda version: version.plan.versions.count() + 1)
    received_on = RECEIVED_ON


class AmbitionFactory(factory.django.DjangoModelFactory[Ambition]):
    class Meta:
        model = Ambition

    plan = factory.SubFactory(ActionPlanFactory)
    theme = factory.SubFactory(ThemeFactory)
    step = 3


class DelayFactory(factory.django.DjangoModelFactory[Delay]):
    class Meta:
        model = Delay

    signature = factory.SubFactory(SignatureFactory)
    announced_on = date(2023, 10, 1)
    until = date(2024, 3, 1)


class InquiryFactory(factory.django.DjangoModelFactory[Inquiry]):
    class Meta:
        model = Inquiry

    signature = factory.SubFactory(SignatureFactory)
    asked_on = date(2024, 1, 15)
    answer = Answer.NOTHING


class ReminderFactory(factory.django.DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    signature = factory.SubFactory(SignatureFactory)
    kind = ReminderKind.SOON
    due_on = date(2023, 11, 24)
    prepared_at = datetime(2023, 10, 25, 6, tzinfo=UTC)


class RubricFactory(factory.django.DjangoModelFactory[Rubric]):
    class Meta:
        model = Rubric

    slug = factory.Sequence(lambda n: f"kader-{n}")
    name = "Voorbeeldkader"
    is_example = True

    @classmethod
    def published(cls, **fields: Any) -> Rubric:
        """With a criterion of each kind, its code the kind; so frozen."""
        rubric: Rubric = cls.create(**fields)
        for kind in CriterionKind:
            points = 10 if kind is CriterionKind.POINTS else None
            CriterionFactory(rubric=rubric, code=kind.value, kind=kind, max_points=points)
        rubric.published_on = date(2023, 6, 1)
        rubric.save()
        return rubric


class CriterionFactory(factory.django.DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    rubric = factory.SubFactory(RubricFactory)
    code = factory.Sequence(lambda n: f"criterium-{n}")
    order = factory.Sequence(int)
    name = "De acties zijn concreet"
    kind = CriterionKind.FIVE_STEP


class EvaluationRoundFactory(factory.django.DjangoModelFactory[EvaluationRound]):
    class Meta:
        model = EvaluationRound

    slug = factory.Sequence(lambda n: f"ronde-{n}")
    name = "Evaluatieronde mei 2024"
    rubric = factory.LazyFunction(RubricFactory.published)


class EvaluationFactory(factory.django.DjangoModelFactory[Evaluation]):
    class Meta:
        model = Evaluation

    version = factory.SubFactory(PlanVersionFactory)
    plan = factory.SelfAttribute("version.plan")
    rubric = factory.LazyFunction(RubricFactory.published)
    submitted_on = None
    evaluator = factory.Maybe("submitted_on", yes_declaration=factory.SubFactory(ActorFactory))

    @classmethod
    def published(cls, **fields: Any) -> Evaluation:
        """Evaluated and published, so frozen."""
        dates = {"evaluated_on": EVALUATED_ON, "published_on": date(2024, 6, 30)}
        evaluation: Evaluation = cls.create(**{**dates, **fields})
        return evaluation


class ScoreFactory(factory.django.DjangoModelFactory[Score]):
    class Meta:
        model = Score

    evaluation = factory.SubFactory(EvaluationFactory)
    criterion = factory.LazyAttribute(
        lambda score: score.evaluation.rubric.criteria.get(code=CriterionKind.FIVE_STEP.value)
    )
    value = 3


class CheckDraftFactory(factory.django.DjangoModelFactory[CheckDraft]):
    class Meta:
        model = CheckDraft

    evaluation = factory.SubFactory(EvaluationFactory)
    number = 1
    file = factory.django.FileField(filename="concept.pdf", data=b"%PDF-1.7 concept")
    filename = "concept.pdf"
    sha256 = hashlib.sha256(b"%PDF-1.7 concept").hexdigest()
    uploaded_at = datetime(2024, 5, 16, 9, tzinfo=UTC)
