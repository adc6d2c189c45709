"""The plan beside the questions: its pages as pictures."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actionplans import drawn, reading
from actionplans.models import PlanVersion
from actionplans.views.judging import common
from mvi_portal.accounts.permissions import reader


def context(version: PlanVersion) -> dict[str, Any]:
    """What the template `actionplans/_pages.html` needs."""
    numbers = drawn.page_numbers(version)
    is_drawn = drawn.is_drawn(version)
    addresses = [
        (number, reverse("actionplans:plan-page", args=[version.plan.slug, version.number, number]))
        for number in (numbers if is_drawn else ())
    ]
    is_drawing = bool(numbers) and not is_drawn and drawn.is_being_drawn(version)
    can_draw = bool(numbers) and not is_drawn and not is_drawing
    return {
        "version": version,
        "pages": addresses,
        "more_pages": (version.pages or 0) - len(numbers) if is_drawn else 0,
        "can_draw": can_draw,
        "draws_itself": can_draw and drawn.draws_itself(version),
        "is_drawing": is_drawing,
    }


@common.page
@never_cache
@transaction.atomic
def evaluation_pages(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    """Asks the worker to draw the plan; and the part of the page that waits for it.

    Only the page itself asks unasked, and not the part: what cannot be drawn would be asked for ever.
    """
    evaluation, by = common.worked_on(request, plan, round_slug, number)
    if request.method == "POST":
        drawn.ask_for_pages(version=evaluation.version, by=by)
    if not request.headers.get("HX-Request"):
        return redirect(common.address(evaluation, "edit"))
    told = {"place": common.place(evaluation), **context(evaluation.version), "draws_itself": False}
    return render(request, "actionplans/_pages.html", told)


@require_safe
def plan_page(request: HttpRequest, slug: str, number: int, page: int) -> FileResponse:
    """One page as a PNG, for who may read the plan; one that was not drawn is not found."""
    plans = reading.plans(reader(request), today=timezone.localdate())
    version = get_object_or_404(
        PlanVersion.objects.filter(plan__in=plans.values("pk")), plan__slug=slug, number=number
    )
    path = drawn.picture(version, page)
    is_there = page in drawn.page_numbers(version) and version.file.storage.exists(path)
    if not is_there or not drawn.is_safe(version):
        raise Http404
    return FileResponse(version.file.storage.open(path), content_type="image/png")
