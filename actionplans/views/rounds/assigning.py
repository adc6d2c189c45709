"""Who evaluates what, and by when: dealt out by one button, changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from actionplans import boards
from actionplans.forms.rounds import AssignmentForm, evaluators
from actionplans.services import rounds
from actionplans.views.rounds import common
from signatories.views.keeping import accepted, typed


@require_POST
def round_deal(request: HttpRequest, slug: str) -> HttpResponse:
    by, found = common.evaluator(request), common.found(slug)
    try:
        given = rounds.deal_out(round_=found, evaluators=list(evaluators()), by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = ", ".join(f"{user.name} {count}" for user, count in given.most_common())
        messages.success(request, f"Verdeeld: {told}." if told else "Alle plannen hadden al een beoordelaar.")
    return redirect("actionplans:round-board", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def round_assign(request: HttpRequest, slug: str) -> HttpResponse:
    by, found = common.evaluator(request), common.locked(slug)
    rows = [item for item in boards.evaluations(found) if not item.submitted_on and not item.published_on]
    form = AssignmentForm(typed(request), evaluations=rows)
    changed: list[int] = []

    def save(_given: dict[str, Any]) -> None:
        changed.append(rounds.assign(round_=found, wanted=form.wanted(), by=by))

    if accepted(form, save):
        messages.success(request, f"Bewaard: {changed[0]} gewijzigd." if changed[0] else common.NOTHING)
        return redirect("actionplans:round-board", slug)
    context = {**common.told(request, found, "Verdeling"), "form": form, "rows": list(form.rows())}
    return render(request, "actionplans/round_assign.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_drop(request: HttpRequest, slug: str, plan: str) -> HttpResponse:
    """Take a plan out of the round; asks first."""
    by, found = common.evaluator(request), common.found(slug)
    evaluation = get_object_or_404(boards.evaluations(found), plan__slug=plan)
    if request.method == "POST":
        try:
            rounds.drop(evaluation=evaluation, by=by)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"“{evaluation.plan}” is uit de ronde gehaald.")
        return redirect("actionplans:round-board", slug)
    if evaluation.started_on or evaluation.published_on:
        raise Http404
    context = {**common.told(request, found, "Plan uit de ronde halen"), "evaluation": evaluation}
    return render(request, "actionplans/round_drop.html", context)
