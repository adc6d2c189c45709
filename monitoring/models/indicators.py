"""Indicators say what they are; values over a contract's life are never added to yearly ones."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from monitoring.models.frame import PolicyLine
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked
from signatories.models.reading import readable

FIGURE_KEY = r"^[a-z0-9_]+(\.[a-z0-9_]+)+$"


class Direction(models.TextChoices):
    """What is better."""

    UP = "up", "hoger is beter"
    DOWN = "down", "lager is beter"
    NONE = "none", "geen richting"


class Basis(models.TextChoices):
    """Over what time a value is meant. Only yearly amounts can be added up."""

    YEARLY = "yearly", "per jaar"
    CONTRACT_LIFE = "contract_life", "over de looptijd van contracten"
    SHARE = "share", "aandeel of stand, niet op te tellen"


class Qualifier(models.TextChoices):
    """How a source states a value: "minstens 900", "circa 345.000"."""

    EXACT = "exact", "precies"
    AT_LEAST = "at-least", "minstens"
    ABOUT = "about", "circa"


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: User, *, on: date) -> Self:
        """Of no organisation, so not for a contact."""
        return readable(self, user, on=on)


@tracked()
class Indicator(Fact):
    """What is measured, in which unit and over what time.

    With a `figure_key` the register's own figure is the indicator: nobody types its values.
    """

    Basis = Basis
    Direction = Direction

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
    )
    name = models.CharField("naam", max_length=200)
    definition = models.TextField("definitie")
    unit = models.CharField("eenheid", max_length=60)
    direction = models.CharField("richting", max_length=10, choices=Direction.choices, default=Direction.NONE)
    basis = models.CharField("grondslag", max_length=20, choices=Basis.choices)
    figure_key = models.CharField(
        "cijfer van het register",
        max_length=80,
        blank=True,
        help_text="Bijvoorbeeld ondertekenaars.gemeenten. De waarden komen dan uit het register.",
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["name"]
        constraints = [
            known("indicator", "direction", Direction),
            known("indicator", "basis", Basis),
            rule(
                "indicator",
                "defined",
                ~Q(definition="") & ~Q(unit=""),
                "Een indicator heeft een definitie en een eenheid.",
            ),
            rule(
                "indicator",
                "figure_key_form",
                Q(figure_key="") | Q(figure_key__regex=FIGURE_KEY),
                "Dit is geen sleutel van een cijfer.",
            ),
            once(
                "indicator",
                "figure_key",
                message="Dit cijfer is al een indicator.",
                condition=~Q(figure_key=""),
                what="figure_key_once",
            ),
        ]
        triggers = [
            refuse(
                "indicator",
                "figure_without_measurements",
                when="NEW.figure_key <> '' AND EXISTS (SELECT FROM monitoring_measurement value"
                " JOIN monitoring_indicatormethod method ON method.id = value.method_id"
                " WHERE method.indicator_id = NEW.id)",
                message="Deze indicator heeft al waarden die zijn ingevoerd.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug


@tracked()
class IndicatorMethod(Fact):
    """A version of how the indicator is measured; a version may break the series."""

    indicator = models.ForeignKey(
        Indicator, verbose_name="indicator", on_delete=models.CASCADE, related_name="methods"
    )
    version = models.PositiveSmallIntegerField("versie", default=1)
    valid_from = models.DateField("voor perioden vanaf", null=True, blank=True)
    description = models.TextField("omschrijving")
    breaks_series = models.BooleanField(
        "reeksbreuk",
        default=False,
        help_text="Niet te vergelijken met de waarden van de vorige versie.",
    )

    class Meta:
        verbose_name = "meetmethode"
        verbose_name_plural = "meetmethoden"
        ordering = ["indicator", "version"]
        constraints = [
            once(
                "indicatormethod",
                "indicator",
                "version",
                message="Deze versie van de methode bestaat al.",
                what="version_once",
            ),
            once(
                "indicatormethod",
                "indicator",
                "valid_from",
                message="Vanaf deze dag geldt al een andere versie.",
                what="start_once",
            ),
            rule("indicatormethod", "version_positive", Q(version__gte=1), "Een versie begint bij 1."),
            rule(
                "indicatormethod",
                "later_versions_start",
                Q(version=1) | Q(valid_from__isnull=False),
                "Zeg vanaf wanneer deze versie van de methode geldt.",
            ),
            rule(
                "indicatormethod",
                "first_breaks_nothing",
                Q(breaks_series=False) | Q(version__gt=1),
                "De eerste versie kan geen reeks breken.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, methode {self.version}"

    @property
    def natural(self) -> str:
        """Needs `indicator` loaded."""
        return f"{self.indicator.slug}:{self.version}"


@tracked()
class IndicatorTarget(Fact):
    """The value that an indicator is meant to have by a date."""

    indicator = models.ForeignKey(
        Indicator, verbose_name="indicator", on_delete=models.CASCADE, related_name="targets"
    )
    due_on = PartialDateField("te bereiken", precision_field="due_on_precision")
    due_on_precision = PrecisionField("nauwkeurigheid streefdatum")
    value = models.DecimalField("streefwaarde", max_digits=20, decimal_places=4)
    citation = models.CharField("vindplaats", max_length=200, blank=True)

    class Meta:
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        ordering = ["indicator", "due_on"]
        constraints = [
            once(
                "indicatortarget", "indicator", "due_on", message="Voor deze datum is er al een streefwaarde."
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f} ({self.due_on})"

    @property
    def natural(self) -> str:
        """Needs `indicator` loaded."""
        return f"{self.indicator.slug}:{self.due_on.last_day.isoformat()}"
