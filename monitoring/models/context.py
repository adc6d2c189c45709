"""Around the plan: what others think of it, and who pays."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from monitoring.models.frame import Frame, PolicyLine
from mvi_portal.core.constraints import either, known, once, refuse, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked


class PositionKind(models.TextChoices):
    """In which part of the decision note a position has its place."""

    GOVERNMENTS = "governments", "krachtenveld"
    POLITICS = "politics", "politieke context"
    BUSINESS = "business", "positie bedrijfsleven"


class PositionQuerySet(models.QuerySet["Position"]):
    def taken(self, *, on: date) -> Self:
        """Taken on or before the day, the latest first."""
        return self.filter(dated__lte=on).order_by("-dated", "pk")


@tracked()
class Position(Fact):
    """What a stakeholder thinks of the policy, or what is expected of politics, on a date."""

    Kind = PositionKind

    kind = models.CharField("soort", max_length=20, choices=PositionKind.choices)
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
    )
    holder_name = models.CharField(
        "naam", max_length=200, blank=True, help_text="Als het geen organisatie van het register is."
    )
    stance = models.TextField("standpunt")
    dated = PartialDateField("gedateerd", precision_field="dated_precision")
    dated_precision = PrecisionField("nauwkeurigheid datum")
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "standpunt"
        verbose_name_plural = "standpunten"
        ordering = ["-dated", "pk"]
        constraints = [
            known("position", "kind", PositionKind),
            either(
                "position",
                "one_holder",
                Q(organisation__isnull=False),
                ~Q(holder_name=""),
                message="Kies een organisatie, of vul een naam in; niet allebei.",
            ),
            rule("position", "stance_given", ~Q(stance=""), "Vul het standpunt in."),
            rule(
                "position",
                "sourced",
                ~Q(citation="") | ~Q(source=""),
                "Een standpunt heeft een vindplaats of een bron.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.holder_name}: {self.stance}"[:100]

    @property
    def headline(self) -> str:
        """What is held, without by whom: a name is of a day."""
        return self.stance.rstrip(".")

    @property
    def natural(self) -> str:
        """Needs `organisation` loaded."""
        holder = self.organisation.key if self.organisation else self.holder_name
        return f"{self.kind}:{holder}:{self.dated.last_day.isoformat()}"


OTHER_LINE = "Deze lijn hoort bij een ander kader. Kies een lijn van dit kader, of geen."


WHOLE_PLAN = "het hele plan"


@tracked()
class FinanceCover(Fact):
    """Whether an organisation covers its part of the costs in a year, of the plan or of a line of it.

    The amount only if it is known.
    """

    frame = models.ForeignKey(Frame, verbose_name="kader", on_delete=models.PROTECT, related_name="covers")
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="finance_covers",
    )
    year = models.PositiveSmallIntegerField("jaar")
    covered = models.BooleanField("gedekt")
    amount = models.DecimalField("bedrag (euro)", max_digits=14, decimal_places=2, null=True, blank=True)
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="finance_covers",
        help_text="Leeg: het hele plan.",
    )

    class Meta:
        verbose_name = "financiële dekking"
        verbose_name_plural = "financiële dekkingen"
        ordering = ["frame", "year", "organisation__key", "line__order"]
        constraints = [
            once(
                "financecover",
                "frame",
                "organisation",
                "year",
                "line",
                message="Voor dit jaar en deze lijn is de dekking van deze organisatie al vastgelegd.",
                nulls_distinct=False,  # of the whole plan there is one too
            ),
            rule(
                "financecover",
                "year_plausible",
                Q(year__gte=2000, year__lte=2100),
                "Vul een jaar tussen 2000 en 2100 in.",
            ),
            rule(
                "financecover",
                "amount_when_covered",
                Q(amount__isnull=True) | Q(amount__gt=0, covered=True),
                "Alleen bij een gedekt jaar hoort een bedrag, en dat is meer dan nul.",
            ),
            rule(
                "financecover",
                "sourced",
                ~Q(citation="") | ~Q(source=""),
                "De dekking heeft een vindplaats of een bron.",
            ),
        ]
        triggers = [
            refuse(
                "financecover",
                "line_of_frame",
                when="NEW.line_id IS NOT NULL AND NEW.frame_id"
                " <> (SELECT frame_id FROM monitoring_policyline WHERE id = NEW.line_id)",
                message=OTHER_LINE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.occasion}: {'gedekt' if self.covered else 'niet gedekt'}"

    def clean(self) -> None:
        if self.line and self.frame_id and self.line.frame_id != self.frame_id:
            raise ValidationError({"line": OTHER_LINE})

    @property
    def occasion(self) -> str:
        """The year, and the line if it is of one. Needs `line` loaded."""
        return f"{self.year} (lijn {self.line.code})" if self.line else str(self.year)

    @property
    def headline(self) -> str:
        """Without the organisation, whose name is of a day. Needs `line` loaded."""
        return f"Dekking van {self.occasion}: {'gedekt' if self.covered else 'niet gedekt'}"

    @property
    def natural(self) -> str:
        """Needs `frame`, `organisation` and `line` loaded."""
        line = f":{self.line.code}" if self.line else ""
        return f"{self.frame.slug}:{self.organisation.key}:{self.year}{line}"
