"""Personal data: little, with a purpose, and erasable. None of it goes to a public output."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import rule
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

    def in_own_name(self) -> Self:
        """Who stands in for another is left out: a stand-in does not choose the next."""
        return self.filter(stands_in_for__isnull=True)

    def overlapping(self, start: date, end: date) -> Self:
        """Acting on some day from `start` up to and including `end`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=start), valid_from__lte=end)


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
    stands_in_for = models.ForeignKey(
        User,
        verbose_name="vervangt",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="stand_ins",
        help_text="Leeg: handelt uit eigen naam.",
    )

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = "vertegenwoordiger"
        verbose_name_plural = "vertegenwoordigers"
        ordering = ["organisation", "user"]
        constraints = [
            ordered("representative"),
            rule(
                "representative",
                "stand_in_ends",
                Q(stands_in_for__isnull=True) | Q(valid_until__isnull=False),
                "Een vervanging heeft een laatste dag.",
            ),
            rule(
                "representative",
                "stand_in_is_another",
                Q(stands_in_for__isnull=True) | ~Q(user=F("stands_in_for")),
                "Iemand vervangt niet zichzelf.",
            ),
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
