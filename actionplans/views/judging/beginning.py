"""Beginning an evaluation outside a round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from actionplans import reading
from actionplans.forms.judging import BeginForm
from actionplans.models import Evaluation
from actionplans.services import judging
from actionplans.views.judging import common
from mvi_portal.accounts.permissions import Action, allowed, reader
from mvi_portal.core.templatetags.mvi import keep
from signatories.views.keeping import accepted, answer, typed

INTRO = "U beoordeelt dit plan buiten een evaluatieronde. Hoort het bij een ronde, kies het dan daar."


@common.page
@transaction.atomic
def evaluation_new(request: HttpRequest, slug: str) -> HttpResponse:
    plan = get_object_or_404(reading.plans(reader(request), today=timezone.localdate()), slug=slug)
    by = allowed(request, Action.EVALUATE)
    back = keep(request, reverse("actionplans:plan-detail", args=[slug]))
    versions = plan.versions.received(on=timezone.localdate())
    if not versions.exists():
        messages.error(request, "Van dit plan is nog geen versie ontvangen. Er is nog niets te beoordelen.")
        return redirect(back)
    form, made = BeginForm(typed(request), versions=versions), list[Evaluation]()

    def save(given: dict[str, Any]) -> None:
        made.append(judging.begin(version=given["version"], rubric=given["rubric"], by=by))

    if accepted(form, save):
        return redirect(common.address(made[0], "edit"))
    path = [("Actieplannen", keep(request, reverse("actionplans:plan-list"))), (plan.title, back)]
    return answer(request, form, title="Plan beoordelen", button="Begin", crumbs=path, intro=INTRO)
