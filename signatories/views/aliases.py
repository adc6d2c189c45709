"""What an organisation is also called."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from mvi_portal.accounts.changes import change_lines
from signatories import services
from signatories.forms import AliasForm
from signatories.models import Alias
from signatories.views.keeping import NOTHING, accepted, answer, confirm, is_same, keeper, typed
from signatories.views.organisation_keeping import crumbs, locked, page

INTRO = "Wie op deze naam zoekt, vindt de organisatie. In brieven en cijfers staat altijd de officiële naam."


def alias_of(organisation: Any, pk: int) -> Alias:
    rows = Alias.objects.select_for_update(of=("self",)).filter(organisation=organisation)
    return get_object_or_404(rows, pk=pk)


def facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("name", "valid_from", "valid_until", "source")}


@page
@transaction.atomic
def alias_new(request: HttpRequest, key: str) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    path = crumbs(request, organisation)
    form = AliasForm(typed(request))

    def save(given: dict[str, Any]) -> None:
        services.add_alias(organisation=organisation, **facts(given), by=by)

    if accepted(form, save):
        messages.success(request, "De roepnaam is toegevoegd.")
        return redirect(path[-1][1])
    return answer(request, form, title="Roepnaam toevoegen", button="Voeg toe", crumbs=path, intro=INTRO)


@page
@transaction.atomic
def alias_edit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    alias, path = alias_of(organisation, pk), crumbs(request, organisation)
    form = AliasForm(typed(request), instance=alias)

    def save(given: dict[str, Any]) -> None:
        services.change_alias(alias=alias, **facts(given), by=by)

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "De roepnaam is bewaard.")
        return redirect(path[-1][1])
    title, changes = "Roepnaam wijzigen", change_lines(alias)
    return answer(request, form, title=title, button="Bewaar", crumbs=path, intro=INTRO, changes=changes)


@page
@transaction.atomic
def alias_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    by, organisation = keeper(request), locked(key)
    alias, path = alias_of(organisation, pk), crumbs(request, organisation)
    if request.method == "POST":
        services.remove_alias(alias=alias, by=by)
        messages.success(request, f"De roepnaam {alias.name} is verwijderd.")
        return redirect(path[-1][1])
    text = (
        f"Wie op {alias.name} zoekt, vindt deze organisatie dan niet meer. De geschiedenis bewaart de naam."
    )
    return confirm(request, title="Roepnaam verwijderen", text=text, button="Verwijder", crumbs=path)
