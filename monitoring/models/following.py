"""What somebody follows by choice, and when they last looked: for themselves alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from buyergroups.models import BuyerGroup
from monitoring.models.commitments import Commitment
from monitoring.models.frame import PolicyLine
from mvi_portal.core.constraints import once, rule
from signatories.models import Organisation

SUBJECTS = ("line", "group", "organisation", "commitment")


def _exactly_one() -> Q:
    """One of the subjects is filled, and the others are empty."""
    found = Q()
    for chosen in SUBJECTS:
        found |= Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS})
    return found


class Follow(models.Model):
    """A user follows one line, group, organisation or commitment."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gebruiker", on_delete=models.CASCADE, related_name="follows"
    )
    line = models.ForeignKey(
        PolicyLine, verbose_name="lijn", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        BuyerGroup,
        verbose_name="buyer group",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name="toezegging",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "gevolgd onderwerp"
        verbose_name_plural = "gevolgde onderwerpen"
        ordering = ["user", "pk"]
        constraints = [
            rule("follow", "one_subject", _exactly_one(), "Volg precies één onderwerp tegelijk."),
            *(
                once("follow", "user", name, what=f"{name}_once", message="U volgt dit al.")
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return str(next(filter(None, (getattr(self, name) for name in SUBJECTS))))


class Visit(models.Model):
    """The last two days on which a user saw the start page, so that it can tell what came in between."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="gebruiker", on_delete=models.CASCADE, related_name="+"
    )
    last_on = models.DateField("laatste bezoek")
    before_on = models.DateField("bezoek daarvoor", null=True, blank=True)

    class Meta:
        verbose_name = "bezoek aan de startpagina"
        verbose_name_plural = "bezoeken aan de startpagina"
        ordering = ["user"]
        constraints = [
            rule(
                "visit",
                "in_order",
                Q(before_on__isnull=True) | Q(before_on__lt=models.F("last_on")),
                "Het bezoek daarvoor ligt vóór het laatste.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.last_on}"
