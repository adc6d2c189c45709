"""The texts that parties had before them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import once, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter
from reports.models.locking import locked_when_sent


@tracked()
class Reading(models.Model):
    """The text of a letter as parties had it before them: its paragraphs, and the figures in each.

    `content` is what `agreement.reading` writes. The same text again is the same row, unless another one came
    between: on each day it is known which text parties had.
    """

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="readings"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.JSONField("inhoud")
    taken_at = models.DateTimeField("van", default=timezone.now)

    class Meta:
        verbose_name = "lezing van een brief"
        verbose_name_plural = "lezingen van brieven"
        ordering = ["letter", "-taken_at", "-pk"]
        constraints = [
            once(
                "reading",
                "letter",
                "taken_at",
                message="Op dit moment is al een tekst van de brief vastgelegd.",
                what="moment_once",
            ),
            rule("reading", "sha256_form", Q(sha256__regex=r"^[0-9a-f]{64}$"), "Dit is geen SHA-256."),
        ]
        triggers = [
            *locked_when_sent("reading"),
            pgtrigger.Protect(  # what was agreed to
                name="reading_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["taken_at"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Lezing van {self.letter}, {self.sha256[:12]}"
