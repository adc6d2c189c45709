"""The plan of a letter, and the recesses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mvi_portal.accounts.permissions import Action, allowed, may, reader
from reports import rooms, services
from reports.composing import planning
from reports.composing.planforms import RecessForm, SendingForm, StepForm
from reports.models import Letter, PlanStep, Recess
from reports.views.composing import page, refused
from reports.views.rights import composed
from signatories.views.keeping import accepted, answer, typed


@page
def letter_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps; who composes counts them back anew."""
    user = reader(request)
    letter = get_object_or_404(Letter.objects.visible_to(user).under_way(), slug=slug)
    composes = may(user, Action.COMPOSE_LETTER)
    if request.method == "POST":
        composed(user, slug)
    form = SendingForm(typed(request), initial={"sending_on": letter.dated})

    def save(given: dict[str, Any]) -> None:
        refused(services.plan_letter, letter=letter, sending_on=given["sending_on"], by=user)

    if accepted(form, save):
        messages.success(request, "De planning is teruggeteld vanaf de gewenste verzenddatum.")
        return redirect("reports:letter-plan", slug)
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "steps": planning.shown(letter, timezone.localdate()),
        "form": form if composes else None,
        "recesses": Recess.objects.filter(last_day__gte=timezone.localdate()),
        "crumbs": rooms.crumbs(request, letter, "Planning"),
    }
    return render(request, "reports/letter_plan.html", context, status=400 if form.is_bound else 200)


@page
@transaction.atomic
def plan_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter = composed(reader(request), slug)
    rows = PlanStep.objects.select_for_update(of=("self",)).select_related("letter")
    step = get_object_or_404(rows, letter=letter, pk=pk)
    form = StepForm(typed(request), instance=step)

    def save(given: dict[str, Any]) -> None:
        days = {name: given[name] for name in ("due_on", "done_on")}
        refused(services.set_step, step=step, by=reader(request), **days)

    if accepted(form, save):
        messages.success(request, f"Bewaard: {step.get_kind_display()}.")
        return redirect("reports:letter-plan", slug)
    back = ("Planning", reverse("reports:letter-plan", args=[slug]))
    way = [*rooms.crumbs(request, letter, "")[:-1], back]
    title = f"Stap: {step.get_kind_display()}"
    return answer(request, form, title=title, button="Bewaar", crumbs=way)


@require_safe
def recess_list(request: HttpRequest) -> HttpResponse:
    allowed(request, Action.COMPOSE_LETTER)
    crumbs = [("Brieven", reverse("reports:letter-list")), ("Recessen", "")]
    return render(request, "reports/recess_list.html", {"recesses": Recess.objects.all(), "crumbs": crumbs})


@page
def recess_new(request: HttpRequest) -> HttpResponse:
    return _recess(request, Recess(), "Reces vastleggen")


@page
@transaction.atomic
def recess_edit(request: HttpRequest, pk: int) -> HttpResponse:
    allowed(request, Action.COMPOSE_LETTER)
    return _recess(request, get_object_or_404(Recess.objects.select_for_update(), pk=pk), "Reces wijzigen")


@require_POST
def recess_remove(request: HttpRequest, pk: int) -> HttpResponse:
    by = allowed(request, Action.COMPOSE_LETTER)
    recess = get_object_or_404(Recess, pk=pk)
    services.remove_recess(recess=recess, by=by)
    messages.success(request, f"Verwijderd: {recess}.")
    return redirect("reports:recess-list")


def _recess(request: HttpRequest, recess: Recess, title: str) -> HttpResponse:
    by = allowed(request, Action.COMPOSE_LETTER)
    form = RecessForm(typed(request), instance=recess)
    if accepted(form, lambda _given: services.keep_recess(recess=recess, by=by)):
        messages.success(request, f"Vastgelegd: {recess}. Tel de planning van een brief opnieuw terug.")
        return redirect("reports:recess-list")
    way = [("Brieven", reverse("reports:letter-list")), ("Recessen", reverse("reports:recess-list"))]
    return answer(request, form, title=title, button="Bewaar", crumbs=way)
