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
from reports.checks import Checked, Finding, Weight, checked
from reports.composing.forms import RemoveForm
from reports.errors import LetterError
from reports.models import DecisionNote, Letter, NoteSection
from reports.services.waiving import may_waive
from reports.views.composing import page, refused
from reports.views.rights import commented, composed
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
    composes = may(user, Action.COMPOSE_LETTER)
    found = checked(letter)
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "groups": [(*_HEADS[weight], shown(letter, found, weight, composes=composes)) for weight in Weight],
        "aside": [(item, composes and may_waive(letter, item.finding)) for item in found if not item.is_open],
        "crumbs": rooms.crumbs(request, letter, "Controles"),
    }
    return render(request, "reports/letter_checks.html", context)


def shown(letter: Letter, found: list[Checked], weight: Weight, *, composes: bool) -> list[Shown]:
    """The open findings of that weight, with what the reader can do about each."""
    items = [item for item in found if item.is_open and item.finding.weight is weight]
    if not composes:
        return [Shown(item, "", "") for item in items]
    return [Shown(item, edit_address(letter, item.finding), waive_address(letter, item)) for item in items]


def edit_address(letter: Letter, found: Finding) -> str:
    """Where its text is written, as long as that can change."""
    if found.head:
        return _note_address("note-edit", letter, found.head) if found.head.may_change else ""
    if isinstance(found.section, NoteSection):
        note = found.section.note
        return _note_address("note-section-edit", letter, note, found.section.pk) if note.may_change else ""
    if found.section is None or not letter.may_change_texts:
        return ""
    return reverse("reports:section-edit", args=[letter.slug, found.section.pk])


def _note_address(page: str, letter: Letter, note: DecisionNote, *more: int) -> str:
    return reverse(f"reports:{page}", args=[letter.slug, note.office.slug, *more])


def waive_address(letter: Letter, item: Checked) -> str:
    """Where it is put aside; empty when it cannot be any more."""
    if not may_waive(letter, item.finding):
        return ""
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
