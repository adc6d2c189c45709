"""The Manifest that is signed: its themes, and the steps of ambition that it asks for."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from mvi_portal.core.constraints import once, rule
from mvi_portal.core.dates import PartialDate, PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked


class Domain(models.TextChoices):
    """The two domains of the national plan."""

    PHYSICAL = "physical", "fysiek domein"
    SOCIAL = "social", "sociaal domein"


@tracked()
class Manifest(Fact):
    """A pledge that organisations sign, and what signing it asks of them."""

    slug = models.SlugField("sleutel", max_length=60, unique=True)
    name = models.CharField("naam", max_length=200)
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    opened_on = models.DateField("eerste ondertekening")
    runs_until = PartialDateField(
        "looptijd tot en met", precision_field="runs_until_precision", null=True, blank=True
    )
    runs_until_precision = PrecisionField("nauwkeurigheid looptijd")
    ended_on = models.DateField(
        "beëindigd op", null=True, blank=True, help_text="Vanaf deze dag geldt geen handtekening meer."
    )
    plan_term_months = models.PositiveSmallIntegerField(
        "termijn voor het actieplan (maanden)",
        default=12,
        help_text="Gerekend vanaf de eigen ondertekening.",
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name="vorig manifest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sequels",
    )

    class Meta:
        verbose_name = "manifest"
        verbose_name_plural = "manifesten"
        ordering = ["opened_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan_term_months__gte=1),
                name="manifest_plan_term_positive",
                violation_error_message="De termijn is minstens één maand.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("opened_on")),
                name="manifest_ended_on_after_opened_on",
                violation_error_message="Het manifest eindigt vóór de eerste ondertekening.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug

    def runs_until_on(self, day: date) -> PartialDate | None:
        """Until when it ran, as was decided by that day."""
        last = self.extensions.filter(decided_on__lte=day).order_by("decided_on").last()
        return last.runs_until if last else self.runs_until


@tracked()
class ManifestExtension(Fact):
    """A Manifest that runs longer than it said: decided on a day, told by a source."""

    manifest = models.ForeignKey(
        Manifest, verbose_name="manifest", on_delete=models.CASCADE, related_name="extensions"
    )
    decided_on = models.DateField("besloten op")
    runs_until = PartialDateField("nieuwe looptijd tot en met", precision_field="runs_until_precision")
    runs_until_precision = PrecisionField("nauwkeurigheid looptijd")
    citation = models.CharField("vindplaats", max_length=200, blank=True)

    class Meta:
        verbose_name = "verlenging van een manifest"
        verbose_name_plural = "verlengingen van manifesten"
        ordering = ["manifest", "decided_on"]
        constraints = [
            once(
                "manifestextension",
                "manifest",
                "decided_on",
                message="Op deze dag is al een verlenging vastgelegd. Wijzig die.",
            ),
            rule(
                "manifestextension",
                "sourced",
                ~Q(source="") | ~Q(citation=""),
                "Zeg waar u dit vond: vul een vindplaats of een bron in.",
            ),
            rule(
                "manifestextension",
                "runs_until_after_decision",
                Q(runs_until__gte=F("decided_on")),
                "De nieuwe looptijd eindigt vóór het besluit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manifest}: verlengd tot en met {self.runs_until}"


@tracked()
class Theme(Fact):
    """One of the Manifest's themes, in which an organisation chooses its step of ambition."""

    manifest = models.ForeignKey(
        Manifest, verbose_name="manifest", on_delete=models.CASCADE, related_name="themes"
    )
    slug = models.SlugField("sleutel", max_length=60)
    name = models.CharField("naam", max_length=200)
    domain = models.CharField("domein", max_length=10, choices=Domain.choices)
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ["manifest", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["manifest", "slug"],
                name="theme_once",
                violation_error_message="Dit thema staat al bij het manifest.",
            ),
            models.UniqueConstraint(
                fields=["manifest", "order"],
                name="theme_order_once",
                violation_error_message="Deze plaats in de volgorde is al bezet.",
            ),
            models.CheckConstraint(
                condition=Q(domain__in=Domain.values),
                name="theme_domain_known",
                violation_error_message="Dit domein bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug


@tracked()
class Step(Fact):
    """A step on the Manifest's own scale of ambition: 1 Afweging … 5 Leiderschap."""

    manifest = models.ForeignKey(
        Manifest, verbose_name="manifest", on_delete=models.CASCADE, related_name="steps"
    )
    number = models.PositiveSmallIntegerField(
        "nummer", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    name = models.CharField("naam", max_length=60)

    class Meta:
        verbose_name = "ambitiestap"
        verbose_name_plural = "ambitiestappen"
        ordering = ["manifest", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["manifest", "number"],
                name="step_once",
                violation_error_message="Deze stap staat al bij het manifest.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=5),
                name="step_from_one_to_five",
                violation_error_message="Een stap heeft een nummer van 1 tot en met 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
