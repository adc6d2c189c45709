"""Why a figure has another value than in an earlier version or letter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mvi_portal.core.constraints import once, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter


@tracked()
class FigureReason(models.Model):
    """A figure went from one value to another, came or went, and this is why; a step has one reason."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="figure_reasons"
    )
    figure_key = models.CharField("cijfer", max_length=100)
    before = models.IntegerField("was", null=True, blank=True, help_text="Leeg: het cijfer stond er niet.")
    after = models.IntegerField("is", null=True, blank=True, help_text="Leeg: het cijfer staat er niet meer.")
    why = models.CharField("waarom", max_length=500)
    at = models.DateTimeField("vastgelegd op", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vastgelegd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="figure_reasons",
    )

    class Meta:
        verbose_name = "reden van een gewijzigd cijfer"
        verbose_name_plural = "redenen van gewijzigde cijfers"
        ordering = ["letter", "figure_key", "before"]
        constraints = [
            once(
                "figurereason",
                "letter",
                "figure_key",
                "before",
                "after",
                message="Voor deze wijziging staat er al een reden.",
                nulls_distinct=False,
            ),
            rule("figurereason", "moved", ~Q(before=F("after")), "Het cijfer is niet gewijzigd."),
            rule(
                "figurereason",
                "has_a_side",
                Q(before__isnull=False) | Q(after__isnull=False),
                "Een cijfer dat er niet was en er niet is, is niet gewijzigd.",
            ),
            rule("figurereason", "why_given", ~Q(why=""), "Vul de reden in."),
        ]

    def __str__(self) -> str:
        return f"{self.figure_key}: {self.before} → {self.after}"
