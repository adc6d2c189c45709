"""Which evaluation a page is about, who may write in it, and the way back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actionplans import reading, tables
from actionplans.models import Evaluation
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed, reader
from mvi_portal.core.templatetags.mvi import keep

page = require_http_methods(["GET", "HEAD", "POST"])
NO_ROUND = "zonder-ronde"  # stands in the address for the round


def place(evaluation: Evaluation) -> list[Any]:
    """The words of its address. Needs `plan` and `round` loaded."""
    return [
        evaluation.plan.slug,
        evaluation.round.slug if evaluation.round else NO_ROUND,
        evaluation.number,
    ]


def address(evaluation: Evaluation, name: str = "detail") -> str:
    return reverse(f"actionplans:evaluation-{name}", args=place(evaluation))


def shown(request: HttpRequest, plan: str, round_slug: str, number: int, *, lock: bool = False) -> Evaluation:
    """What the reader may see today; anything else is not found."""
    today = timezone.localdate()
    rows = reading.evaluations(reader(request), today=today, on=today)
    in_round = {"round": None} if round_slug == NO_ROUND else {"round__slug": round_slug}
    rows = rows.select_related("plan", "round", "rubric", "version__plan", "evaluator")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows, plan__slug=plan, number=number, **in_round)


def worked_on(request: HttpRequest, plan: str, round_slug: str, number: int) -> tuple[Evaluation, User]:
    """The evaluation, locked, and who works on it. Who may only read it is refused."""
    found = shown(request, plan, round_slug, number, lock=True)
    return found, allowed(request, Action.EVALUATE)


def judged(request: HttpRequest, plan: str, round_slug: str, number: int) -> tuple[Evaluation, User]:
    """As `worked_on`, for the evaluator alone."""
    evaluation, by = worked_on(request, plan, round_slug, number)
    if evaluation.evaluator_id not in {None, by.pk}:
        raise PermissionDenied
    return evaluation, by


def crumbs(request: HttpRequest, evaluation: Evaluation) -> list[tuple[str, str]]:
    return [
        ("Evaluaties", keep(request, reverse("actionplans:evaluation-list"))),
        (evaluation.plan.title, keep(request, tables.evaluation_href(evaluation))),
    ]
