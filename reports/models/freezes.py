"""What a letter's numbers are made of: the register as it was frozen, which nobody can change."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import once, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter

SHA256 = r"^[0-9a-f]{64}$"


class FreezeQuerySet(models.QuerySet["Freeze"]):
    def for_pages(self) -> Self:
        """Without the frozen content, the newest first."""
        return self.select_related("created_by").defer("content").order_by("-number")


@tracked(exclude=["content"])  # its fingerprint is recorded; the text itself never changes
class Freeze(models.Model):
    """All figures of one moment, with their definitions and rows: canonical JSON and its SHA-256.

    The newest counts: from it the letter is printed, and from nothing else.
    """

    letter = models.ForeignKey(Letter, verbose_name="brief", on_delete=models.PROTECT, related_name="freezes")
    number = models.PositiveIntegerField("nummer")
    reference_date = models.DateField("peildatum")
    content = models.TextField("bevroren gegevens")
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField("bevroren op", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="bevroren door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="freezes",
    )

    objects = FreezeQuerySet.as_manager()

    class Meta:
        verbose_name = "bevriezing"
        verbose_name_plural = "bevriezingen"
        ordering = ["letter", "-number"]
        constraints = [
            once("freeze", "letter", "number", message="Dit nummer heeft al een bevriezing."),
            rule("freeze", "sha256_form", Q(sha256__regex=SHA256), "Dit is geen SHA-256."),
            rule("freeze", "with_content", ~Q(content=""), "Een bevriezing heeft gegevens."),
        ]
        triggers = [
            pgtrigger.Protect(
                name="freeze_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "ROW(OLD.letter_id, OLD.number, OLD.reference_date, OLD.content, OLD.sha256) "
                    "IS DISTINCT FROM "
                    "ROW(NEW.letter_id, NEW.number, NEW.reference_date, NEW.content, NEW.sha256)"
                ),
            ),
            pgtrigger.Protect(name="freeze_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, bevriezing {self.number}"
