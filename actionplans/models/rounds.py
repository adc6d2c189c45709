"""Rounds of evaluations: plans that are judged together with one rubric."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models

from actionplans.models.guards import Rule, guard
from actionplans.models.rubrics import Rubric
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.prose import ProseField
from mvi_portal.history import tracked


class EvaluationRoundQuerySet(models.QuerySet["EvaluationRound"]):
    def open(self) -> Self:
        """Not closed: plans can come in, evaluations go on."""
        return self.filter(closed_on__isnull=True)


@tracked()
class EvaluationRound(Fact):
    """Plans that are evaluated together with one rubric, and what that taught."""

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    name = models.CharField("naam", max_length=200)
    rubric = models.ForeignKey(
        Rubric, verbose_name="beoordelingskader", on_delete=models.PROTECT, related_name="rounds"
    )
    starts_on = PartialDateField("begint op", precision_field="starts_on_precision", null=True, blank=True)
    starts_on_precision = PrecisionField("nauwkeurigheid begin")
    due_on = models.DateField("klaar op", null=True, blank=True)
    closed_on = models.DateField("afgesloten op", null=True, blank=True)
    findings = ProseField("bevindingen en aanbevelingen", blank=True)

    objects = EvaluationRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluatieronde"
        verbose_name_plural = "evaluatierondes"
        ordering = ["starts_on", "slug"]
        triggers = [
            guard(
                pgtrigger.Update,
                Rule(
                    "evaluationround_rubric_kept",
                    "NEW.rubric_id <> OLD.rubric_id AND EXISTS (SELECT FROM actionplans_evaluation evaluation"
                    " WHERE evaluation.round_id = NEW.id)",
                    "Deze ronde heeft al evaluaties met een ander beoordelingskader.",
                ),
                name="evaluationround_rubric_kept",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug
