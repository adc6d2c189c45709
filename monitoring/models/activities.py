"""Activities of the plan and their milestones; how they stand is told by their dates."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from monitoring.models.frame import PolicyLine
from mvi_portal.accounts.models import User
from mvi_portal.core.constraints import known, once, together
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import daterange, ordered
from mvi_portal.history import tracked
from signatories.models.reading import readable


class ActivityStatus(models.TextChoices):
    UNKNOWN = "unknown", "nog niet gepland"
    PLANNED = "planned", "gepland"
    RUNNING = "running", "loopt"
    LATE = "late", "loopt achter"
    DONE = "done", "afgerond"
    STOPPED = "stopped", "gestopt"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def with_span(self) -> Self:
        """Annotate `span`: the days on which the activity really runs. Not started: it does not count."""
        return self.filter(started_on__isnull=False).annotate(span=daterange("started_on", "ended_on"))

    def running(self, *, on: date) -> Self:
        """Really begun on or before the day, and not ended before it."""
        return self.with_span().filter(span__contains=on)

    def visible_to(self, user: User, *, on: date) -> Self:
        """A contact sees those of the own organisation."""
        return readable(self, user, "owner", on=on)


@tracked()
class Activity(Fact):
    """Something that is done for a line of the plan: planned dates, and what came of them.

    The status follows from the dates. It is overruled only with a reason and from a date, so that earlier
    reference dates keep what the dates told.
    """

    Status = ActivityStatus

    slug = models.SlugField("sleutel", max_length=80, unique=True)
    line = models.ForeignKey(
        PolicyLine, verbose_name="lijn", on_delete=models.PROTECT, related_name="activities"
    )
    owner = models.ForeignKey(
        "signatories.Organisation",
        verbose_name="eigenaar",
        on_delete=models.PROTECT,
        related_name="activities",
    )
    title = models.CharField("titel", max_length=200)
    description = models.TextField("omschrijving", blank=True)
    planned_start = PartialDateField(
        "geplande start", precision_field="planned_start_precision", null=True, blank=True
    )
    planned_start_precision = PrecisionField("nauwkeurigheid geplande start")
    planned_end = PartialDateField(
        "gepland einde", precision_field="planned_end_precision", null=True, blank=True
    )
    planned_end_precision = PrecisionField("nauwkeurigheid gepland einde")
    started_on = PartialDateField("gestart", precision_field="started_on_precision", null=True, blank=True)
    started_on_precision = PrecisionField("nauwkeurigheid start")
    ended_on = PartialDateField("afgerond", precision_field="ended_on_precision", null=True, blank=True)
    ended_on_precision = PrecisionField("nauwkeurigheid einde")
    override = models.CharField(
        "andere stand dan uit de datums volgt", max_length=10, choices=ActivityStatus.choices, blank=True
    )
    override_since = models.DateField("andere stand geldt vanaf", null=True, blank=True)
    override_reason = models.CharField("reden van de andere stand", max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        ordering = ["line__order", "planned_start", "slug"]
        constraints = [
            known("activity", "override", ActivityStatus, optional=True),
            ordered("activity", "planned_start", "planned_end"),
            ordered("activity", "started_on", "ended_on"),
            together(
                "activity",
                "override_with_reason",
                ~Q(override=""),
                Q(override_since__isnull=False),
                ~Q(override_reason=""),
                message="Wie een andere stand kiest, zegt vanaf wanneer en waarom.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def natural(self) -> str:
        return self.slug

    def status_on(self, day: date) -> ActivityStatus:
        """How the activity stands on the day: what was set by hand by then, else what the dates tell."""
        if self.override_since and self.override_since <= day:
            return ActivityStatus(self.override)
        return self.status_by_dates(day)

    def status_by_dates(self, day: date) -> ActivityStatus:
        """A vague date has come on its last day; a planned one is missed when it is wholly past."""
        if self.ended_on and self.ended_on.last_day <= day:
            return ActivityStatus.DONE
        started = self.started_on is not None and self.started_on.last_day <= day
        if self._missed(day, started=started):
            return ActivityStatus.LATE
        if started:
            return ActivityStatus.RUNNING
        planned = self.planned_start or self.planned_end or self.started_on
        return ActivityStatus.PLANNED if planned else ActivityStatus.UNKNOWN

    def _missed(self, day: date, *, started: bool) -> bool:
        end_missed = self.planned_end is not None and self.planned_end.is_past(day)
        start_missed = self.planned_start is not None and self.planned_start.is_past(day)
        return end_missed or (start_missed and not started)


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def reached(self, *, on: date) -> Self:
        """On or before the day."""
        return self.filter(reached_on__lte=on)

    def overdue(self, *, on: date) -> Self:
        """The planned date is wholly past on the day, and the milestone was not reached by then."""
        return self.filter(planned_on__lt=on).exclude(reached_on__lte=on)


@tracked()
class Milestone(Fact):
    """A step of an activity that is reached, or not yet."""

    activity = models.ForeignKey(
        Activity, verbose_name="activiteit", on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField("titel", max_length=200)
    planned_on = PartialDateField("gepland", precision_field="planned_on_precision", null=True, blank=True)
    planned_on_precision = PrecisionField("nauwkeurigheid planning")
    reached_on = PartialDateField("bereikt", precision_field="reached_on_precision", null=True, blank=True)
    reached_on_precision = PrecisionField("nauwkeurigheid bereikt")

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = ["activity", "planned_on", "title"]
        constraints = [
            once("milestone", "activity", "title", message="Deze mijlpaal staat al bij de activiteit.")
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.title}"

    @property
    def natural(self) -> str:
        """Needs `activity` loaded."""
        return f"{self.activity.slug}:{self.title}"

    def is_reached(self, day: date) -> bool:
        return self.reached_on is not None and self.reached_on.last_day <= day
