"""Who takes part in a buyer group, as what, and with which project of their own."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from buyergroups.models.groups import BuyerGroup
from mvi_portal.core.constraints import either, known, no_overlap
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange, ordered
from mvi_portal.history import tracked
from signatories.models import Organisation
from signatories.models.organisations import on_day


class ParticipationRole(models.TextChoices):
    """The core brings a project of its own; the network learns along; the market joins the talk."""

    CORE = "core", "kerngroep"
    LEARNING = "learning", "lerend netwerk"
    MARKET = "market", "marktpartij"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_span(self) -> Self:
        """Annotate `span`: the days of the participation itself, whatever the group does."""
        return self.annotate(span=daterange("valid_from", "valid_until"))

    def at(self, *, on: date) -> Self:
        """Taking part on the day."""
        return self.filter(on_day(on))


@tracked()
class Participation(Fact):
    """An organisation of the register, or a party known by name only, in a group for a time."""

    Role = ParticipationRole

    group = models.ForeignKey(
        BuyerGroup, verbose_name="buyer group", on_delete=models.CASCADE, related_name="participations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="group_participations",
    )
    party_name = models.CharField(
        "naam van de partij",
        max_length=200,
        blank=True,
        help_text="Als de partij niet in het register staat.",
    )
    role = models.CharField("rol", max_length=10, choices=ParticipationRole.choices)
    project = models.TextField("toegezegd project", blank=True)
    valid_from = PartialDateField("vanaf", precision_field="valid_from_precision", null=True, blank=True)
    valid_from_precision = PrecisionField("nauwkeurigheid begin")
    valid_until = PartialDateField(
        "tot en met", precision_field="valid_until_precision", null=True, blank=True
    )
    valid_until_precision = PrecisionField("nauwkeurigheid einde")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "deelname aan een buyer group"
        verbose_name_plural = "deelnames aan buyer groups"
        ordering = ["group", "role", "organisation__key", "party_name"]
        constraints = [
            known("participation", "role", ParticipationRole),
            either(
                "participation",
                "one_party",
                Q(organisation__isnull=False),
                ~Q(party_name=""),
                message="Kies een organisatie, of vul de naam van een partij in; niet allebei.",
            ),
            ordered("participation"),
            no_overlap(
                "participation",
                "group",
                "organisation",
                message="Deze organisatie doet in deze periode al mee aan de groep.",
                condition=Q(organisation__isnull=False),
                what="organisation_no_overlap",
            ),
            no_overlap(
                "participation",
                "group",
                "party_name",
                message="Deze partij doet in deze periode al mee aan de groep.",
                condition=~Q(party_name=""),
                what="party_no_overlap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.party_name} ({self.group})"

    @property
    def natural(self) -> str:
        """Needs `group` and `organisation` loaded."""
        party = self.organisation.key if self.organisation else self.party_name
        return f"{self.group.slug}:{party}"
