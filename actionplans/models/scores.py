"""Scores: within the scale of their criterion, of the right rubric, and frozen with their evaluation."""

from __future__ import annotations

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models

from actionplans.models.evaluations import Evaluation
from actionplans.models.guards import Rule, guard_statements
from actionplans.models.rubrics import Criterion
from mvi_portal.core.constraints import once
from mvi_portal.history import tracked

LAST_PAGE = 9_999  # further than any plan goes


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
            *guard_statements(
                pgtrigger.Insert,
                pgtrigger.Update,
                rules=[
                    Rule(
                        "score_within_scale",
                        "EXISTS (SELECT FROM new_values score"
                        " LEFT JOIN actionplans_criterion criterion ON criterion.id = score.criterion_id"
                        " WHERE score.value IS NOT NULL"
                        " AND (score.value BETWEEN criterion.lowest AND criterion.highest) IS NOT TRUE)",
                        "Deze score valt buiten de schaal van het criterium.",
                    ),
                    Rule(
                        "score_criterion_of_rubric",
                        "EXISTS (SELECT FROM new_values score"
                        " LEFT JOIN actionplans_criterion criterion ON criterion.id = score.criterion_id"
                        " LEFT JOIN actionplans_evaluation evaluation ON evaluation.id = score.evaluation_id"
                        " WHERE (criterion.rubric_id = evaluation.rubric_id) IS NOT TRUE)",
                        "Dit criterium hoort bij een ander beoordelingskader.",
                    ),
                ],
                name="score_fits",
            ),
            *guard_statements(
                pgtrigger.Insert,
                pgtrigger.Update,
                pgtrigger.Delete,
                rules=[
                    Rule(
                        "score_frozen",
                        "EXISTS (SELECT FROM rows_changed score"
                        " JOIN actionplans_evaluation evaluation ON evaluation.id = score.evaluation_id"
                        " WHERE evaluation.published_on IS NOT NULL)",
                        "De scores van een gepubliceerde evaluatie veranderen niet meer. Maak een correctie.",
                    )
                ],
                name="score_frozen",
                lock="FROM actionplans_evaluation evaluation WHERE evaluation.id IN"
                " (SELECT evaluation_id FROM rows_changed score) ORDER BY evaluation.id FOR SHARE",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {'' if self.value is None else self.value}"

    def clean(self) -> None:
        """The database refuses the same; a form says it at the field."""
        lowest, highest = self.criterion.lowest, self.criterion.highest
        if self.value is not None and (lowest is None or not lowest <= self.value <= highest):
            raise ValidationError({"value": "Deze score valt buiten de schaal van het criterium."})
