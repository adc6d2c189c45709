"""What the checks found in a letter, and putting it aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from reports import rooms, services
from reports.checks import Checked, Weight, checked
from reports.composing.forms import RemoveForm
from reports.errors import LetterError
from reports.models import Letter
from reports.views.composing import page, refused
from reports.views.notes import commented
from reports.views.rights import composed
from signatories.views.keeping import accepted, answer, typed

_HEADS = {
    Weight.ERROR: (
        "Fouten",
        "Los ze op, of zet ze opzij met een reden. Dan kan de akkoordronde beginnen.",
    ),
    Weight.WARNING: ("Let op", "Kijk of dit klopt."),
    Weight.NOTE: ("Ter informatie", "Hier hoeft u niets aan te doen."),
}


@dataclass(frozen=True)
class Shown:
    """A finding on the page, with where to mend it and where to put it aside."""

    item: Checked
    edit_url: str
    waive_url: str


@require_safe
def letter_checks(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    letter = commented(user, slug)
    may_edit = letter.may_change_texts and may(user, Action.COMPOSE_LETTER)
    found = checked(letter)
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "groups": [(*_HEADS[weight], _shown(letter, found, weight, may_edit=may_edit)) for weight in Weight],
        "aside": [item for item in found if not item.is_open],
        "may_edit": may_edit,
        "crumbs": rooms.crumbs(request, letter, "Controles"),
    }
    return render(request, "reports/letter_checks.html", context)


def _shown(letter: Letter, found: list[Checked], weight: Weight, *, may_edit: bool) -> list[Shown]:
    """The open findings of that weight."""
    items = [item for item in found if item.is_open and item.finding.weight is weight]
    if not may_edit:
        return [Shown(item, "", "") for item in items]
    return [Shown(item, edit_address(letter, item), waive_address(letter, item)) for item in items]


def edit_address(letter: Letter, item: Checked) -> str:
    section = item.finding.section
    return reverse("reports:section-edit", args=[letter.slug, section.pk]) if section else ""


def waive_address(letter: Letter, item: Checked) -> str:
    asked = urlencode({"controle": item.finding.check.value, "anker": item.finding.anchor})
    return f"{reverse('reports:check-waive', args=[letter.slug])}?{asked}"


@page
def check_waive(request: HttpRequest, slug: str) -> HttpResponse:
    """With a reason; what it is about comes along in the address."""
    letter = composed(reader(request), slug)
    place = {"check_key": request.GET.get("controle", ""), "anchor": request.GET.get("anker", "")}
    try:
        found = services.finding_at(letter, **place)
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-checks", slug)
    form = RemoveForm(typed(request))
    by = reader(request)
    if accepted(form, lambda given: refused(services.waive, letter=letter, why=given["why"], by=by, **place)):
        messages.success(request, "Opzij gezet. Wordt de tekst anders, dan kijken we opnieuw.")
        return redirect("reports:letter-checks", slug)
    way = [
        *rooms.crumbs(request, letter, "")[:-1],
        ("Controles", reverse("reports:letter-checks", args=[slug])),
    ]
    return answer(request, form, title="Zet dit opzij", button="Zet opzij", crumbs=way, intro=found.line)


@require_POST
def check_count_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter = composed(reader(request), slug)
    waiver = get_object_or_404(letter.waivers.select_related("letter"), pk=pk)
    try:
        services.unwaive(waiver=waiver, by=reader(request))
        messages.success(request, "Dit telt weer mee.")
    except LetterError as error:
        messages.error(request, str(error))
    return redirect("reports:letter-checks", slug)
