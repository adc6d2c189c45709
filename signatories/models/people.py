"""Personal data: little, with a purpose, and erasable. None of it goes to a public output."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from mvi_portal.accounts.models import User
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange, ordered
from mvi_portal.history import tracked
from signatories.models.organisations import Organisation, on_day


@tracked(exclude=["name", "email", "phone"])
class Contact(Fact):
    """Somebody at an organisation whom the secretariat may write to, and what for."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField("naam", max_length=200, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    purpose = models.CharField("doel", max_length=200)
    checked_on = models.DateField("laatst nagekeken op", null=True, blank=True)
    erased_on = models.DateField("gewist op", null=True, blank=True)

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["organisation", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True) | Q(name="", email="", phone=""),
                name="contact_erased_is_empty",
                violation_error_message="Een gewiste contactpersoon heeft geen gegevens meer.",
            )
        ]

    def __str__(self) -> str:
        return self.name or "gewiste contactpersoon"


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def acting(self, *, on: date) -> Self:
        return self.filter(on_day(on))


@tracked()
class Representative(Fact):
    """For which organisation a user may act, from a day until another."""

    user = models.ForeignKey(
        User, verbose_name="gebruiker", on_delete=models.CASCADE, related_name="representations"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.CASCADE, related_name="representatives"
    )
    valid_from = models.DateField("vanaf")
    valid_until = models.DateField("tot en met", null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = "vertegenwoordiger"
        verbose_name_plural = "vertegenwoordigers"
        ordering = ["organisation", "user"]
        constraints = [
            ordered("representative"),
            ExclusionConstraint(
                name="representative_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (daterange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze gebruiker vertegenwoordigt de organisatie al in deze periode.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} namens {self.organisation}"
