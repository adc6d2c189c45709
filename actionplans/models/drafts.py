"""What was made to send to a signatory for the factual check, as it was."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actionplans.models.evaluations import Evaluation
from actionplans.models.guards import Rule, guard
from mvi_portal.core.constraints import once, rule
from mvi_portal.core.dates import long_date
from mvi_portal.core.models import Fact
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked


@tracked()
class CheckDraft(Fact, StoredFile):
    """The draft of a letter in one form. What is made together has one number; its bytes never change.

    The evaluation itself may change after the reaction, so the letter cannot be made again from it.
    """

    evaluation = models.ForeignKey(
        Evaluation, verbose_name="evaluatie", on_delete=models.PROTECT, related_name="drafts"
    )
    number = models.PositiveSmallIntegerField("nummer")
    sent_on = models.DateField("verstuurd op", null=True, blank=True)

    class Meta:
        verbose_name = "concept voor de feitencheck"
        verbose_name_plural = "concepten voor de feitencheck"
        ordering = ["evaluation", "number", "filename"]
        constraints = [
            *file_constraints("checkdraft"),
            rule("checkdraft", "has_file", ~Q(file=""), "Een concept heeft een bestand."),
            rule("checkdraft", "number_positive", Q(number__gte=1), "Concepten tellen vanaf 1."),
            once(
                "checkdraft",
                "evaluation",
                "number",
                "filename",
                message="Van dit concept is dit bestand er al.",
            ),
        ]
        triggers = [
            guard(
                pgtrigger.Update,
                Rule(
                    "checkdraft_frozen",
                    "(OLD.evaluation_id, OLD.number, OLD.file, OLD.filename, OLD.sha256)"
                    " IS DISTINCT FROM (NEW.evaluation_id, NEW.number, NEW.file, NEW.filename, NEW.sha256)",
                    "Een concept dat gemaakt is, verandert niet meer. Maak een nieuw concept.",
                ),
                name="checkdraft_frozen",
            ),
            guard(
                pgtrigger.Delete,
                Rule(
                    "checkdraft_sent_stays",
                    "OLD.sent_on IS NOT NULL",
                    "Een concept dat is verstuurd, blijft bewaard.",
                ),
                name="checkdraft_sent_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename}, SHA-256 {self.sha256}"

    @property
    def told(self) -> str:
        """Which of the drafts it is."""
        made = long_date(timezone.localdate(self.uploaded_at)) if self.uploaded_at else "onbekende datum"
        return f"concept {self.number} van {made}"
