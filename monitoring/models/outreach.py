"""What is told about the plan, what is worth telling, and what runs beside it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from monitoring.models.frame import PolicyLine
from mvi_portal.core.constraints import known, rule
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import ordered
from mvi_portal.history import tracked
from signatories.models.organisations import on_day


class Channel(models.TextChoices):
    WEBSITE = "website", "website"
    NEWSLETTER = "newsletter", "nieuwsbrief"
    MEETING = "meeting", "bijeenkomst"
    WEBINAR = "webinar", "webinar"
    PRESS = "press", "persbericht"
    SOCIAL_MEDIA = "social_media", "sociale media"


@tracked()
class CommunicationMoment(Fact):
    """Something that was told about the plan or the Manifest, where and when."""

    Channel = Channel

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    channel = models.CharField("kanaal", max_length=20, choices=Channel.choices)
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="communication_moments",
    )
    dated = PartialDateField("datum", precision_field="dated_precision")
    dated_precision = PrecisionField("nauwkeurigheid datum")
    title = models.CharField("titel", max_length=250)
    description = models.TextField("omschrijving", blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="communication_moments",
    )

    class Meta:
        verbose_name = "communicatiemoment"
        verbose_name_plural = "communicatiemomenten"
        ordering = ["-dated", "slug"]
        constraints = [
            known("communicationmoment", "channel", Channel),
            rule(
                "communicationmoment",
                "sourced",
                ~Q(source="") | ~Q(link=""),
                "Een communicatiemoment heeft een link of een bron.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug


@tracked()
class Example(Fact):
    """What an organisation did and what came of it, to be told on."""

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    organisation = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="organisatie",
        on_delete=models.PROTECT,
        related_name="examples",
    )
    theme = models.ForeignKey(
        "signatories.Theme",
        verbose_name="thema",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="examples",
    )
    title = models.CharField("titel", max_length=250)
    result = models.TextField("resultaat")
    dated = PartialDateField("datum", precision_field="dated_precision", null=True, blank=True)
    dated_precision = PrecisionField("nauwkeurigheid datum")
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="examples",
    )

    class Meta:
        verbose_name = "voorbeeld"
        verbose_name_plural = "voorbeelden"
        ordering = ["title"]
        constraints = [
            rule(
                "example",
                "sourced",
                ~Q(citation="") | ~Q(source="") | ~Q(link=""),
                "Een voorbeeld heeft een vindplaats, een link of een bron.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug


class ProgrammeKind(models.TextChoices):
    PROGRAMME = "programme", "programma"
    INSTRUMENT = "instrument", "instrument"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def at(self, *, on: date) -> Self:
        """Running on the day."""
        return self.filter(on_day(on))


@tracked()
class Programme(Fact):
    """A programme next to the plan, or an instrument of it: the circular economy programme, a tool."""

    Kind = ProgrammeKind

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=20, choices=ProgrammeKind.choices)
    name = models.CharField("naam", max_length=200)
    description = models.TextField("omschrijving", blank=True)
    owner = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="eigenaar",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
    )
    theme = models.ForeignKey(
        "signatories.Theme",
        verbose_name="thema",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
    )
    valid_from = PartialDateField("vanaf", precision_field="valid_from_precision", null=True, blank=True)
    valid_from_precision = PrecisionField("nauwkeurigheid begin")
    valid_until = PartialDateField(
        "tot en met", precision_field="valid_until_precision", null=True, blank=True
    )
    valid_until_precision = PrecisionField("nauwkeurigheid einde")
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    line = models.ForeignKey(
        PolicyLine,
        verbose_name="lijn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "verwant programma of instrument"
        verbose_name_plural = "verwante programma's en instrumenten"
        ordering = ["name"]
        constraints = [
            known("programme", "kind", ProgrammeKind),
            ordered("programme"),
            rule(
                "programme",
                "sourced",
                ~Q(citation="") | ~Q(source="") | ~Q(link=""),
                "Een programma of instrument heeft een vindplaats, een link of een bron.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug
