"""The phases of a buyer group, as dated rows."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from mvi_portal.core.constraints import known, no_overlap, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.organisations import on_day


class PhaseKind(models.TextChoices):
    """From start to end; a group ends completed or stopped."""

    START = "start", "start"
    MARKET = "market", "marktvisie en -strategie"
    IMPLEMENTATION = "implementation", "implementatie"
    COMPLETED = "completed", "afgerond"
    STOPPED = "stopped", "gestopt"


FINAL = (PhaseKind.COMPLETED, PhaseKind.STOPPED)


class PhaseQuerySet(models.QuerySet["Phase"]):
    def at(self, *, on: date) -> Self:
        """The phases that hold on the day: at most one for a group."""
        return self.filter(on_day(on))

    def final(self) -> Self:
        """Completed or stopped: the group has ended."""
        return self.filter(kind__in=FINAL)


@tracked()
class Phase(Fact):
    """What a group does from a date until a day; the last phase, completed or stopped, has no end.

    The beginning can be as vague as it is known ("najaar 2021") and counts on its last day. The end is the
    day before the next phase counts.
    """

    Kind = PhaseKind

    group = models.ForeignKey(
        "buyergroups.BuyerGroup", verbose_name="buyer group", on_delete=models.CASCADE, related_name="phases"
    )
    kind = models.CharField("fase", max_length=20, choices=PhaseKind.choices)
    valid_from = PartialDateField("vanaf", precision_field="valid_from_precision")
    valid_from_precision = PrecisionField("nauwkeurigheid begin")
    valid_until = models.DateField("tot en met", null=True, blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = "fase van een buyer group"
        verbose_name_plural = "fasen van buyer groups"
        ordering = ["group", "valid_from"]
        constraints = [
            known("phase", "kind", PhaseKind),
            ordered("phase"),
            no_overlap("phase", "group", message="De groep is in deze periode al in een andere fase."),
            rule(
                "phase",
                "final_stays_open",
                Q(valid_until__isnull=True) | ~Q(kind__in=FINAL),
                "Een afgeronde of gestopte groep blijft dat: laat de einddatum leeg.",
            ),
        ]
        triggers = [
            refuse(
                "phase",
                "not_before_start",
                when="EXISTS (SELECT FROM buyergroups_buyergroup parent"
                " WHERE parent.id = NEW.group_id AND parent.started_on > NEW.valid_from)",
                message="De fase begint vóór de start van de groep.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_kind_display()}"

    @property
    def natural(self) -> str:
        """Needs `group` loaded."""
        return f"{self.group.slug}:{self.kind}:{self.valid_from.last_day.isoformat()}"
