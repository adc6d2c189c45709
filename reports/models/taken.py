"""What was taken over into a section, so that nobody takes it twice unknowing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from mvi_portal.core.constraints import once
from mvi_portal.history import tracked
from reports.models.letters import Section


@tracked()
class Taken(models.Model):
    """A proposal that was put into the text; what became of it there, the text tells."""

    section = models.ForeignKey(
        Section, verbose_name="sectie", on_delete=models.CASCADE, related_name="taken"
    )
    key = models.CharField("sleutel", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_material",
    )
    at = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "overgenomen materiaal"
        verbose_name_plural = "overgenomen materiaal"
        ordering = ["section", "at", "pk"]
        constraints = [once("taken", "section", "key", message="Dit is al overgenomen.")]

    def __str__(self) -> str:
        return f"{self.section}: {self.key}"
