"""What is done for a line: activities with their milestones, and how they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from monitoring.models import Activity, ActivityStatus, Milestone
from monitoring.models.activities import ActivityQuerySet
from monitoring.naming import NOT_KNOWN, Names
from mvi_portal.core.addresses import address_of
from mvi_portal.core.counting import Counted
from mvi_portal.core.dates import long_date
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep

TONES = {
    ActivityStatus.RUNNING: "info",
    ActivityStatus.LATE: "bad",
    ActivityStatus.DONE: "good",
}
COLUMNS = (
    Column("title", "Activiteit"),
    Column("owner", "Eigenaar"),
    Column("start", "Start"),
    Column("end", "Einde"),
    Column("milestones", "Mijlpalen"),
    Column("status", "Stand"),
)


def with_milestones(activities: ActivityQuerySet) -> ActivityQuerySet:
    """With owner, line and milestones loaded: two queries."""
    ordered = Prefetch(
        "milestones", Milestone.objects.order_by(Coalesce("reached_on", "planned_on"), "title")
    )
    return activities.select_related("line__frame", "owner").prefetch_related(ordered)


def with_reached(activities: ActivityQuerySet, on: date) -> QuerySet[Any]:
    """Each with how many milestones it has, and how many of them were reached by the day."""
    steps = Milestone.objects.filter(activity=OuterRef("pk"))
    found: QuerySet[Any] = activities.annotate(
        milestones_known=Counted(steps.values("pk")),
        milestones_reached=Counted(steps.reached(on=on).values("pk")),
    )
    return found


def activities_table(activities: ActivityQuerySet, request: HttpRequest) -> Table:
    rows = list(with_reached(activities, on_of(request)))
    names = Names((row.owner_id for row in rows), on_of(request))
    caption = f"Activiteiten, stand op {long_date(on_of(request))}"
    shown = [Row(activity_cells(row, names, request)) for row in rows]
    return Table(caption, COLUMNS, shown, "Bij deze lijn staan nog geen activiteiten.")


def activity_cells(row: Any, names: Names, request: HttpRequest) -> list[Cell]:
    """In the order of COLUMNS, of an activity with its milestones counted."""
    on = on_of(request)
    address = keep(request, address_of("monitoring:activity-detail", row.slug))
    status = row.status_on(on)
    return [
        Cell(row.title, address, "demo" if row.is_demo else "", "warn"),
        names.cell(row.owner_id, request),
        Cell(start_of(row, on)),
        Cell(end_of(row, on)),
        Cell(reached(row)),
        Cell("", tag=status.label, tone=TONES.get(status, "neutral")),
    ]


def start_of(row: Activity, on: date) -> str:
    """The real start when it has come by the day, else the planned one."""
    if row.started_on and row.started_on.last_day <= on:
        return str(row.started_on)
    return f"gepland: {row.planned_start}" if row.planned_start else NOT_KNOWN


def end_of(row: Activity, on: date) -> str:
    if row.ended_on and row.ended_on.last_day <= on:
        return str(row.ended_on)
    return f"gepland: {row.planned_end}" if row.planned_end else NOT_KNOWN


def reached(row: Any) -> str:
    """As in "1 van 2 bereikt"."""
    return f"{row.milestones_reached} van {row.milestones_known} bereikt" if row.milestones_known else "geen"


def milestone_items(milestones: Iterable[Milestone], on: date) -> list[tuple[str, str, str]]:
    """For the timeline: the moment, the title, and how it stands on the day."""
    return [_milestone(item, on) for item in milestones]


def _milestone(item: Milestone, on: date) -> tuple[str, str, str]:
    if item.is_reached(on):
        return str(item.reached_on), item.title, "bereikt"
    if item.planned_on is None:
        return "zonder datum", item.title, "nog niet bereikt"
    late = item.planned_on.is_past(on)
    return (
        f"gepland: {item.planned_on}",
        item.title,
        "termijn verstreken: nog niet bereikt" if late else "nog niet bereikt",
    )
