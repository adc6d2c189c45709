"""The criteria of a rubric that is being built."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from actionplans.forms.rubrics import CriterionForm
from actionplans.models import Criterion, Rubric
from actionplans.services import rubrics as services
from actionplans.views.rubrics import common
from actionplans.views.rubrics.keeping import page
from mvi_portal.accounts.changes import change_lines
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed

ONLY_MAPPING = "Dit kader is gepubliceerd: u kunt alleen nog wijzigen waarmee u het criterium vergelijkt."


def _criterion(rubric: Rubric, code: str) -> Criterion:
    return get_object_or_404(Criterion.objects.select_related("rubric"), rubric=rubric, code=code)


@page
@transaction.atomic
def criterion_new(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    if rubric.published_on:
        messages.error(request, services.FROZEN)
        return redirect(common.address(rubric))
    form = CriterionForm(typed(request), rubric=rubric, instance=Criterion(rubric=rubric))

    def save(given: dict[str, Any]) -> None:
        services.add_criterion(rubric=rubric, by=by, **_facts(given))

    if accepted(form, save):
        messages.success(request, f"Het criterium '{form.cleaned_data['name']}' is toegevoegd.")
        if request.POST.get("verder"):
            return redirect(common.address(rubric, "criterion-new"))
        return redirect(f"{common.address(rubric)}#criteria")
    told = common.context(rubric, form=form, crumbs=common.crumbs(request, rubric))
    status = 400 if form.is_bound else 200
    return render(request, "actionplans/criterion_new.html", told, status=status)


@page
@transaction.atomic
def criterion_edit(request: HttpRequest, slug: str, version: int, code: str) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    criterion = _criterion(rubric, code)
    form = CriterionForm(typed(request), rubric=rubric, instance=criterion)
    if rubric.published_on and "mapped_to" not in form.fields:
        messages.error(request, services.FROZEN)
        return redirect(common.address(rubric))

    def save(given: dict[str, Any]) -> None:
        if not is_same(form):
            services.change_criterion(criterion=criterion, by=by, **_facts(given))

    if accepted(form, save):
        messages.success(request, NOTHING if is_same(form) else "Het criterium is bewaard.")
        return redirect(f"{common.address(rubric)}#criteria")
    path, changes = common.crumbs(request, rubric), change_lines(criterion)
    intro = f"{Criterion.objects.get(pk=criterion.pk).name}. {ONLY_MAPPING}" if rubric.published_on else ""
    title = "Criterium wijzigen"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, intro=intro, changes=changes)


@require_POST
@transaction.atomic
def criterion_move(request: HttpRequest, slug: str, version: int, code: str) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    criterion = _criterion(rubric, code)
    try:
        services.move_criterion(criterion=criterion, up=request.POST.get("naar") == "omhoog", by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{common.address(rubric)}#{code}")


@require_POST
@transaction.atomic
def criterion_remove(request: HttpRequest, slug: str, version: int, code: str) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    criterion = _criterion(rubric, code)
    try:
        services.remove_criterion(criterion=criterion, by=by)
        messages.success(request, f"Het criterium '{criterion.name}' is weggehaald.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{common.address(rubric)}#criteria")


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "edition"}
