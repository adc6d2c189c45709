"""What is done for a line: activities with their milestones, and how they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse

from monitoring.models import Activity, ActivityStatus, Milestone
from monitoring.models.activities import ActivityQuerySet
from monitoring.naming import NOT_KNOWN, Names
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
    ordered = Prefetch("milestones", Milestone.objects.order_by("planned_on", "reached_on", "title"))
    return activities.select_related("line__frame", "owner").prefetch_related(ordered)


def activities_table(activities: Iterable[Activity], request: HttpRequest) -> Table:
    rows = list(activities)
    names = Names((row.owner_id for row in rows), on_of(request))
    caption = f"Activiteiten, stand op {long_date(on_of(request))}"
    shown = [Row(activity_cells(row, names, request)) for row in rows]
    return Table(caption, COLUMNS, shown, "Bij deze lijn staan nog geen activiteiten.")


def activity_cells(row: Activity, names: Names, request: HttpRequest) -> list[Cell]:
    """In the order of COLUMNS."""
    on = on_of(request)
    address = keep(request, reverse("monitoring:activity-detail", args=[row.slug]))
    status = row.status_on(on)
    return [
        Cell(row.title, address, "demo" if row.is_demo else "", "warn"),
        names.cell(row.owner_id, request),
        Cell(start_of(row, on)),
        Cell(end_of(row, on)),
        Cell(reached(list(row.milestones.all()), on)),
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


def reached(milestones: Sequence[Milestone], on: date) -> str:
    """As in "1 van 2 bereikt"."""
    if not milestones:
        return "geen"
    return f"{sum(item.is_reached(on) for item in milestones)} van {len(milestones)} bereikt"


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
