"""Editing one section of a letter under way."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.writing import editor_context
from reports import content, rooms, services, writing
from reports.errors import LetterError
from reports.forms import SectionForm
from reports.models import Section
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


def _saved(request: HttpRequest, section: Section, form: SectionForm) -> HttpResponse:
    try:
        services.edit_section(section=section, text=form.cleaned_data["text"], by=reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-detail", section.letter.slug)
    if writing.problems(content.draft(section.letter_id, section=section)):
        messages.warning(request, "De tekst is bewaard, maar de brief kan er nog niet mee gebouwd worden.")
        return redirect("reports:section-edit", section.letter.slug, section.pk)
    messages.success(request, f"De tekst van '{section}' is bewaard.")
    return redirect("reports:letter-detail", section.letter.slug)


def _context(request: HttpRequest, section: Section, form: SectionForm) -> dict[str, object]:
    letter = section.letter
    drawn = content.draft(letter.pk, section=section)
    return {
        "letter": letter,
        "section": section,
        "form": form,
        "problems": writing.problems(drawn),
        "changes": change_lines(section),
        "crumbs": rooms.crumbs(request, letter, str(section)),
        **editor_context(form, drawn.letter.figures, request.csp_nonce),  # type: ignore[attr-defined] # set by CSPMiddleware
    }
