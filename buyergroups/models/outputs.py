"""What a buyer group made, so that others can use it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from buyergroups.models.groups import BuyerGroup
from mvi_portal.core.constraints import known, once
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange
from mvi_portal.files.models import StoredFile, file_constraints
from mvi_portal.history import tracked


class OutputKind(models.TextChoices):
    """What buyer groups are known to make."""

    MARKET_VISION = "market_vision", "marktvisie"
    STRATEGY = "strategy", "inkoopstrategie"
    ROADMAP = "roadmap", "routekaart"
    TEMPLATE = "template", "bestektekst"
    TOOL = "tool", "hulpmiddel"
    LESSONS = "lessons", "geleerde lessen"


class OutputQuerySet(models.QuerySet["Output"]):
    def with_span(self) -> Self:
        """Annotate `span`: from the day of publication. Without one an output does not count."""
        return self.filter(published_on__isnull=False).annotate(span=daterange("published_on", None))

    def published(self, *, on: date) -> Self:
        """Published on or before the day."""
        return self.filter(published_on__lte=on)


@tracked()
class Output(StoredFile, Fact):
    """A product of the group: a document, a link, or no more than its title."""

    Kind = OutputKind

    group = models.ForeignKey(
        BuyerGroup, verbose_name="buyer group", on_delete=models.CASCADE, related_name="outputs"
    )
    kind = models.CharField("soort", max_length=20, choices=OutputKind.choices)
    title = models.CharField("titel", max_length=250)
    published_on = PartialDateField(
        "gepubliceerd", precision_field="published_on_precision", null=True, blank=True
    )
    published_on_precision = PrecisionField("nauwkeurigheid publicatie")
    link = models.URLField("link", max_length=500, blank=True)
    citation = models.CharField("vindplaats", max_length=200, blank=True)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = "resultaat van een buyer group"
        verbose_name_plural = "resultaten van buyer groups"
        ordering = ["group", "published_on", "title"]
        constraints = [
            *file_constraints("output"),
            known("output", "kind", OutputKind),
            once("output", "group", "title", message="De groep heeft al een resultaat met deze titel."),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        """Needs `group` loaded."""
        return f"{self.group.slug}:{self.title}"
