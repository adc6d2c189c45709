"""The file that truly went, and where it says something else than was frozen."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mvi_portal.core.constraints import known, once, rule, together
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked
from reports.models.letters import Letter
from reports.models.versions import LetterVersion


@tracked()
class SentFile(StoredFile):
    """What truly went to parliament: signed, with its own date and reference, often in the house template.

    Its citation, the number that parliament gave it, follows later; nothing else changes any more.
    """

    letter = models.OneToOneField(
        Letter, verbose_name="brief", on_delete=models.PROTECT, related_name="sent_file"
    )
    version = models.ForeignKey(
        LetterVersion,
        verbose_name="versie waarvan dit de verzonden brief is",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_files",
    )
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    dated = models.DateField("datum op de brief", null=True, blank=True)
    reference = models.CharField("kenmerk op de brief", max_length=100, blank=True)
    sent_on = models.DateField("verzonden op")
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    is_compared = models.BooleanField(
        "vergeleken", default=True, help_text="Nee: er staat geen tekst in, zoals in een scan."
    )

    class Meta:
        verbose_name = "verzonden bestand"
        verbose_name_plural = "verzonden bestanden"
        ordering = ["-sent_on", "letter"]
        constraints = [
            *file_constraints("sentfile"),
            rule("sentfile", "has_file", ~Q(file=""), "Kies het bestand dat is verzonden."),
        ]
        triggers = [
            pgtrigger.Protect(
                name="sent_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["citation"]),
            ),
            pgtrigger.Protect(name="sent_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Verzonden bestand van {self.letter}"


class DifferenceKind(models.TextChoices):
    TEXT = "text", "tekst"
    FIGURE = "figure", "cijfer"
    AROUND = "around", "buiten de tekst"


class SentDifferenceQuerySet(models.QuerySet["SentDifference"]):
    def of_the_text(self) -> Self:
        """What the letter says otherwise; the head and the signature of the house are none of it."""
        return self.exclude(kind=DifferenceKind.AROUND)

    def around(self) -> Self:
        return self.filter(kind=DifferenceKind.AROUND)


@tracked()
class SentDifference(models.Model):
    """Where what was sent says something else than what was frozen; why, the secretariat tells afterwards."""

    sent_file = models.ForeignKey(
        SentFile, verbose_name="verzonden bestand", on_delete=models.CASCADE, related_name="differences"
    )
    number = models.PositiveSmallIntegerField("nummer")
    kind = models.CharField("soort", max_length=10, choices=DifferenceKind.choices)
    where = models.CharField("waar", max_length=250, blank=True)
    around = models.CharField("na de woorden", max_length=500, blank=True)
    frozen = models.TextField("bevroren", blank=True)
    sent = models.TextField("verzonden", blank=True)
    explanation = models.CharField("verklaring", max_length=500, blank=True)
    explained_at = models.DateTimeField("verklaard op", null=True, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="verklaard door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="explained_differences",
    )

    objects = SentDifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "verschil met wat is verzonden"
        verbose_name_plural = "verschillen met wat is verzonden"
        ordering = ["sent_file", "number"]
        constraints = [
            known("sentdifference", "kind", DifferenceKind),
            once(
                "sentdifference",
                "sent_file",
                "number",
                message="Dit nummer bestaat al.",
                what="number_once",
            ),
            rule("sentdifference", "differs", ~Q(frozen=F("sent")), "De woorden zijn dezelfde."),
            together(
                "sentdifference",
                "explained_has_moment",
                ~Q(explanation=""),
                Q(explained_at__isnull=False),
                message="Leg vast wanneer het verschil is verklaard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.frozen[:40]} → {self.sent[:40]}"

    @property
    def is_open(self) -> bool:
        """The head and the signature of the house need no explanation."""
        return not self.explanation and self.kind != DifferenceKind.AROUND
