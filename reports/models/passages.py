"""From state to state: each step that a letter made, forward or back, with who and why."""

from __future__ import annotations

from itertools import combinations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import known, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter, LetterState
from reports.models.locking import locked_when_sent

_FORWARD = Q()
for _earlier, _later in combinations(LetterState, 2):
    _FORWARD |= Q(from_state=_earlier.value, to_state=_later.value)


@tracked()
class Passage(models.Model):
    """A letter went from one state to another."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="passages"
    )
    from_state = models.CharField("van", max_length=20, choices=LetterState.choices)
    to_state = models.CharField("naar", max_length=20, choices=LetterState.choices)
    at = models.DateTimeField("op", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="passages",
    )
    why = models.CharField("waarom", max_length=300, blank=True)

    class Meta:
        verbose_name = "overgang van een brief"
        verbose_name_plural = "overgangen van brieven"
        ordering = ["letter", "-at", "-pk"]
        constraints = [
            known("passage", "from_state", LetterState),
            known("passage", "to_state", LetterState),
            rule("passage", "why_back", _FORWARD | ~Q(why=""), "Wie een brief terugzet, zegt waarom."),
        ]
        triggers = locked_when_sent("passage", free=["by"])

    def __str__(self) -> str:
        return f"{self.letter}: {self.get_from_state_display()} → {self.get_to_state_display()}"
