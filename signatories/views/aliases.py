"""What an organisation is also called."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from signatories import services
from signatories.forms import AliasForm
from signatories.models import Alias
from signatories.views.keeping import keeper, removing, saving, typed
from signatories.views.organisation_keeping import crumbs, locked, page

INTRO = "Wie op deze naam zoekt, vindt de organisatie. In brieven en cijfers staat altijd de officiële naam."

KEPT = "De geschiedenis bewaart de naam."


def alias_of(organisation: Any, pk: int) -> Alias:
    rows = Alias.objects.select_for_update(of=("self",)).filter(organisation=organisation)
    return get_object_or_404(rows, pk=pk)


def facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("name", "valid_from", "valid_until", "source")}


@page
@transaction.atomic
def alias_new(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)

    def save(given: dict[str, Any]) -> None:
        services.add_alias(organisation=organisation, **facts(given), by=by)

    return saving(
        request,
        AliasForm(typed(request)),
        save,
        done="De roepnaam is toegevoegd.",
        title="Roepnaam toevoegen",
        button="Voeg toe",
        crumbs=crumbs(request, organisation),
        intro=INTRO,
    )


@page
@transaction.atomic
def alias_edit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    alias = alias_of(organisation, pk)

    def save(given: dict[str, Any]) -> None:
        services.change_alias(alias=alias, **facts(given), by=by)

    return saving(
        request,
        AliasForm(typed(request), instance=alias),
        save,
        done="De roepnaam is bewaard.",
        title="Roepnaam wijzigen",
        button="Bewaar",
        crumbs=crumbs(request, organisation),
        intro=INTRO,
        row=alias,
    )


@page
@transaction.atomic
def alias_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    alias = alias_of(organisation, pk)
    return removing(
        request,
        lambda: services.remove_alias(alias=alias, by=by),
        done=f"De roepnaam {alias.name} is verwijderd.",
        title="Roepnaam verwijderen",
        text=f"Wie op {alias.name} zoekt, vindt deze organisatie dan niet meer. {KEPT}",
        crumbs=crumbs(request, organisation),
    )
