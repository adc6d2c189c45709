"""Taking away a version that was added by mistake, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actionplans.models import ActionPlan, PlanVersion
from actionplans.services import removing
from actionplans.views.common import address, crumbs, keeper, locked
from actionplans.views.keeping import page
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.forms.fields import reason
from signatories.views.keeping import accepted, answer, typed

INTRO = (
    "Alleen voor een versie die per ongeluk is toegevoegd. Zij telt daarna nergens meer mee. De geschiedenis "
    f"bewaart wat er stond, wie het weghaalde en waarom. U kunt haar {removing.DAYS} dagen lang terugzetten; "
    "daarna verdwijnt ook het bestand."
)
COLUMNS = (
    Column("number", "Versie"),
    Column("file", "Bestand"),
    Column("at", "Weggehaald op"),
    Column("by", "Door"),
    Column("why", "Waarom"),
)


class RemoveForm(forms.Form):
    why = reason(required=True)


@page
@transaction.atomic
def version_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    plan = locked(request, slug)
    by, path = keeper(request), crumbs(request, plan)
    version = get_object_or_404(plan.versions.all(), number=number)
    if stays := removing.why_it_stays(version):
        messages.error(request, stays)
        return redirect(path[-1][1])
    form = RemoveForm(typed(request))

    def save(given: dict[str, Any]) -> None:
        removing.remove_version(version=version, by=by, why=given["why"])

    if accepted(form, save):
        messages.success(request, f"Versie {number} is weggehaald. U kunt haar hieronder terugzetten.")
        return redirect(path[-1][1])
    title = f"Versie {number} weghalen"
    intro = f"U haalt weg: {_what(version)}. {INTRO}"
    return answer(request, form, title=title, button="Haal weg", crumbs=path, intro=intro)


def _what(version: PlanVersion) -> str:
    """So that nobody takes the wrong one away."""
    named = version.filename or version.url or "een versie zonder bestand"
    return f"{named}, ontvangen op {version.received_on}"


@require_POST
@transaction.atomic
def version_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    plan = locked(request, slug)
    by = keeper(request)
    try:
        removing.put_back(plan=plan, number=number, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Versie {number} is teruggezet.")
    return redirect(address(request, plan))


@dataclass(frozen=True)
class Removed:
    """What was taken away, and for each where to press to have it back."""

    table: Table
    ways_back: list[tuple[int, str]]


def removed(plan: ActionPlan) -> Removed | None:
    """None without any."""
    gone = removing.removed(plan)
    contexts = [(event.pgh_context.metadata if event.pgh_context else {}) for event in gone]
    people = User.objects.in_bulk({told["user"] for told in contexts if told.get("user")})
    rows = [_row(event, told, people) for event, told in zip(gone, contexts, strict=True)]
    ways = [
        (event.number, reverse("actionplans:version-restore", args=[plan.slug, event.number]))
        for event in gone
    ]
    return Removed(Table("Weggehaalde versies", COLUMNS, rows, ""), ways) if rows else None


def _row(event: Any, told: dict[str, Any], people: dict[int, User]) -> Row:
    return Row(
        [
            Cell(event.number),
            Cell(event.filename or event.url or "geen bestand"),
            Cell(long_date(timezone.localdate(event.pgh_created_at))),
            Cell(people.get(told.get("user") or 0, "iemand van wie het account is gewist")),
            Cell(told.get("why", "")),
        ]
    )
