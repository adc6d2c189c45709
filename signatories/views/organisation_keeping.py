"""An organisation's numbers, its name from a day on, and its end."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mvi_portal.core.templatetags.mvi import keep
from signatories import services
from signatories.forms import EndOrganisationForm, OrganisationForm, RenameForm
from signatories.models import Organisation
from signatories.views.keeping import keeper, saving, typed

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

    def save(given: dict[str, Any]) -> None:
        facts = {"province": organisation.province, **given}
        facts.pop("edition")
        services.correct_organisation(organisation=organisation, **facts, by=by)

    return saving(
        request,
        OrganisationForm(typed(request), instance=organisation),
        save,
        done="De gegevens van de organisatie zijn bewaard.",
        title="Gegevens wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, organisation),
        row=organisation,
    )


@page
@transaction.atomic
def organisation_rename(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    return saving(
        request,
        RenameForm(typed(request)),
        lambda given: services.rename(organisation=organisation, **given, by=by),
        done="De nieuwe naam staat in het register.",
        title="Nieuwe naam",
        button="Bewaar",
        crumbs=crumbs(request, organisation),
        intro="De oude naam blijft staan, tot en met de dag ervoor.",
    )


@page
@transaction.atomic
def organisation_end(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)

    def save(given: dict[str, Any]) -> None:
        services.end_organisation(organisation=organisation, on=given["valid_until"], by=by, why=given["why"])

    return saving(
        request,
        EndOrganisationForm(typed(request), instance=organisation),
        save,
        done="Bewaard: tot wanneer deze organisatie bestaat.",
        title="Einde vastleggen",
        button="Bewaar",
        crumbs=crumbs(request, organisation),
        intro="Na deze dag telt deze organisatie onder geen enkele handtekening meer mee.",
        row=organisation,
    )
