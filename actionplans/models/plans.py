"""Action plans: for which signatures, in which versions, with which ambitions."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from actionplans.models.guards import Rule, guard
from mvi_portal.core.constraints import once, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.finding import Words
from mvi_portal.core.models import Fact
from mvi_portal.core.search import Plain
from mvi_portal.core.spans import daterange, ordered
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def received(self, *, on: date) -> Self:
        """With a version received on or before the day."""
        return self.filter(pk__in=PlanVersion.objects.received(on=on).values("plan"))


@tracked()
class ActionPlan(Fact):
    """How organisations will live up to the Manifest. Stands for one signature, or for several together."""

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    title = models.CharField("titel", max_length=250)
    signatures: models.ManyToManyField[models.Model, PlanCoverage] = models.ManyToManyField(
        "signatories.Signature", through="PlanCoverage", verbose_name="handtekeningen", related_name="plans"
    )
    period_from = PartialDateField(
        "loopt vanaf", precision_field="period_from_precision", null=True, blank=True
    )
    period_from_precision = PrecisionField("nauwkeurigheid begin")
    period_until = PartialDateField(
        "loopt tot en met", precision_field="period_until_precision", null=True, blank=True
    )
    period_until_precision = PrecisionField("nauwkeurigheid einde")
    adopted_on = PartialDateField(
        "vastgesteld op",
        precision_field="adopted_on_precision",
        null=True,
        blank=True,
        help_text="Mag vóór de ondertekening liggen.",
    )
    adopted_on_precision = PrecisionField("nauwkeurigheid vaststelling")

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "actieplan"
        verbose_name_plural = "actieplannen"
        ordering = ["slug"]
        constraints = [ordered("actionplan", "period_from", "period_until")]
        indexes = [
            GinIndex(OpClass(Plain(F("title")), name="gin_trgm_ops"), name="actionplan_plain"),
            GinIndex(Words(F("title")), name="actionplan_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug

    def version_on(self, day: date) -> PlanVersion | None:
        """The version in force on the day: the one received last; None before the first."""
        return self.versions.received(on=day).order_by("received_on", "number").last()


@tracked()
class PlanCoverage(models.Model):
    """A plan stands for a signature, and so for all organisations under it."""

    plan = models.ForeignKey(
        ActionPlan, verbose_name="actieplan", on_delete=models.CASCADE, related_name="coverages"
    )
    signature = models.ForeignKey(
        "signatories.Signature",
        verbose_name="handtekening",
        on_delete=models.PROTECT,
        related_name="coverages",
    )

    class Meta:
        verbose_name = "dekking van een actieplan"
        verbose_name_plural = "dekkingen van actieplannen"
        ordering = ["plan", "signature"]
        constraints = [
            once(
                "plancoverage", "plan", "signature", message="Dit actieplan geldt al voor deze handtekening."
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.signature}"


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def with_span(self) -> Self:
        """Annotate `span`: from the day of receipt."""
        return self.annotate(span=daterange("received_on", None))

    def received(self, *, on: date) -> Self:
        """Received on or before the day."""
        return self.filter(received_on__lte=on)


@tracked()
class PlanVersion(Fact, StoredFile):
    """What was received on a day: a file, a web address with a stored copy, or the bare fact."""

    plan = models.ForeignKey(
        ActionPlan, verbose_name="actieplan", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("versienummer", default=1)
    received_on = PartialDateField("ontvangen op", precision_field="received_on_precision")
    received_on_precision = PrecisionField("nauwkeurigheid ontvangst")
    url = models.URLField("webadres", max_length=500, blank=True)
    retrieved_on = models.DateField("webadres geraadpleegd op", null=True, blank=True)
    searchable = models.BooleanField(
        "doorzoekbaar", null=True, blank=True, help_text="Nee: een scan zonder tekst. Leeg: niet bekend."
    )
    note = models.TextField("toelichting", blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een actieplan"
        verbose_name_plural = "versies van actieplannen"
        ordering = ["plan", "number"]
        constraints = [
            *file_constraints("planversion"),
            once(
                "planversion",
                "plan",
                "number",
                what="number_once",
                message="Dit versienummer bestaat al bij dit actieplan.",
            ),
            once(
                "planversion",
                "plan",
                "sha256",
                condition=~Q(sha256=""),
                what="file_once",
                message="Dit bestand staat al bij dit actieplan.",
            ),
            rule("planversion", "number_positive", Q(number__gte=1), "Een versienummer begint bij 1."),
            rule(
                "planversion",
                "url_has_date",
                Q(url="", retrieved_on__isnull=True) | ~Q(url="") & Q(retrieved_on__isnull=False),
                "Vul bij een webadres de dag in waarop het is geraadpleegd.",
            ),
        ]
        indexes = [models.Index(fields=["received_on"], name="planversion_received_on")]
        triggers = [
            guard(
                pgtrigger.Update,
                Rule(
                    "planversion_stays_with_plan",
                    "NEW.plan_id <> OLD.plan_id",
                    "Een versie kan niet naar een ander actieplan.",
                ),
                Rule(
                    "planversion_received_before_evaluation",
                    "EXISTS (SELECT FROM actionplans_evaluation evaluation"
                    " WHERE evaluation.version_id = NEW.id AND evaluation.evaluated_on < NEW.received_on)",
                    "Deze versie is al geëvalueerd vóór deze ontvangstdatum.",
                ),
                name="planversion_fits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}, versie {self.number}"

    @property
    def natural(self) -> str:
        """Needs `plan` loaded."""
        return f"{self.plan.slug}:{self.number}"


@tracked()
class Ambition(models.Model):
    """The step, from 1 to 5, that a plan sets itself for a theme; no step means that none was set."""

    plan = models.ForeignKey(
        ActionPlan, verbose_name="actieplan", on_delete=models.CASCADE, related_name="ambitions"
    )
    theme = models.ForeignKey(
        "signatories.Theme", verbose_name="thema", on_delete=models.PROTECT, related_name="ambitions"
    )
    step = models.PositiveSmallIntegerField(
        "ambitiestap", null=True, blank=True, help_text="Leeg: niet bepaald."
    )

    class Meta:
        verbose_name = "ambitie"
        verbose_name_plural = "ambities"
        ordering = ["plan", "theme"]
        constraints = [
            once(
                "ambition", "plan", "theme", message="Voor dit thema staat al een ambitie in dit actieplan."
            ),
            rule(
                "ambition",
                "step_from_one_to_five",
                Q(step__isnull=True) | Q(step__gte=1, step__lte=5),
                "Een ambitiestap is een getal van 1 tot en met 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.step or 'niet bepaald'}"
