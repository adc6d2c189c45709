"""What a check found and somebody put aside, by name and with a reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mvi_portal.core.constraints import known, once, rule
from mvi_portal.history import tracked
from reports.models.letters import Letter
from reports.models.locking import locked_when_sent


class CheckKey(models.TextChoices):
    """The checks on a letter; a waiver holds on to the key."""

    WITHOUT_TEXT = "without-text", "onderdeel zonder tekst"
    FIGURE_WITHOUT_VALUE = "figure-without-value", "cijfer zonder waarde"
    TYPED_NUMBER = "typed-number", "getypt getal"
    PUBLISHED_OTHERWISE = "published-otherwise", "eerder anders gepubliceerd"
    CITATION = "citation", "twijfelachtige verwijzing"
    COMMITMENT = "commitment", "toezegging die niet wordt genoemd"
    NAME_OF_DATE = "name-of-date", "naam van een andere datum"
    PERSON = "person", "persoonsnaam"


@tracked()
class Waiver(models.Model):
    """One finding that may stay as it is. `anchor` is of the text: after an edit it is found again."""

    letter = models.ForeignKey(Letter, verbose_name="brief", on_delete=models.CASCADE, related_name="waivers")
    check_key = models.CharField("controle", max_length=30, choices=CheckKey.choices)
    anchor = models.CharField("vingerafdruk", max_length=64)
    told = models.TextField("wat er is gevonden")
    why = models.CharField("waarom", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="waivers",
    )
    at = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "opzij gezette controle"
        verbose_name_plural = "opzij gezette controles"
        ordering = ["letter", "-at", "pk"]
        constraints = [
            known("waiver", "check_key", CheckKey),
            once("waiver", "letter", "check_key", "anchor", message="Dit is al opzij gezet."),
            rule("waiver", "why_given", ~Q(why=""), "Zeg waarom dit opzij kan."),
        ]
        triggers = locked_when_sent("waiver", free=["by"])

    def __str__(self) -> str:
        return f"{self.get_check_key_display()}: {self.told}"[:100]
