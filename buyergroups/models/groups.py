"""Buyer groups: which product group, who facilitates, who started it, and when it counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from buyergroups.models.phases import Phase
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange_before
from mvi_portal.history import tracked
from signatories.models import Domain, Organisation, Theme
from signatories.models.reading import readable

if TYPE_CHECKING:
    from mvi_portal.core.dates import PartialDate


class Sector(models.TextChoices):
    """The sectors in which the plan sees most to win. Source: the plan's line on sectors."""

    BUILDING = "building", "bouw"
    INFRASTRUCTURE = "infrastructure", "grond-, weg- en waterbouw (GWW)"
    MOBILITY = "mobility", "mobiliteit"
    OPERATIONS = "operations", "bedrijfsvoering"


class BuyerGroupQuerySet(models.QuerySet["BuyerGroup"]):
    def visible_to(self, user: User, *, on: date) -> Self:
        """What the user may read; a contact reads the groups of the own organisation. `on`: see `reach`."""
        paths = ("facilitator", "initiators", "participations__organisation")
        return readable(self, user, *paths, on=on)

    def known(self, *, on: date) -> Self:
        """Started on or before the day, or nobody knows when."""
        return self.filter(Q(started_on__lte=on) | Q(started_on=None))

    def started(self, *, since: date | None = None, on: date) -> Self:
        """Started from `since` (when given) up to and including `on`; a vague date counts on its last day."""
        groups = self.filter(started_on__lte=on)
        return groups.filter(started_on__gte=since) if since else groups

    def with_ended_on(self) -> Self:
        """Annotate `ended_day`: the day on which the group was completed or stopped; None while it lasts."""
        final = Phase.objects.filter(group=OuterRef("pk")).final().order_by("valid_from")
        return self.annotate(ended_day=Subquery(final.values("valid_from")[:1]))

    def with_span(self) -> Self:
        """Annotate `span`: the days on which the group is at work, from its start until it ends.

        A group of which the start is not known does not count.
        """
        groups = self.filter(started_on__isnull=False).with_ended_on()
        return groups.annotate(span=daterange_before("started_on", "ended_day"))

    def active(self, *, on: date) -> Self:
        """Started, and not yet completed or stopped on the day."""
        return self.with_span().filter(span__contains=on)

    def with_phase(self, *, on: date) -> Self:
        """Annotate `phase_kind`: the phase on the day; None when it is not known."""
        current = Phase.objects.filter(group=OuterRef("pk")).at(on=on)
        return self.annotate(phase_kind=Subquery(current.values("kind")[:1]))


@tracked()
class BuyerGroup(Fact):
    """Public clients, with parties from the market, who ask the same of one group of products.

    Buying together is not the aim; one uniform demand is. When it ended is told by its last phase.
    """

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    name = models.CharField("naam", max_length=200)
    sector = models.CharField("sector", max_length=20, choices=Sector.choices)
    product_group = models.CharField("productgroep", max_length=200, blank=True)
    domain = models.CharField(
        "domein",
        max_length=10,
        choices=Domain.choices,
        help_text="Het domein waarin de groep vooral iets wil bereiken.",
    )
    description = models.TextField("omschrijving", blank=True)
    facilitator = models.ForeignKey(
        Organisation,
        verbose_name="begeleid door",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facilitated_groups",
        help_text="Leeg: niet bekend.",
    )
    initiators: models.ManyToManyField[Organisation, Initiator] = models.ManyToManyField(
        Organisation, through="Initiator", verbose_name="initiatiefnemers", related_name="initiated_groups"
    )
    themes: models.ManyToManyField[Theme, GroupTheme] = models.ManyToManyField(
        Theme, through="GroupTheme", verbose_name="thema's", related_name="buyer_groups"
    )
    started_on = PartialDateField(
        "gestart",
        precision_field="started_on_precision",
        null=True,
        blank=True,
        help_text="Leeg: niet bekend; de groep telt dan niet mee.",
    )
    started_on_precision = PrecisionField("nauwkeurigheid start")

    objects = BuyerGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "buyer group"
        verbose_name_plural = "buyer groups"
        ordering = ["name"]
        constraints = [
            known("buyergroup", "sector", Sector),
            known("buyergroup", "domain", Domain),
            once("buyergroup", "name", message="Er is al een buyer group met deze naam.", what="name_once"),
        ]
        indexes = [models.Index(fields=["started_on"], name="buyergroup_started_on")]

    def __str__(self) -> str:
        return self.name

    @property
    def natural(self) -> str:
        return self.slug

    @property
    def ended_on(self) -> PartialDate | None:
        """When the group was completed or stopped; None while it lasts."""
        last = self.phases.final().order_by("valid_from").first()
        return last.valid_from if last else None

    def phase_on(self, day: date) -> Phase | None:
        """The phase on the day; None when it is not known."""
        return self.phases.at(on=day).first()


@tracked()
class Initiator(Fact):
    """An organisation that took the initiative for the group."""

    group = models.ForeignKey(
        BuyerGroup, verbose_name="buyer group", on_delete=models.CASCADE, related_name="initiator_rows"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="initiator_rows"
    )

    class Meta:
        verbose_name = "initiatiefnemer"
        verbose_name_plural = "initiatiefnemers"
        ordering = ["group", "organisation__key"]
        constraints = [
            once(
                "initiator",
                "group",
                "organisation",
                message="Deze organisatie staat al als initiatiefnemer bij de groep.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.group})"


@tracked()
class GroupTheme(Fact):
    """A theme of the Manifest on which the group works."""

    group = models.ForeignKey(
        BuyerGroup, verbose_name="buyer group", on_delete=models.CASCADE, related_name="theme_rows"
    )
    theme = models.ForeignKey(
        Theme, verbose_name="thema", on_delete=models.PROTECT, related_name="buyer_group_rows"
    )

    class Meta:
        verbose_name = "thema van een buyer group"
        verbose_name_plural = "thema's van buyer groups"
        ordering = ["group", "theme"]
        constraints = [once("grouptheme", "group", "theme", message="Dit thema staat al bij de groep.")]

    def __str__(self) -> str:
        return f"{self.theme} ({self.group})"
