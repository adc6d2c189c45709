"""What goes with a letter, and where."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mvi_portal.core.constraints import known, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter
from reports.models.locking import locked_when_sent


class AnnexKind(models.TextChoices):
    """A document from elsewhere is only listed; the others are tables made from the register."""

    DOCUMENT = "document", "los document"
    FIGURES = "figures", "tabel van alle cijfers"
    SOURCES = "sources", "verantwoording van alle cijfers"
    SIGNATORIES = "signatories", "lijst van ondertekenaars"
    PLANS = "plans", "lijst van actieplannen"
    BUYER_GROUPS = "buyergroups", "lijst van buyer groups"


class AnnexPlace(models.TextChoices):
    """Where a table that is made from the register goes."""

    INSIDE = "inside", "in de brief"
    SEPARATE = "separate", "als los document"


@tracked()
class Annex(models.Model):
    """What goes with the letter."""

    letter = models.ForeignKey(Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="annexes")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("soort", max_length=20, choices=AnnexKind.choices, default=AnnexKind.DOCUMENT)
    place = models.CharField(
        "plaats",
        max_length=10,
        choices=AnnexPlace.choices,
        default=AnnexPlace.INSIDE,
        help_text="Een lange lijst leest beter als los document; de brief noemt haar dan alleen.",
    )

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "number"],
                name="annex_number_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two can change places
                violation_error_message="Dit nummer heeft al een bijlage.",
            ),
            rule("annex", "number_from_one", Q(number__gte=1), "Bijlagen nummeren vanaf 1."),
            known("annex", "kind", AnnexKind),
            known("annex", "place", AnnexPlace),
        ]
        triggers = locked_when_sent("annex")

    def __str__(self) -> str:
        return f"Bijlage {self.number}: {self.title}"

    @property
    def is_separate(self) -> bool:
        """A document of its own; one from elsewhere always is."""
        return self.kind == AnnexKind.DOCUMENT or self.place == AnnexPlace.SEPARATE
