"""The dated rows of a group: a phase, a participant or a result is added, corrected or taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from buyergroups import services
from buyergroups.forms import OutputForm, ParticipationForm, PhaseForm
from buyergroups.models import BuyerGroup, Output, Participation, Phase
from buyergroups.views.groups import crumbs, locked
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.editing import EditingForm
from mvi_portal.files.answers import answer_stored
from signatories.views.keeping import NOTHING, accepted, answer, is_same, keeper, typed

page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Room:
    """How one kind of row is called, typed and written; `name` is the services' word for it."""

    model: type[models.Model]
    form: type[EditingForm]
    name: str
    noun: str
    save: Callable[..., None]
    drop: Callable[..., None]


ROOMS = {
    "phase": Room(Phase, PhaseForm, "phase", "fase", services.save_phase, services.drop_phase),
    "participation": Room(
        Participation,
        ParticipationForm,
        "participation",
        "deelnemer",
        services.save_participation,
        services.drop_participation,
    ),
    "output": Room(Output, OutputForm, "output", "resultaat", services.save_output, services.drop_output),
}
ARTICLES = {"fase": "De", "deelnemer": "De", "resultaat": "Het"}


@page
@transaction.atomic
def row_new(request: HttpRequest, slug: str, room: str) -> HttpResponse:
    by, group, kept = keeper(request), locked(slug), ROOMS[room]
    form = _form(request, kept, kept.model(group=group), by)
    if accepted(form, lambda _given: kept.save(**_given_by(form, kept), by=by)):
        messages.success(request, _told(kept, "toegevoegd"))
        return redirect(crumbs(request, group)[-1][1])
    title = f"{capfirst(kept.noun)} toevoegen"
    return answer(request, form, title=title, button="Voeg toe", crumbs=crumbs(request, group))


@page
@transaction.atomic
def row_edit(request: HttpRequest, slug: str, room: str, pk: int) -> HttpResponse:
    by, group, kept = keeper(request), locked(slug), ROOMS[room]
    row = _row(kept, group, pk)
    path = crumbs(request, group)
    form = _form(request, kept, row, by)
    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, lambda _given: kept.save(**_given_by(form, kept), by=by)):
        messages.success(request, _told(kept, "bewaard"))
        return redirect(path[-1][1])
    title = f"{capfirst(kept.noun)} wijzigen"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, changes=change_lines(row))


@page
@transaction.atomic
def row_drop(request: HttpRequest, slug: str, room: str, pk: int) -> HttpResponse:
    """Asks whether that is meant."""
    by, group, kept = keeper(request), locked(slug), ROOMS[room]
    row, path = _row(kept, group, pk), crumbs(request, group)
    if request.method == "POST":
        kept.drop(**{kept.name: row}, by=by)
        messages.success(request, _told(kept, "verwijderd"))
        return redirect(path[-1][1])
    title = f"{capfirst(kept.noun)} verwijderen"
    context = {"title": title, "row": row, "crumbs": [*path, (title, "")], "back": path[-1][1]}
    context["ends"] = kept.name == "participation"
    return render(request, "buyergroups/row_drop.html", context)


@require_safe
def output_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Who may read the group, may have what it published by today; who keeps it, all of it."""
    user, today = reader(request), timezone.localdate()
    groups = BuyerGroup.objects.visible_to(user, on=today)
    found = Output.objects.filter(group__in=groups, group__slug=slug)
    rows = found if may(user, Action.KEEP_REGISTER) else found.published(on=today)
    return answer_stored(request, get_object_or_404(rows, pk=pk))


def _form(request: HttpRequest, kept: Room, row: Any, by: User) -> EditingForm:
    """A form with a file knows who sends it."""
    data = typed(request)
    if kept.form is OutputForm:
        return OutputForm(data, request.FILES if data is not None else None, instance=row, by=by)
    return kept.form(data, instance=row)


def _given_by(form: EditingForm, kept: Room) -> dict[str, Any]:
    """What its service takes: the row, and the file that came with it."""
    sent = {"document": form.cleaned_data["document"]} if kept.form is OutputForm else {}
    return {kept.name: form.instance, **sent}


def _row(kept: Room, group: BuyerGroup, pk: int) -> Any:
    return get_object_or_404(kept.model._default_manager.filter(group=group), pk=pk)


def _told(kept: Room, done: str) -> str:
    return f"{ARTICLES[kept.noun]} {kept.noun} is {done}."
