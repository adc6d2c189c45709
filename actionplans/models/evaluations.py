"""Evaluations: a version of a plan, scored with a rubric, mostly in a round; published, it never changes."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from actionplans.models.guards import CHANGES, Rule, guard
from actionplans.models.plans import ActionPlan, PlanVersion
from actionplans.models.rounds import EvaluationRound
from actionplans.models.rubrics import Rubric
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import rule
from mvi_portal.core.dates import PartialDateField, Precision, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange, ordered
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked


class EvaluationState(models.TextChoices):
    """Where an evaluation stands."""

    CHOSEN = "chosen", "gekozen"
    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "ingediend"
    CHECK = "check", "feitencheck"
    PUBLISHED = "published", "gepubliceerd"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def published(self) -> Self:
        return self.filter(published_on__isnull=False)

    def unfinished(self) -> Self:
        """Not published yet."""
        return self.filter(published_on__isnull=True)

    def current(self, *, on: date) -> Self:
        """Published by the day, of each plan in each round the last version: a correction takes its place."""
        known = self.filter(published_on__lte=on)
        last = known.order_by("plan_id", "round_id", "-number").distinct("plan_id", "round_id")
        return self.filter(pk__in=last.values("pk"))

    def with_span(self) -> Self:
        """Annotate `span`: from the day of the evaluation."""
        return self.annotate(span=daterange("evaluated_on", None))

    def evaluated(self, *, on: date) -> Self:
        """Published, with an evaluation date on or before the day."""
        return self.published().filter(evaluated_on__lte=on)


@tracked()
class Evaluation(Fact, StoredFile):
    """The judgement on one version of a plan. A correction is a new one, with a reason."""

    plan = models.ForeignKey(
        ActionPlan, verbose_name="actieplan", on_delete=models.PROTECT, related_name="evaluations"
    )
    version = models.ForeignKey(
        PlanVersion,
        verbose_name="versie van het actieplan",
        on_delete=models.PROTECT,
        related_name="evaluations",
    )
    round = models.ForeignKey(
        EvaluationRound,
        verbose_name="evaluatieronde",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluations",
    )
    rubric = models.ForeignKey(
        Rubric, verbose_name="beoordelingskader", on_delete=models.PROTECT, related_name="evaluations"
    )
    number = models.PositiveSmallIntegerField("versienummer", default=1)
    correction_reason = models.CharField("reden van de correctie", max_length=300, blank=True)
    chosen_because = models.CharField("waarom gekozen", max_length=300, blank=True)
    evaluator = models.ForeignKey(
        User,
        verbose_name="beoordelaar",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluations",
    )
    due_on = models.DateField("klaar op", null=True, blank=True)
    started_on = models.DateField("begonnen op", null=True, blank=True)
    submitted_on = models.DateField("ingediend op", null=True, blank=True)
    evaluated_on = PartialDateField(
        "geëvalueerd op", precision_field="evaluated_on_precision", null=True, blank=True
    )
    evaluated_on_precision = PrecisionField("nauwkeurigheid evaluatie")
    check_sent_on = models.DateField("feitencheck verstuurd op", null=True, blank=True)
    check_until = models.DateField("reactie gevraagd tot en met", null=True, blank=True)
    reacted_on = models.DateField("reactie ontvangen op", null=True, blank=True)
    reaction = models.TextField("reactie van de ondertekenaar", blank=True)
    published_on = models.DateField("gepubliceerd op", null=True, blank=True)
    published_by = models.ForeignKey(
        User,
        verbose_name="gepubliceerd door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published_evaluations",
    )
    remark = models.TextField("opmerking", blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        ordering = ["plan", "round", "number"]
        constraints = [
            *file_constraints("evaluation"),
            models.UniqueConstraint(
                fields=["plan", "round", "number"],
                nulls_distinct=False,
                name="evaluation_number_once",
                violation_error_message="Dit versienummer bestaat al bij dit actieplan in deze ronde.",
            ),
            rule(
                "evaluation",
                "correction_has_reason",
                Q(number=1, correction_reason="") | Q(number__gt=1) & ~Q(correction_reason=""),
                "Geef bij een nieuwe versie, en alleen daar, de reden van de correctie.",
            ),
            rule(
                "evaluation",
                "published_has_date",
                Q(published_on__isnull=True) | Q(evaluated_on__isnull=False),
                "Vul vóór de publicatie in wanneer er is geëvalueerd.",
            ),
            # A month or a season ends after a publication within it; only a day can be compared.
            rule(
                "evaluation",
                "published_after_evaluated",
                Q(published_on__isnull=True)
                | ~Q(evaluated_on_precision__in=["", Precision.DAY])
                | Q(published_on__gte=F("evaluated_on")),
                "De publicatie ligt vóór de evaluatie.",
            ),
            rule(
                "evaluation",
                "publisher_has_date",
                Q(published_by__isnull=True) | Q(published_on__isnull=False),
                "Vul in wanneer er is gepubliceerd.",
            ),
            rule(
                "evaluation",
                "published_by_another",
                Q(published_by__isnull=True) | Q(evaluator__isnull=True) | ~Q(published_by=F("evaluator")),
                "Iemand anders dan de beoordelaar publiceert de evaluatie.",
            ),
            # Else a second person cannot be told from the first.
            rule(
                "evaluation",
                "submitted_has_evaluator",
                Q(submitted_on__isnull=True, published_by__isnull=True) | Q(evaluator__isnull=False),
                "Vul in wie heeft beoordeeld: zonder beoordelaar wordt een evaluatie niet ingediend.",
            ),
            ordered("evaluation", "started_on", "submitted_on"),
            ordered("evaluation", "submitted_on", "check_sent_on"),
            ordered("evaluation", "check_sent_on", "check_until"),
            ordered("evaluation", "check_sent_on", "reacted_on"),
        ]
        triggers = [
            guard(
                pgtrigger.Update | pgtrigger.Delete,
                Rule(
                    "evaluation_frozen",
                    f"OLD.published_on IS NOT NULL AND {CHANGES}",
                    "Een gepubliceerde evaluatie verandert niet meer. Maak een correctie.",
                ),
                name="evaluation_frozen",
            ),
            guard(
                pgtrigger.Update,
                Rule(
                    "evaluation_evaluator_kept",
                    "OLD.submitted_on IS NOT NULL AND NEW.submitted_on IS NOT NULL"
                    " AND OLD.evaluator_id IS NOT NULL"
                    " AND NEW.evaluator_id IS DISTINCT FROM OLD.evaluator_id",
                    "De evaluatie is ingediend: de beoordelaar blijft dezelfde.",
                ),
                name="evaluation_evaluator_kept",
            ),
            guard(
                pgtrigger.Insert | pgtrigger.Update,
                Rule(
                    "evaluation_rubric_published",
                    "NOT EXISTS (SELECT FROM actionplans_rubric rubric"
                    " WHERE rubric.id = NEW.rubric_id AND rubric.published_on IS NOT NULL)",
                    "Evalueer met een gepubliceerd beoordelingskader.",
                ),
                Rule(
                    "evaluation_rubric_of_round",
                    "EXISTS (SELECT FROM actionplans_evaluationround round"
                    " WHERE round.id = NEW.round_id AND round.rubric_id <> NEW.rubric_id)",
                    "Deze ronde heeft een ander beoordelingskader.",
                ),
                Rule(
                    "evaluation_rubric_kept",
                    "NEW.rubric_id IS DISTINCT FROM OLD.rubric_id AND EXISTS"
                    " (SELECT FROM actionplans_score score WHERE score.evaluation_id = NEW.id)",
                    "Deze evaluatie heeft al scores met een ander beoordelingskader.",
                ),
                Rule(
                    "evaluation_version_of_plan",
                    "NOT EXISTS (SELECT FROM actionplans_planversion version"
                    " WHERE version.id = NEW.version_id AND version.plan_id = NEW.plan_id)",
                    "Deze versie hoort bij een ander actieplan.",
                ),
                Rule(
                    "evaluation_after_receipt",
                    "EXISTS (SELECT FROM actionplans_planversion version"
                    " WHERE version.id = NEW.version_id AND version.received_on > NEW.evaluated_on)",
                    "De evaluatie ligt vóór de ontvangst van het actieplan.",
                ),
                name="evaluation_fits",
                lock="FROM actionplans_planversion version WHERE version.id = NEW.version_id FOR SHARE",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, evaluatie {self.number}"

    @property
    def natural(self) -> str:
        """Needs `plan` and `round` loaded."""
        return f"{self.plan.slug}:{self.round.slug if self.round else ''}:{self.number}"

    def is_check_over(self, *, on: date) -> bool:
        """The signatory reacted, or let the term pass."""
        if self.check_sent_on is None:
            return False
        return self.reacted_on is not None or (self.check_until is not None and self.check_until < on)

    @property
    def state(self) -> EvaluationState:
        """How far it came, by its dates."""
        if self.published_on:
            return EvaluationState.PUBLISHED
        if self.check_sent_on:
            return EvaluationState.CHECK
        if self.submitted_on:
            return EvaluationState.SUBMITTED
        return EvaluationState.DRAFT if self.started_on else EvaluationState.CHOSEN
