"""An organisation's numbers, its name from a day on, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.changes import change_lines
from mvi_portal.core.templatetags.mvi import keep
from signatories import services
from signatories.forms import EndOrganisationForm, OrganisationForm, RenameForm
from signatories.models import Organisation
from signatories.views.keeping import NOTHING, accepted, answer, is_same, keeper, typed

page = require_http_methods(["GET", "HEAD", "POST"])


def locked(key: str) -> Any:
    named = Organisation.objects.with_name(on=timezone.localdate())
    return get_object_or_404(named.select_for_update(of=("self",)), key=key)


def crumbs(request: HttpRequest, organisation: Any) -> list[tuple[str, str]]:
    dossier = keep(request, reverse("signatories:organisation-detail", args=[organisation.key]))
    return [
        ("Organisaties", keep(request, reverse("signatories:organisation-list"))),
        (organisation.name_on_day or organisation.key, dossier),
    ]


@page
@transaction.atomic
def organisation_edit(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    path = crumbs(request, organisation)
    form = OrganisationForm(typed(request), instance=organisation)

    def save(given: dict[str, Any]) -> None:
        facts = {"province": organisation.province, **given}
        facts.pop("edition")
        services.correct_organisation(organisation=organisation, **facts, by=by)

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "De gegevens van de organisatie zijn bewaard.")
        return redirect(path[-1][1])
    changes = change_lines(organisation)
    return answer(request, form, title="Gegevens wijzigen", button="Bewaar", crumbs=path, changes=changes)


@page
@transaction.atomic
def organisation_rename(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    path = crumbs(request, organisation)
    form = RenameForm(typed(request))
    if accepted(form, lambda given: services.rename(organisation=organisation, **given, by=by)):
        messages.success(request, "De nieuwe naam staat in het register.")
        return redirect(path[-1][1])
    intro = "De oude naam blijft staan, tot en met de dag ervoor."
    return answer(request, form, title="Nieuwe naam", button="Bewaar", crumbs=path, intro=intro)


@page
@transaction.atomic
def organisation_end(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    path = crumbs(request, organisation)
    form = EndOrganisationForm(typed(request), instance=organisation)

    def save(given: dict[str, Any]) -> None:
        services.end_organisation(organisation=organisation, on=given["valid_until"], by=by, why=given["why"])

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "Bewaard: tot wanneer deze organisatie bestaat.")
        return redirect(path[-1][1])
    intro = "Na deze dag tellen haar handtekeningen voor deze organisatie niet meer mee."
    return answer(request, form, title="Einde vastleggen", button="Bewaar", crumbs=path, intro=intro)
