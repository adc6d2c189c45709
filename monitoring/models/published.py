"""What was published stays known, beside what the register says."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from monitoring.models.indicators import FIGURE_KEY, Qualifier
from mvi_portal.core.constraints import known, once, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.history import tracked


class PublishedFigureQuerySet(models.QuerySet["PublishedFigure"]):
    def published(self, *, on: date) -> Self:
        """In documents dated on or before the day."""
        return self.filter(dated__lte=on)


@tracked()
class PublishedFigure(Fact):
    """A figure of the register as an earlier document stated it, in its own words.

    `refers_on` is the day that the statement is about; the register is asked for its last day. `remark`
    explains the difference.
    """

    figure_key = models.CharField("cijfer", max_length=80)
    document = models.CharField("document", max_length=300)
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    dated = PartialDateField("gedateerd", precision_field="dated_precision")
    dated_precision = PrecisionField("nauwkeurigheid datum")
    wording = models.CharField("zoals het er staat", max_length=300)
    value = models.PositiveIntegerField("waarde")
    qualifier = models.CharField(
        "precisie", max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT
    )
    refers_on = PartialDateField("gaat over", precision_field="refers_on_precision")
    refers_on_precision = PrecisionField("nauwkeurigheid peildatum")
    remark = models.TextField("verklaring van het verschil", blank=True)

    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "gepubliceerd cijfer"
        verbose_name_plural = "gepubliceerde cijfers"
        ordering = ["figure_key", "dated", "document"]
        constraints = [
            known("publishedfigure", "qualifier", Qualifier),
            rule(
                "publishedfigure",
                "figure_key_form",
                Q(figure_key__regex=FIGURE_KEY),
                "Dit is geen sleutel van een cijfer.",
            ),
            rule("publishedfigure", "wording_given", ~Q(wording=""), "Vul in hoe het er staat."),
            rule(
                "publishedfigure",
                "sourced",
                ~Q(citation="") | ~Q(source=""),
                "Een gepubliceerd cijfer heeft een vindplaats of een bron.",
            ),
            once(
                "publishedfigure",
                "figure_key",
                "document",
                "refers_on",
                message="Dit cijfer van dit document is al vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure_key}: {self.wording} ({self.document})"

    @property
    def headline(self) -> str:
        return f"{self.wording} ({self.document})"

    @property
    def natural(self) -> str:
        return f"{self.figure_key}:{self.document}:{self.refers_on.last_day.isoformat()}"
