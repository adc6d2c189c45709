"""What a letter is made of: its parts in their order."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mvi_portal.accounts.permissions import reader
from reports import rooms, services
from reports.composing.forms import NewPartForm, PartForm, RemoveForm
from reports.errors import LetterError
from reports.models import Letter, Section
from reports.views.composing import closed, locked, page, refused
from reports.views.rights import composed
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed


@require_safe
def part_list(request: HttpRequest, slug: str) -> HttpResponse:
    letter = composed(reader(request), slug)
    if (stays := closed(request, letter)) is not None:
        return stays
    sections = list(letter.sections.select_related("line").order_by("order"))
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "parts": [(section, section.is_written) for section in sections],
        "crumbs": rooms.crumbs(request, letter, "Indeling"),
    }
    return render(request, "reports/part_list.html", context)


@page
@transaction.atomic
def part_new(request: HttpRequest, slug: str) -> HttpResponse:
    letter = locked(request, slug)
    if (stays := closed(request, letter)) is not None:
        return stays
    form = NewPartForm(typed(request), instance=Section(letter=letter, order=0))
    by = reader(request)
    if accepted(form, lambda _given: refused(services.add_part, section=form.instance, by=by)):
        messages.success(request, f"Toegevoegd, achteraan: {form.instance}.")
        return redirect("reports:part-list", slug)
    return answer(request, form, title="Onderdeel toevoegen", button="Voeg toe", crumbs=_way(request, letter))


@page
@transaction.atomic
def part_rename(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter, section = _at(request, slug, pk)
    if (stays := closed(request, letter)) is not None:
        return stays
    form = PartForm(typed(request), instance=section)
    if form.is_bound and form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect("reports:part-list", slug)
    by = reader(request)
    if accepted(form, lambda _given: refused(services.rename_part, section=form.instance, by=by)):
        messages.success(request, f"De kop is nu: {form.instance}.")
        return redirect("reports:part-list", slug)
    return answer(request, form, title="Kop wijzigen", button="Bewaar", crumbs=_way(request, letter))


@require_POST
def part_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _letter, section = _at(request, slug, pk)
    up = request.POST.get("kant") != "omlaag"
    try:
        moved = services.move_part(section=section, up=up, by=reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-detail", slug)
    edge = f"staat al {'boven' if up else 'onder'}aan"
    where = f"is {'omhoog' if up else 'omlaag'} gezet" if moved else edge
    messages.success(request, f"‘{section}’ {where}.")
    return redirect("reports:part-list", slug)


@page
@transaction.atomic
def part_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter, section = _at(request, slug, pk)
    if (stays := closed(request, letter)) is not None:
        return stays
    form = RemoveForm(typed(request))
    told = {"section": section, "by": reader(request)}
    if accepted(form, lambda given: refused(services.remove_part, why=given["why"], **told)):
        messages.success(request, f"Verwijderd: {section}. In de geschiedenis blijft de tekst bewaard.")
        return redirect("reports:part-list", slug)
    with_text = ", met de tekst die erin staat" if section.is_written else ""
    title, intro = "Onderdeel verwijderen", f"U verwijdert ‘{section}’{with_text}."
    return answer(request, form, title=title, button="Verwijder", crumbs=_way(request, letter), intro=intro)


def _at(request: HttpRequest, slug: str, pk: int) -> tuple[Letter, Section]:
    letter = composed(reader(request), slug)
    return letter, get_object_or_404(letter.sections.select_related("letter", "line"), pk=pk)


def _way(request: HttpRequest, letter: Letter) -> list[tuple[str, str]]:
    back = ("Indeling", reverse("reports:part-list", args=[letter.slug]))
    return [*rooms.crumbs(request, letter, "")[:-1], back]
