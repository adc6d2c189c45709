"""What organisations went over into: mergers, splits, and tasks that went elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from mvi_portal.core.models import Fact
from mvi_portal.history import tracked
from signatories.models.organisations import Organisation


class Event(models.TextChoices):
    """What happened to the predecessor; the words of the TOOI register."""

    MERGER = "merger", "samenvoeging"
    SPLIT = "split", "splitsing"
    EXTENSION = "extension", "uitbreiding"
    REARRANGEMENT = "rearrangement", "herschikking"
    TAKEOVER = "takeover", "overdracht van taken"


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_on__isnull=False)

    def undecided(self) -> Self:
        """Nobody said yet whether the signature goes along."""
        return self.filter(confirmed_on__isnull=True, declined_on__isnull=True)


@tracked()
class Succession(Fact):
    """One organisation goes over into another, in whole or in part.

    The register knows that it happened; only the secretariat says, by confirming, that a signature goes
    along, or by declining that it does not. What is confirmed stands as a Signatory of the successor.
    """

    predecessor = models.ForeignKey(
        Organisation, verbose_name="voorganger", on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Organisation, verbose_name="opvolger", on_delete=models.PROTECT, related_name="origins"
    )
    event = models.CharField("gebeurtenis", max_length=20, choices=Event.choices)
    on = models.DateField("ingangsdatum")
    confirmed_on = models.DateField("bevestigd op", null=True, blank=True)
    declined_on = models.DateField(
        "niet overgenomen op", null=True, blank=True, help_text="De handtekening gaat niet mee."
    )

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        ordering = ["on", "predecessor__key", "successor__key"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"],
                name="succession_once",
                violation_error_message="Deze opvolging staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_other",
                violation_error_message="Een organisatie volgt niet zichzelf op.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(declined_on__isnull=True),
                name="succession_decided_one_way",
                violation_error_message="Een handtekening gaat mee, of niet: kies er een.",
            ),
            models.CheckConstraint(
                condition=Q(event__in=Event.values),
                name="succession_event_known",
                violation_error_message="Deze gebeurtenis bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.on})"

    @property
    def eve(self) -> date:
        """The last day of the predecessor; registers sometimes leave a day between two organisations."""
        eve = self.on - timedelta(days=1)
        ended = self.predecessor.valid_until
        return min(eve, ended) if ended else eve

    @property
    def continues(self) -> bool:
        """Whether the predecessor goes on to exist beside the successor."""
        ended = self.predecessor.valid_until
        return ended is None or ended >= self.on
