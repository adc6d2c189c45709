"""Scores: within the scale of their criterion, of the right rubric, and frozen with their evaluation."""

from __future__ import annotations

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models

from actionplans.models.evaluations import Evaluation
from actionplans.models.guards import CHANGES, Rule, guard
from actionplans.models.rubrics import Criterion
from mvi_portal.core.constraints import once
from mvi_portal.history import tracked


@tracked()
class Score(models.Model):
    """The score on one criterion: a number within its scale, and where in the plan it rests on.

    Five steps 1–5; yes/no 1 or 0; points 0 up to the maximum; a text has only a remark. No value means
    that there is no judgement (yet).
    """

    evaluation = models.ForeignKey(
        Evaluation, verbose_name="evaluatie", on_delete=models.CASCADE, related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name="criterium", on_delete=models.PROTECT, related_name="scores"
    )
    value = models.SmallIntegerField("score", null=True, blank=True)
    remark = models.TextField("opmerking", blank=True)
    page = models.PositiveIntegerField("bladzijde", null=True, blank=True)
    quote = models.TextField("citaat", blank=True)

    class Meta:
        verbose_name = "score"
        verbose_name_plural = "scores"
        ordering = ["evaluation", "criterion"]
        constraints = [
            once(
                "score",
                "evaluation",
                "criterion",
                message="Dit criterium heeft in deze evaluatie al een score.",
            )
        ]
        triggers = [
            guard(
                pgtrigger.Insert | pgtrigger.Update,
                Rule(
                    "score_within_scale",
                    "NEW.value IS NOT NULL AND NOT EXISTS (SELECT FROM actionplans_criterion criterion"
                    " WHERE criterion.id = NEW.criterion_id"
                    " AND NEW.value BETWEEN criterion.lowest AND criterion.highest)",
                    "Deze score valt buiten de schaal van het criterium.",
                ),
                Rule(
                    "score_criterion_of_rubric",
                    "NOT EXISTS (SELECT FROM actionplans_criterion criterion"
                    " JOIN actionplans_evaluation evaluation ON evaluation.rubric_id = criterion.rubric_id"
                    " WHERE criterion.id = NEW.criterion_id AND evaluation.id = NEW.evaluation_id)",
                    "Dit criterium hoort bij een ander beoordelingskader.",
                ),
                name="score_fits",
            ),
            guard(
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                Rule(
                    "score_frozen",
                    f"{CHANGES} AND EXISTS (SELECT FROM actionplans_evaluation evaluation"
                    " WHERE evaluation.id IN (NEW.evaluation_id, OLD.evaluation_id)"
                    " AND evaluation.published_on IS NOT NULL)",
                    "De scores van een gepubliceerde evaluatie veranderen niet meer. Maak een correctie.",
                ),
                name="score_frozen",
                lock="FROM actionplans_evaluation evaluation"
                " WHERE evaluation.id IN (NEW.evaluation_id, OLD.evaluation_id) FOR SHARE",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {'' if self.value is None else self.value}"

    def clean(self) -> None:
        """The database refuses the same; a form says it at the field."""
        lowest, highest = self.criterion.lowest, self.criterion.highest
        if self.value is not None and (lowest is None or not lowest <= self.value <= highest):
            raise ValidationError({"value": "Deze score valt buiten de schaal van het criterium."})
