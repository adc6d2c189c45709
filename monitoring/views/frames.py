"""The frames: all of them, made from each other, and how their lines go on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from monitoring import overview, services
from monitoring.forms import CopyFrameForm, FrameRolesForm, MappingForm
from monitoring.locking import locked, locked_because
from monitoring.models import Frame
from monitoring.views.keeping import GO_ON
from monitoring.views.lists import Crumbs, crumbs
from monitoring.views.nouns import FRAME
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.views.keeping import NOTHING, accepted, answer, keeper, typed

COLUMNS = (
    Column("name", "Kader"),
    Column("plan", "Plan"),
    Column("period", "Geldt"),
    Column("state", "Stand"),
)
page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def frame_list(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    frames = list(Frame.objects.visible_to(user, on=timezone.localdate()).order_by("valid_from", "slug"))
    fixed = locked(frames)
    rows = [_row(item, request, is_fixed=item.pk in fixed) for item in frames]
    keeps = may(user, Action.KEEP_REGISTER)
    context = {
        "table": Table("Kaders", COLUMNS, rows, "Er zijn geen kaders die u mag inzien."),
        "new_url": keep(request, FRAME.address_of_new) if keeps else "",
        "crumbs": crumbs(request, ("Kaders", "")),
    }
    return render(request, "monitoring/frame_list.html", context)


def _row(item: Frame, request: HttpRequest, *, is_fixed: bool) -> Row:
    name = Cell(
        item.name, keep(request, FRAME.address("detail", item)), "demo" if item.is_demo else "", "warn"
    )
    state = Cell("", tag="staat vast", tone="info") if is_fixed else Cell("")
    return Row([name, Cell(item.plan_title), Cell(overview.period(item)), state])


@page
@transaction.atomic
def frame_copy(request: HttpRequest, key: str) -> HttpResponse:
    by, frame = keeper(request), _locked(key)
    form = CopyFrameForm(typed(request), initial={"plan_title": frame.plan_title})

    def save(given: dict[str, Any]) -> None:
        form.made = services.copy_frame(frame=frame, **given, by=by)  # type: ignore[attr-defined] # to go there

    if accepted(form, save):
        made: Frame = form.made  # type: ignore[attr-defined] # just now
        messages.success(
            request, "Het nieuwe kader is gemaakt. Pas de lijnen en rollen aan waar dat nodig is."
        )
        return redirect(keep(request, FRAME.address("edit", made)))
    title, intro = "Nieuw kader maken", f"Het nieuwe kader krijgt dezelfde lijnen als {frame.name}."
    return answer(request, form, title=title, button="Maak", crumbs=_way(request, frame), intro=intro)


@page
@transaction.atomic
def frame_roles(request: HttpRequest, key: str) -> HttpResponse:
    """Dated rows: a role that ends gets a last day, and stays."""
    by, frame = keeper(request), _locked(key)
    path = _way(request, frame)
    form = FrameRolesForm(typed(request), instance=frame)

    def save(given: dict[str, Any]) -> None:
        kept, dropped = form.saved_rows()
        services.keep_fact(fact=frame, kept=kept, dropped=dropped, by=by, why=given["why"])

    if form.is_bound and form.is_valid() and not form.has_changed():
        messages.info(request, NOTHING)
        return redirect(path[-1][1])
    if accepted(form, save):
        messages.success(request, "De rollen zijn bewaard.")
        return redirect(request.get_full_path() if GO_ON in request.POST else path[-1][1])
    title = "Wie doet wat voor het plan"
    told = {"form": form, "title": title, "button": "Bewaar", "back": path[-1][1], "changes": None}
    context = {**told, "crumbs": [*path, (title, "")]}
    return render(request, "monitoring/fact_form.html", context, status=400 if form.is_bound else 200)


@page
@transaction.atomic
def frame_mapping(request: HttpRequest, key: str) -> HttpResponse:
    by, frame = keeper(request), _locked(key)
    path = _way(request, frame)
    if because := locked_because(frame):
        messages.error(request, f"{because} Daarom blijven de koppelingen zoals ze zijn.")
        return redirect(path[-1][1])
    form = MappingForm(typed(request), frame=frame)

    def save(given: dict[str, Any]) -> None:
        services.map_lines(frame=frame, before=form.chosen(), by=by, why=given["why"])

    if accepted(form, save):
        messages.success(request, "De koppelingen zijn bewaard.")
        return redirect(path[-1][1])
    intro = (
        "Zo loopt een reeks door: wat op een eerdere lijn gebeurde, hoort bij de lijn die erop verder gaat."
    )
    title = "Lijnen koppelen"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, intro=intro)


def _locked(slug: str) -> Frame:
    return get_object_or_404(Frame.objects.select_for_update(of=("self",)), slug=slug)


def _way(request: HttpRequest, frame: Frame) -> Crumbs:
    here = (frame.name, FRAME.address("detail", frame))
    return [
        (label, address)
        for label, address in crumbs(request, ("Kaders", reverse("monitoring:frame-list")), here)
    ]
