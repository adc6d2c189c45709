"""A rubric as a whole: made, named, published, followed by a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from actionplans.forms.rubrics import RubricForm
from actionplans.services import rubrics as services
from actionplans.views.rubrics import common
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@transaction.atomic
def rubric_new(request: HttpRequest) -> HttpResponse:
    by, form, made = allowed(request, Action.EVALUATE), RubricForm(typed(request)), {}

    def save(given: dict[str, Any]) -> None:
        made["rubric"] = services.create_rubric(name=given["name"], description=given["description"], by=by)

    if accepted(form, save):
        messages.success(request, "Het beoordelingskader is gemaakt. Voeg nu de criteria toe.")
        return redirect(common.address(made["rubric"]))
    path = common.crumbs(request)
    return answer(request, form, title="Nieuw beoordelingskader", button="Maak het kader", crumbs=path)


@page
@transaction.atomic
def rubric_edit(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    if rubric.published_on:
        messages.error(request, services.FROZEN)
        return redirect(common.address(rubric))
    form = RubricForm(typed(request), instance=rubric)

    def save(given: dict[str, Any]) -> None:
        if not is_same(form):
            services.change_rubric(rubric=rubric, name=given["name"], description=given["description"], by=by)

    if accepted(form, save):
        messages.success(request, NOTHING if is_same(form) else "Het beoordelingskader is bewaard.")
        return redirect(common.address(rubric))
    path, changes = common.crumbs(request, rubric), change_lines(rubric)
    title = "Naam en omschrijving wijzigen"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, changes=changes)


@require_POST
@transaction.atomic
def rubric_publish(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    if rubric.published_on is None:
        try:
            services.publish_rubric(rubric=rubric, by=by)
            messages.success(request, "Het beoordelingskader is gepubliceerd. U kunt er nu mee beoordelen.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(common.address(rubric))


@require_POST
@transaction.atomic
def rubric_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    made = services.next_version(rubric=rubric, by=by)
    told = f"Versie {made.version} staat klaar om te wijzigen."
    messages.success(request, f"{told} Elk criterium is te vergelijken met dat van de vorige versie.")
    return redirect(common.address(made))


@require_POST
@transaction.atomic
def rubric_remove(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric, by = common.built(request, slug, version)
    try:
        services.remove_rubric(rubric=rubric, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(common.address(rubric))
    messages.success(request, f"{rubric} is weggehaald.")
    return redirect("actionplans:rubric-list")
