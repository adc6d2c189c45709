"""What plans are scored with: a rubric is data with a version, and frozen once it is published."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, Value, When

from actionplans.models.guards import CHANGES, Rule, guard
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked


class RubricQuerySet(models.QuerySet["Rubric"]):
    def published(self) -> Self:
        """Frozen, so fit to score with."""
        return self.filter(published_on__isnull=False)

    def newest(self) -> Self:
        """Of each rubric its last published version: what one starts to score with."""
        last = self.published().order_by("slug", "-version").distinct("slug")
        return self.filter(pk__in=last.values("pk"))


@tracked()
class Rubric(Fact):
    """A set of criteria. Publishing freezes it: a change is a new version."""

    slug = models.SlugField("sleutel", max_length=60)
    version = models.PositiveSmallIntegerField("versie", default=1)
    name = models.CharField("naam", max_length=200)
    description = models.TextField("omschrijving", blank=True)
    published_on = models.DateField("gepubliceerd op", null=True, blank=True)
    is_example = models.BooleanField(
        "voorbeeld", default=False, help_text="Een voorbeeld van dit portaal, niet het kader van PIANOo."
    )

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = "beoordelingskader"
        verbose_name_plural = "beoordelingskaders"
        ordering = ["slug", "version"]
        constraints = [
            once(
                "rubric",
                "slug",
                "version",
                what="version_once",
                message="Deze versie van het beoordelingskader bestaat al.",
            ),
            rule("rubric", "version_positive", Q(version__gte=1), "Een versienummer begint bij 1."),
        ]
        triggers = [
            guard(
                pgtrigger.Update | pgtrigger.Delete,
                Rule(
                    "rubric_frozen",
                    f"OLD.published_on IS NOT NULL AND {CHANGES}",
                    "Een gepubliceerd beoordelingskader verandert niet meer. Maak een nieuwe versie.",
                ),
                name="rubric_frozen",
            )
        ]

    def __str__(self) -> str:
        example = " (voorbeeld)" if self.is_example else ""
        return f"{self.name}{example}, versie {self.version}"

    @property
    def natural(self) -> str:
        return f"{self.slug}:{self.version}"


class CriterionKind(models.TextChoices):
    """How a criterion is scored."""

    FIVE_STEP = "five-step", "stap 1 tot en met 5"
    YES_NO = "yes-no", "ja of nee"
    POINTS = "points", "punten"
    TEXT = "text", "tekst"


def _bound(label: str, five_step: int, yes_no: int, points: Value | F) -> models.GeneratedField:
    """An end of the scale, worked out by the database from the kind; null for a text."""
    return models.GeneratedField(
        expression=Case(
            When(kind=CriterionKind.FIVE_STEP, then=Value(five_step)),
            When(kind=CriterionKind.YES_NO, then=Value(yes_no)),
            When(kind=CriterionKind.POINTS, then=points),
            output_field=models.SmallIntegerField(),
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
        verbose_name=label,
    )


_FROZEN = Rule(
    "criterion_frozen",
    "EXISTS (SELECT FROM actionplans_rubric rubric"
    " WHERE rubric.id IN (NEW.rubric_id, OLD.rubric_id) AND rubric.published_on IS NOT NULL)",
    "Een criterium van een gepubliceerd beoordelingskader verandert niet meer. Maak een nieuwe versie.",
)
_LOCK = "FROM actionplans_rubric rubric WHERE rubric.id IN (NEW.rubric_id, OLD.rubric_id) FOR SHARE"


# The ends of the scale follow from the kind, so history need not repeat them.
@tracked(exclude=["lowest", "highest"])
class Criterion(models.Model):
    """One question of a rubric, with its scale."""

    rubric = models.ForeignKey(
        Rubric, verbose_name="beoordelingskader", on_delete=models.CASCADE, related_name="criteria"
    )
    code = models.SlugField("code", max_length=40)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    name = models.CharField("criterium", max_length=300)
    help = models.TextField("uitleg", blank=True)
    theme = models.ForeignKey(
        "signatories.Theme",
        verbose_name="thema",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria",
    )
    kind = models.CharField(
        "soort", max_length=10, choices=CriterionKind.choices, default=CriterionKind.FIVE_STEP
    )
    max_points = models.PositiveSmallIntegerField("hoogste aantal punten", null=True, blank=True)
    mapped_to = models.ForeignKey(
        "self",
        verbose_name="vergelijkbaar criterium in een ouder kader",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mapped_from",
    )
    lowest = _bound("laagste score", 1, 0, Value(0))
    highest = _bound("hoogste score", 5, 1, F("max_points"))

    class Meta:
        verbose_name = "criterium"
        verbose_name_plural = "criteria"
        ordering = ["rubric", "order", "code"]
        constraints = [
            once("criterion", "rubric", "code", message="Deze code staat al in dit beoordelingskader."),
            known("criterion", "kind", CriterionKind),
            rule(
                "criterion",
                "points_have_maximum",
                Q(kind=CriterionKind.POINTS, max_points__gte=1, max_points__isnull=False)
                | ~Q(kind=CriterionKind.POINTS) & Q(max_points__isnull=True),
                "Vul bij punten, en alleen daar, het hoogste aantal punten in.",
            ),
            rule(
                "criterion",
                "mapped_to_other",
                Q(mapped_to__isnull=True) | ~Q(mapped_to=F("pk")),
                "Een criterium is niet vergelijkbaar met zichzelf.",
            ),
        ]
        triggers = [
            guard(pgtrigger.Insert | pgtrigger.Delete, _FROZEN, name="criterion_set_frozen", lock=_LOCK),
            guard(
                pgtrigger.Update,
                _FROZEN,
                name="criterion_frozen",
                lock=_LOCK,
                # What it is compared with is no part of the question, and may be found out later.
                when=pgtrigger.AnyChange(exclude=["mapped_to", "lowest", "highest"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        """Needs `rubric` loaded."""
        return f"{self.rubric.natural}:{self.code}"
