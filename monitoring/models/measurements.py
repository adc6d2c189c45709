"""Measured values: each over a period, by a version of the method, as its source states it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, Sum

from monitoring.models.adding import MeasuredField, NotSummable, adds, plain
from monitoring.models.indicators import Basis, Indicator, IndicatorMethod, Qualifier
from mvi_portal.core.constraints import known, no_overlap, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked

if TYPE_CHECKING:
    from collections.abc import Iterable


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def over(self, start: date, end: date) -> Self:
        """The values whose whole period lies from `start` up to and including `end`."""
        return self.filter(period_from__gte=start, period_until__lte=end)

    def total(self) -> Decimal | None:
        """The sum, in the unit of the indicator; None when there is nothing to add.

        Raises NotSummable unless all values are yearly ones of one indicator by one method.
        """
        total: Decimal | None = self.aggregate(total=Sum("value"))["total"]
        return total

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, but a sum or a mean of values that may not be added raises NotSummable."""
        return super().aggregate(*self._asked(args), **self._asked_by_name(kwargs))

    def annotate(self, *args: Any, **kwargs: Any) -> Self:
        """As Django's; likewise."""
        return super().annotate(*self._asked(args), **self._asked_by_name(kwargs))

    def alias(self, *args: Any, **kwargs: Any) -> Self:
        """As Django's; likewise."""
        return super().alias(*self._asked(args), **self._asked_by_name(kwargs))

    def _asked(self, expressions: Iterable[Any]) -> list[Any]:
        """As plain sums, once it is known that these values may be added."""
        found = list(expressions)
        if any(adds(item) for item in found):
            self.refuse_to_add()
        return [plain(item) for item in found]

    def _asked_by_name(self, expressions: dict[str, Any]) -> dict[str, Any]:
        return dict(zip(expressions, self._asked(expressions.values()), strict=True))

    def refuse_to_add(self) -> None:
        """Raises NotSummable unless the values may be added."""
        kinds = self.order_by().values_list("method__indicator__basis", "method").distinct()
        bases = {basis for basis, _method in kinds}
        if bases - {Basis.YEARLY}:
            raise NotSummable("Alleen waarden per jaar zijn op te tellen, en nooit met andere samen.")
        if len(kinds) > 1:
            raise NotSummable("Waarden van verschillende indicatoren of methoden zijn niet op te tellen.")


VALUES_FROM_REGISTER = "De waarden van deze indicator komen uit het register."


@tracked()
class Measurement(Fact):
    """A value over a period (both ends belong to it), as a source states it, by one version of the method."""

    method = models.ForeignKey(
        IndicatorMethod, verbose_name="methode", on_delete=models.PROTECT, related_name="measurements"
    )
    period_from = models.DateField("periode vanaf")
    period_until = models.DateField("periode tot en met")
    value = MeasuredField("waarde", max_digits=20, decimal_places=4)
    qualifier = models.CharField(
        "precisie", max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT
    )
    population = models.PositiveIntegerField(
        "aantal waarnemingen", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    population_note = models.CharField("waarnemingen van", max_length=200, blank=True)
    report_number = models.CharField("rapportnummer", max_length=60, blank=True)
    published_on = PartialDateField(
        "gepubliceerd", precision_field="published_on_precision", null=True, blank=True
    )
    published_on_precision = PrecisionField("nauwkeurigheid publicatie")
    link = models.URLField("link", max_length=500, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["method", "period_from"]
        constraints = [
            known("measurement", "qualifier", Qualifier),
            ordered("measurement", "period_from", "period_until"),
            no_overlap(
                "measurement",
                "method",
                start="period_from",
                end="period_until",
                message="Over deze periode is er volgens deze methode al een waarde.",
            ),
            rule(
                "measurement",
                "population_positive",
                Q(population__isnull=True) | Q(population__gte=1),
                "Het aantal waarnemingen is minstens 1.",
            ),
            rule("measurement", "sourced", ~Q(source=""), "Een waarde heeft een bron."),
        ]
        triggers = [
            refuse(
                "measurement",
                "not_of_a_figure",
                when="EXISTS (SELECT FROM monitoring_indicatormethod method"
                " JOIN monitoring_indicator indicator ON indicator.id = method.indicator_id"
                " WHERE method.id = NEW.method_id AND indicator.figure_key <> '')",
                message=VALUES_FROM_REGISTER,
            )
        ]

    def __str__(self) -> str:
        return f"{self.method.indicator} {self.period}: {self.value.normalize():f}"

    def clean(self) -> None:
        if self.method_id and self.indicator.figure_key:
            raise ValidationError({"method": VALUES_FROM_REGISTER})

    @property
    def indicator(self) -> Indicator:
        return self.method.indicator

    @property
    def period(self) -> str:
        """As printed: "2021-2022" for whole years, "2021" for one, else both days."""
        first, last = self.period_from, self.period_until
        if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
            return f"{first.isoformat()}/{last.isoformat()}"
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"

    @property
    def natural(self) -> str:
        """Needs `method` with its indicator loaded."""
        return f"{self.method.natural}:{self.period}"
