"""Offices and who held them: a change of cabinet is data."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange, ordered
from mvi_portal.history import tracked
from signatories.models.organisations import Organisation, on_day


@tracked()
class Office(Fact):
    """A function that signs: a minister, a state secretary, an alderman, a dike-reeve."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="offices"
    )
    slug = models.SlugField("sleutel", max_length=80, unique=True)
    title = models.CharField("functie", max_length=200)
    portfolio = models.CharField("portefeuille", max_length=200, blank=True)
    valid_from = models.DateField("bestaat vanaf", null=True, blank=True)
    valid_until = models.DateField("bestaat tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "ambt"
        verbose_name_plural = "ambten"
        ordering = ["organisation__key", "title"]
        constraints = [ordered("office")]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug

    def holder_on(self, day: date) -> OfficeHolder | None:
        """Who held the office on that day; None when it is not known."""
        return self.holders.filter(on_day(day)).first()


@tracked()
class OfficeHolder(Fact):
    """Who held an office from a day up to and including another: public office, so no personal data."""

    office = models.ForeignKey(Office, verbose_name="ambt", on_delete=models.CASCADE, related_name="holders")
    name = models.CharField("naam", max_length=200)
    valid_from = models.DateField("vanaf", null=True, blank=True)
    valid_until = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "ambtsdrager"
        verbose_name_plural = "ambtsdragers"
        ordering = ["office", "valid_from"]
        constraints = [
            ordered("officeholder"),
            ExclusionConstraint(
                name="officeholder_one_at_a_time",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    (daterange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In deze periode bekleedt al iemand anders dit ambt.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
