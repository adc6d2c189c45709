"""Values of an indicator, typed by hand; those of a register figure are never typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from monitoring import services
from monitoring.forms import MeasurementForm
from monitoring.models import Indicator, Measurement
from monitoring.models.measurements import VALUES_FROM_REGISTER
from monitoring.views.keeping import RemoveForm
from monitoring.views.lists import crumbs
from mvi_portal.accounts.changes import change_lines
from mvi_portal.core.templatetags.mvi import keep
from signatories.views.keeping import NOTHING, accepted, keeper, typed

NO_METHOD = "Leg eerst vast hoe er wordt gemeten, onder ‘Meetmethoden’. Daarna kunt u waarden invoeren."
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@transaction.atomic
def measurement_new(request: HttpRequest, slug: str) -> HttpResponse:
    by, indicator = keeper(request), _locked(slug)
    if refusal := _refusal(indicator):
        messages.error(request, refusal)
        return redirect(_back(request, indicator))
    latest = indicator.methods.order_by("-version").first()
    return _keep(request, indicator, Measurement(method=latest), by, title="Waarde vastleggen")


@page
@transaction.atomic
def measurement_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by, indicator = keeper(request), _locked(slug)
    value = get_object_or_404(Measurement.objects.filter(method__indicator=indicator), pk=pk)
    return _keep(request, indicator, value, by, title=f"Waarde over {value.period} wijzigen")


@page
@transaction.atomic
def measurement_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by, indicator = keeper(request), _locked(slug)
    value = get_object_or_404(Measurement.objects.filter(method__indicator=indicator), pk=pk)
    form = RemoveForm(typed(request))
    if accepted(form, lambda given: services.remove_fact(fact=value, by=by, why=given["why"])):
        messages.success(request, "De waarde is verwijderd. In de geschiedenis blijft die bewaard.")
        return redirect(_back(request, indicator))
    title = f"Waarde over {value.period} verwijderen"
    intro = (
        f"U verwijdert de waarde over {value.period} van “{indicator.name}”. Doe dat alleen als die er nooit "
        "had moeten staan: is er iets veranderd, wijzig de waarde dan."
    )
    return _answer(request, indicator, form, title=title, button="Verwijder", intro=intro)


def _keep(
    request: HttpRequest, indicator: Indicator, value: Measurement, by: Any, *, title: str
) -> HttpResponse:
    form = MeasurementForm(typed(request), instance=value, indicator=indicator)
    if value.pk and form.is_bound and form.is_valid() and not form.has_changed():
        messages.info(request, NOTHING)
        return redirect(_back(request, indicator))

    def save(given: dict[str, Any]) -> None:
        services.keep_fact(fact=value, by=by, why=given.get("why", ""))

    if accepted(form, save):
        messages.success(request, f"De waarde over {value.period} is bewaard.")
        return redirect(_back(request, indicator))
    changes = change_lines(value) if value.pk else None
    remove = reverse("monitoring:measurement-remove", args=[indicator.slug, value.pk]) if value.pk else ""
    return _answer(request, indicator, form, title=title, button="Bewaar", changes=changes, remove_url=remove)


def _locked(slug: str) -> Indicator:
    return get_object_or_404(Indicator.objects.select_for_update(of=("self",)), slug=slug)


def _refusal(indicator: Indicator) -> str:
    if indicator.figure_key:
        return VALUES_FROM_REGISTER
    return "" if indicator.methods.exists() else NO_METHOD


def _back(request: HttpRequest, indicator: Indicator) -> str:
    return keep(request, reverse("monitoring:indicator-detail", args=[indicator.slug]))


def _answer(
    request: HttpRequest, indicator: Indicator, form: Any, *, title: str, button: str, **more: object
) -> HttpResponse:
    back = _back(request, indicator)
    way = crumbs(request, ("Indicatoren", "monitoring:indicator-list"), (indicator.name, back), (title, ""))
    context = {"form": form, "title": title, "button": button, "back": back, "crumbs": way, **more}
    return render(request, "monitoring/fact_form.html", context, status=400 if form.is_bound else 200)
