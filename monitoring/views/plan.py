"""The plan's frame in force, earlier frames, and one line of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import answering, doing, measured, on_line, overview
from monitoring.locking import locked_because
from monitoring.models import Activity, Frame, Indicator, PolicyLine
from monitoring.views.keeping import keeping
from monitoring.views.lists import Crumbs, crumbs
from monitoring.views.nouns import FRAME
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.figures import registry
from mvi_portal.core.reference import on_of


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The newest frame that holds on the reference date."""
    visible = Frame.objects.visible_to(reader(request), on=timezone.localdate())
    frame = visible.at(on=on_of(request)).first()
    return render(request, "monitoring/frame_detail.html", _context(request, frame))


@require_safe
def frame_detail(request: HttpRequest, frame: str) -> HttpResponse:
    """Any frame, also one that no longer holds."""
    visible = Frame.objects.visible_to(reader(request), on=timezone.localdate())
    found = get_object_or_404(visible, slug=frame)
    return render(request, "monitoring/frame_detail.html", _context(request, found, [(found.name, "")]))


@require_safe
def line_detail(request: HttpRequest, frame: str, line: str) -> HttpResponse:
    """What is done, measured and reported on a line, and on the lines that it continues or goes on as."""
    user, today = reader(request), timezone.localdate()
    visible = PolicyLine.objects.visible_to(user, on=today).select_related("frame")
    found = get_object_or_404(visible, frame__slug=frame, code=line)
    plan = overview.Plan(request, today)
    keys, codes = plan.keys(found), plan.codes(found)
    activities = Activity.objects.visible_to(user, on=today).filter(line__in=keys)
    indicators = Indicator.objects.visible_to(user, on=today).filter(line__in=keys)
    figures = [item.key for item in registry if item.line in codes]
    told, untold = on_line.parts(found, keys, request)
    context = {
        "line": found,
        "on": on_of(request),
        "figures": overview.headline_values(figures, on_of(request), request),
        "activities": doing.activities_table(activities, request),
        "indicators": measured.indicators_table(indicators, request),
        "reports": answering.reports(keys, user, request),
        "parts": told,
        "untold": untold,
        "related": plan.related(found),
        "crumbs": crumbs(
            request,
            (found.frame.name, reverse("monitoring:frame-detail", args=[frame])),
            (str(found), ""),
        ),
    }
    return render(request, "monitoring/line_detail.html", context)


def _context(request: HttpRequest, frame: Frame | None, way: Crumbs | None = None) -> dict[str, Any]:
    on, today = on_of(request), timezone.localdate()
    frames = Frame.objects.visible_to(reader(request), on=today).order_by("valid_from", "slug")
    return {
        "frame": frame,
        "period": overview.period(frame) if frame else "",
        "on": on,
        "roles": overview.roles(frame, on) if frame else [],
        "sources": overview.sources(frame, on, request) if frame else [],
        "cards": overview.cards(frame, overview.Plan(request, today)) if frame else [],
        "others": overview.frame_links((item for item in frames if item != frame), request),
        "crumbs": crumbs(request, *way) if way else [],
        "locked": locked_because(frame) if frame else "",
        **(keeping(request, FRAME, frame) if frame else {}),
    }
