"""Recording plans, what was received of them, for whom they stand and what they aim at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplans import reading
from actionplans.forms.plans import (
    AmbitionsForm,
    CoverForm,
    NewPlanForm,
    NewVersionForm,
    PlanForm,
    VersionForm,
)
from actionplans.models import ActionPlan, PlanVersion
from actionplans.services import plans, versions
from actionplans.views.common import address, crumbs, facts, keeper, list_crumbs, locked, say
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.files.answers import answer_stored
from signatories.models import Signature, Step, Theme
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed

page = require_http_methods(["GET", "HEAD", "POST"])
RECEIPT = ("received_on", "url", "retrieved_on", "note")


def received(plan: ActionPlan, given: dict[str, Any], by: User) -> tuple[PlanVersion, bool]:
    """What a form told of a receipt, as a version."""
    told = {name: given[name] for name in RECEIPT}
    return versions.add_version(plan=plan, upload=given["file"], by=by, **told)


@page
@transaction.atomic
def plan_new(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    form = NewPlanForm(typed(request), request.FILES or None, by=by, initial=_asked(request))
    made: list[tuple[ActionPlan, bool]] = []

    def save(given: dict[str, Any]) -> None:
        told = {name: given[name] for name in ("signatures", "title", *NewPlanForm.PLAN)}
        with transaction.atomic():  # no plan without what was received of it
            plan, is_new = plans.record_plan(**told, by=by)
            _version, is_first = received(plan, given, by)
        made.append((plan, is_new or is_first))

    if accepted(form, save):
        plan, is_new = made[0]
        say(
            request,
            is_new,
            "Het actieplan is vastgelegd.",
            "Dit actieplan stond er al. Er is niets dubbel bewaard.",
        )
        return redirect(address(request, plan))
    return answer(request, form, title="Actieplan vastleggen", button="Leg vast", crumbs=list_crumbs(request))


def _asked(request: HttpRequest) -> dict[str, Any]:
    """For whom, when a link tells it."""
    return {"signatures": request.GET.get("voor", "")}


@page
@transaction.atomic
def plan_edit(request: HttpRequest, slug: str) -> HttpResponse:
    plan = locked(request, slug)
    by, path = keeper(request), crumbs(request, plan)
    form = PlanForm(typed(request), instance=plan)

    def save(given: dict[str, Any]) -> None:
        plans.correct_plan(plan=plan, by=by, why=given["why"], **facts(given))

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "De gegevens van het actieplan zijn bewaard.")
        return redirect(path[-1][1])
    changes = change_lines(plan)
    return answer(request, form, title="Gegevens wijzigen", button="Bewaar", crumbs=path, changes=changes)


@page
@transaction.atomic
def plan_cover(request: HttpRequest, slug: str) -> HttpResponse:
    plan = locked(request, slug)
    by, path = keeper(request), crumbs(request, plan)
    form = CoverForm(typed(request))
    added: list[int] = []
    if accepted(form, lambda given: added.append(plans.cover(plan=plan, by=by, **given))):
        say(request, bool(added[0]), "Toegevoegd: het actieplan geldt nu ook daarvoor.", plans.COVERED)
        return redirect(path[-1][1])
    return answer(
        request, form, title="Plan geldt ook voor een andere organisatie", button="Voeg toe", crumbs=path
    )


@require_POST
@transaction.atomic
def plan_uncover(request: HttpRequest, slug: str, manifest: str, signature: str) -> HttpResponse:
    plan = locked(request, slug)
    by = keeper(request)
    found = get_object_or_404(Signature, manifest__slug=manifest, slug=signature)
    try:
        if plans.uncover(plan=plan, signature=found, by=by):
            messages.success(request, "Weggehaald: het actieplan geldt niet meer voor deze handtekening.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(address(request, plan))


@page
@transaction.atomic
def plan_ambitions(request: HttpRequest, slug: str) -> HttpResponse:
    plan = locked(request, slug)
    by, path = keeper(request), crumbs(request, plan)
    themes = list(Theme.objects.filter(manifest__signatures__coverages__plan=plan).distinct())
    steps = Step.objects.filter(manifest__in={theme.manifest_id for theme in themes})
    names = dict(steps.values_list("number", "name"))
    form = AmbitionsForm(typed(request), instance=plan, themes=themes, names=names)
    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, lambda _given: plans.set_ambitions(plan=plan, steps=form.steps(), by=by)):
        messages.success(request, "De ambities zijn bewaard.")
        return redirect(path[-1][1])
    intro = (
        "Kies per thema de stap die het plan noemt. Noemt het plan geen stap, laat dan “niet bepaald” staan."
    )
    return answer(request, form, title="Ambities", button="Bewaar", crumbs=path, intro=intro)


@page
@transaction.atomic
def version_new(request: HttpRequest, slug: str) -> HttpResponse:
    plan = locked(request, slug)
    by, path = keeper(request), crumbs(request, plan)
    form = NewVersionForm(typed(request), request.FILES or None, by=by)
    made: list[tuple[PlanVersion, bool]] = []
    if accepted(form, lambda given: made.append(received(plan, given, by))):
        version, is_new = made[0]
        known = f"Dit stond al bij dit actieplan, als versie {version.number}. Er is niets dubbel bewaard."
        say(request, is_new, f"Versie {version.number} is toegevoegd.", known)
        return redirect(path[-1][1])
    intro = "Eerdere versies blijven staan."
    return answer(request, form, title="Versie toevoegen", button="Voeg toe", crumbs=path, intro=intro)


@page
@transaction.atomic
def version_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    plan = locked(request, slug)
    by, path = keeper(request), crumbs(request, plan)
    version = get_object_or_404(plan.versions.select_for_update(of=("self",)), number=number)
    form = VersionForm(typed(request), request.FILES or None, instance=version, by=by)

    def save(given: dict[str, Any]) -> None:
        told = facts(given, "file")
        versions.correct_version(version=version, by=by, upload=given.get("file"), why=given["why"], **told)

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, f"De gegevens van versie {number} zijn bewaard.")
        return redirect(path[-1][1])
    changes = change_lines(version)
    title = f"Versie {number} wijzigen"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, changes=changes)


@require_safe
def version_file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """For who may read the plan; `?bekijken` shows a PDF instead of downloading it."""
    rows = reading.plans(reader(request), today=timezone.localdate())
    version = get_object_or_404(PlanVersion, plan__in=rows, plan__slug=slug, number=number)
    return answer_stored(request, version, inline="bekijken" in request.GET)
