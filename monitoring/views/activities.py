"""The activities of the plan."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import doing
from monitoring.cited import known
from monitoring.filters import ActivityFilter
from monitoring.models import Activity
from monitoring.naming import Names, dossier
from monitoring.overview import line_href
from monitoring.views import nouns
from monitoring.views.keeping import adding, keeping
from monitoring.views.lists import RoomList, crumbs
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Column, Row


class ActivityList(RoomList):
    noun = "Activiteiten"
    filters = ActivityFilter
    columns = (
        Column("title", "Activiteit", sort="titel"),
        Column("owner", "Eigenaar"),
        Column("start", "Start", sort="start"),
        Column("end", "Einde", sort="einde"),
        Column("milestones", "Mijlpalen"),
        Column("status", "Stand"),
    )
    sorts = {"titel": "title", "start": "started_on", "einde": "ended_on"}
    default_sort = "titel"
    then = ("slug",)
    empty = "Geen activiteiten gevonden. Zoek op een ander woord, of wis de filters."
    header = (
        "sleutel",
        "titel",
        "kader",
        "lijn",
        "eigenaar",
        "gepland vanaf",
        "gepland tot en met",
        "gestart",
        "afgerond",
        "mijlpalen",
        "stand",
        "demo",
    )
    export = "monitoring:activity-export"
    meanings = {
        "kader": "Het kader (plan) waar de lijn bij hoort.",
        "gepland vanaf": "Zo precies als bekend.",
        "gepland tot en met": "Zo precies als bekend.",
        "gestart": "Sinds wanneer er echt aan gewerkt wordt.",
        "afgerond": "Wanneer het klaar was.",
        "mijlpalen": "Hoeveel er gehaald zijn van hoeveel.",
    }

    template = "monitoring/activity_list.html"

    def extra(self) -> dict[str, Any]:
        return {**super().extra(), **adding(self.request, nouns.ACTIVITY)}

    def rows(self) -> QuerySet[Any]:
        visible = Activity.objects.visible_to(reader(self.request), on=self.today)
        shown = visible.select_related("line__frame") if self.as_csv else visible
        return doing.with_reached(shown, self.on)

    def row(self, item: Any) -> Row:
        return Row(doing.activity_cells(item, self.names, self.request))

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.title,
            item.line.frame.name,
            item.line,
            self.names.of(item.owner_id),
            item.planned_start,
            item.planned_end,
            item.started_on if item.started_on and item.started_on.last_day <= self.on else "",
            item.ended_on if item.ended_on and item.ended_on.last_day <= self.on else "",
            doing.reached(item),
            item.status_on(self.on).label,
            item.is_demo,
        ]


@require_safe
def activity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on, user = on_of(request), reader(request)
    visible = Activity.objects.visible_to(user, on=timezone.localdate())
    activity = get_object_or_404(doing.with_milestones(visible), slug=slug)
    names = Names([activity.owner_id], on)
    status = activity.status_on(on)
    reason = activity.override_reason if status != activity.status_by_dates(on) else ""
    context = {
        "activity": activity,
        "on": on,
        "status": status.label,
        "tone": doing.TONES.get(status, "neutral"),
        "facts": known(
            ("Lijn", f"{activity.line} ({activity.line.frame.name})", line_href(activity.line, request)),
            ("Eigenaar", names.of(activity.owner_id), dossier(activity.owner.key, request)),
            ("Start", doing.start_of(activity, on), ""),
            ("Einde", doing.end_of(activity, on), ""),
            ("Waarom deze stand", reason, ""),
            ("Bron", activity.source, ""),
        ),
        "milestones": doing.milestone_items(activity.milestones.all(), on),
        **keeping(request, nouns.ACTIVITY, activity),
        "crumbs": crumbs(request, ("Activiteiten", "monitoring:activity-list"), (activity.title, "")),
    }
    return render(request, "monitoring/activity_detail.html", context)
