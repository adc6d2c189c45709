"""Editing one section of a letter under way: the text, its preview, its checks, and its earlier texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.autosave import saved
from mvi_portal.core.writing import editor_context
from reports import content, rooms, services
from reports.checks import checked
from reports.composing.previewing import Preview, preview
from reports.errors import LetterError
from reports.forms import SectionForm
from reports.models import Letter, Section
from reports.views import remarking
from reports.views.checking import Shown, waive_address
from reports.views.rights import composed


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter = composed(reader(request), slug)
    section = get_object_or_404(Section.objects.select_for_update().filter(letter=letter), pk=pk)
    if not letter.may_change_texts:
        messages.error(request, services.texts_locked(letter))
        return redirect("reports:letter-detail", slug)
    form = SectionForm(request.POST if request.method == "POST" else None, instance=section)
    if form.is_valid():
        return _saved(request, section, form)
    status = 400 if form.is_bound else 200
    return render(request, "reports/section_edit.html", _context(request, section, form), status=status)


@require_POST
@transaction.atomic
def section_draft(request: HttpRequest, slug: str, pk: int) -> JsonResponse:
    """Kept while somebody types."""
    letter = composed(reader(request), slug)
    section = get_object_or_404(Section.objects.select_for_update().filter(letter=letter), pk=pk)
    form = SectionForm(request.POST, instance=section)

    def keep(given: dict[str, Any]) -> None:
        try:
            if "text" in given:
                services.edit_section(section=section, text=given["text"], by=reader(request))
        except LetterError as error:
            raise ValidationError(list(error.problems)) from error

    return saved(form, keep, lambda: SectionForm(instance=Section.objects.get(pk=pk)))


@require_POST
@never_cache
def section_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The text that is sent along, as it would be printed; nothing is kept."""
    section = _section(composed(reader(request), slug), pk)
    text = request.POST.get("text", "")
    return render(request, "reports/_section_preview.html", {"preview": preview(section, text)})


@require_safe
@never_cache
def section_checks(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the checks find in the text as it was saved; a part of the page on which it is written."""
    section = _section(composed(reader(request), slug), pk)
    return render(request, "reports/_section_checks.html", {"findings": _findings(section)})


def _section(letter: Letter, pk: int) -> Section:
    rows = letter.sections.select_related("letter__previous", "letter__frame", "line")
    return get_object_or_404(rows, pk=pk)


def _findings(section: Section) -> list[Shown]:
    letter = section.letter
    found = [item for item in checked(letter, section) if item.is_open]
    return [Shown(item, "", waive_address(letter, item)) for item in found]


def _saved(request: HttpRequest, section: Section, form: SectionForm) -> HttpResponse:
    try:
        services.edit_section(section=section, text=form.cleaned_data["text"], by=reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-detail", section.letter.slug)
    if remarking.ACT in request.POST:
        return _remarked(request, section)
    if preview(section, form.cleaned_data["text"]).problems:
        messages.warning(request, "De tekst is bewaard, maar de brief kan er nog niet mee gebouwd worden.")
        return redirect("reports:section-edit", section.letter.slug, section.pk)
    messages.success(request, f"De tekst van '{section}' is bewaard.")
    return redirect("reports:letter-detail", section.letter.slug)


def _remarked(request: HttpRequest, section: Section) -> HttpResponse:
    """The text is saved; the writer stays here, with what was typed if the remark was refused."""
    stored = Section.objects.select_related("letter").get(pk=section.pk)
    try:
        messages.success(request, remarking.act(stored, request.POST, reader(request)))
    except LetterError as error:
        messages.error(request, f"De tekst is bewaard, maar dit niet: {error}")
        context = _context(request, stored, SectionForm(instance=stored))
        return render(request, "reports/section_edit.html", context, status=400)
    place = reverse("reports:section-edit", args=[stored.letter.slug, stored.pk])
    return redirect(f"{place}#opmerkingen")


def _context(request: HttpRequest, section: Section, form: SectionForm) -> dict[str, object]:
    letter = section.letter
    shown: Preview = preview(section, form["text"].value() or "")
    figures = content.draft(letter.pk, section=section).letter.figures
    return {
        "letter": letter,
        "section": section,
        "form": form,
        "preview": shown,
        **remarking.beside(section, request.POST),
        "changes": change_lines(section),
        "crumbs": rooms.crumbs(request, letter, str(section)),
        **editor_context(form, figures, request.csp_nonce, on=letter.reference_date),  # type: ignore[attr-defined] # set by CSPMiddleware
    }
