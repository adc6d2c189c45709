"""The internal line: who looks at a letter before the office-holder decides, and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import known, rule
from mvi_portal.files.models import SHA256, StoredFile, file_constraints
from mvi_portal.history import tracked
from reports.models.letters import Letter
from reports.models.locking import locked_when_sent
from signatories.models import Office


@tracked()
class LineStep(models.Model):
    """A step that every letter passes through after all agreed, as the secretariat has set the line up."""

    title = models.CharField("stap", max_length=100, unique=True, help_text="Een functie: 'directeur'.")
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "stap van de ambtelijke lijn"
        verbose_name_plural = "stappen van de ambtelijke lijn"
        ordering = ["order", "pk"]
        constraints = [rule("linestep", "title_given", ~Q(title=""), "Geef de stap een naam.")]

    def __str__(self) -> str:
        return self.title


class Recorded(StoredFile):
    """What every record in the line holds. A record is never changed: a later one comes beside it."""

    remark = models.TextField("opmerking", blank=True)
    proof = models.CharField(
        "bewijs", max_length=300, blank=True, help_text="Bijvoorbeeld de mail of het verslag, met datum."
    )
    text_sha256 = models.CharField("over de tekst", max_length=64)
    recorded_at = models.DateTimeField("vastgelegd op", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vastgelegd door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="recorded_%(class)ss",
    )

    class Meta:
        abstract = True


@tracked()
class LineRecord(Recorded):
    """Somebody in the line looked at the letter: in which function, when, and what was said."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="line_records"
    )
    step = models.CharField("stap", max_length=100)
    function = models.CharField("functie", max_length=200)
    done_on = models.DateField("gezien op")

    class Meta:
        verbose_name = "stap in de lijn"
        verbose_name_plural = "stappen in de lijn"
        ordering = ["letter", "-recorded_at", "-pk"]
        constraints = [
            *file_constraints("linerecord"),
            rule("linerecord", "function_given", ~Q(function=""), "Vul de functie in."),
            rule("linerecord", "text_form", Q(text_sha256__regex=SHA256), "Dit is geen SHA-256."),
        ]
        triggers = locked_when_sent("linerecord", free=["recorded_by"])

    def __str__(self) -> str:
        return f"{self.letter}: {self.step}"


class Verdict(models.TextChoices):
    """What an office-holder decides on the note."""

    AGREED = "agreed", "akkoord"
    WITH_CHANGE = "with-change", "akkoord met wijziging"
    DISCUSS = "discuss", "bespreken"
    NOT_AGREED = "not-agreed", "niet akkoord"


@tracked()
class Decision(Recorded):
    """What the holder of an office decided on the letter and its note."""

    letter = models.ForeignKey(
        Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="decisions"
    )
    office = models.ForeignKey(
        Office, verbose_name="ambt", on_delete=models.PROTECT, related_name="letter_decisions"
    )
    verdict = models.CharField("besluit", max_length=20, choices=Verdict.choices)
    decided_on = models.DateField("besloten op")

    class Meta:
        verbose_name = "besluit over een brief"
        verbose_name_plural = "besluiten over brieven"
        ordering = ["letter", "-recorded_at", "-pk"]
        constraints = [
            *file_constraints("decision"),
            known("decision", "verdict", Verdict),
            rule(
                "decision",
                "remark_unless_agreed",
                Q(verdict=Verdict.AGREED) | ~Q(remark=""),
                "Zeg wat er anders moet, of wat er te bespreken is.",
            ),
            rule("decision", "text_form", Q(text_sha256__regex=SHA256), "Dit is geen SHA-256."),
        ]
        triggers = locked_when_sent("decision", free=["recorded_by"])

    def __str__(self) -> str:
        return f"{self.office}: {self.get_verdict_display()}"
