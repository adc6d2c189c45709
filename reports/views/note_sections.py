"""Keeping passages of a section of a decision note inside."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import require_http_methods, require_POST

from monitoring.cited import on_page
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.prose.paragraphs import paragraphs
from mvi_portal.core.templatetags.mvi import keep
from reports import services
from reports.errors import LetterError
from reports.models import NoteSection, Withholding
from reports.notes.forms import WithholdForm
from reports.views.comments import values_of
from reports.views.notes import composed_note, crumbs
from signatories.views.keeping import accepted, answer, typed


@require_http_methods(["GET", "HEAD"])
@transaction.atomic
def note_passages(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    """Each paragraph of the section, with whether it will be public."""
    section = _section(request, slug, office, pk)
    kept = {row.sha256: row for row in section.withholdings.all()}
    blocks, values = paragraphs(section.text), values_of(section)
    context = {
        "letter": section.note.letter,
        "note": section.note,
        "section": section,
        "may_change": section.note.may_withhold,
        "passages": [
            {"sha256": block.sha256, "html": on_page(block.html, values), "kept": kept.get(block.sha256)}
            for block in blocks
        ],
        "gone": [row for row in kept.values() if row.sha256 not in {block.sha256 for block in blocks}],
        "crumbs": crumbs(request, section.note, f"{section}: wat openbaar wordt"),
    }
    return render(request, "reports/note_passages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def passage_withhold(request: HttpRequest, slug: str, office: str, pk: int, sha256: str) -> HttpResponse:
    """On which ground the passage stays inside; the same again confirms it."""
    section = _section(request, slug, office, pk)
    block = next((item for item in paragraphs(section.text) if item.sha256 == sha256), None)
    if block is None:
        raise Http404
    row = section.withholdings.filter(sha256=sha256).first()
    form = WithholdForm(typed(request), instance=row or Withholding(section=section, sha256=sha256))

    def save(given: dict[str, Any]) -> None:
        by = reader(request)
        services.withhold(section=section, sha256=sha256, ground=given["ground"], why=given["why"], by=by)

    place = [slug, office, pk]
    try:
        if accepted(form, save):
            messages.success(request, "De passage komt niet in de openbare versie.")
            return redirect("reports:note-passages", *place)
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:note-passages", *place)
    back = keep(request, reverse("reports:note-passages", args=place))
    path = [*crumbs(request, section.note, "x")[:-1], (f"{section}: wat openbaar wordt", back)]
    words = unescape(strip_tags(on_page(block.html, values_of(section)))).strip()
    title = "Passage niet openbaar maken"
    return answer(request, form, title=title, button="Bewaar", crumbs=path, intro=f"“{words}”")


@require_POST
@transaction.atomic
def passage_release(request: HttpRequest, slug: str, office: str, pk: int, sha256: str) -> HttpResponse:
    section = _section(request, slug, office, pk)
    try:
        if services.release(section=section, sha256=sha256, by=reader(request)):
            messages.success(request, "De passage is weer openbaar.")
        else:
            messages.info(request, "De passage was al openbaar.")
    except LetterError as error:
        messages.error(request, str(error))
    return redirect("reports:note-passages", slug, office, pk)


def _section(request: HttpRequest, slug: str, office: str, pk: int) -> NoteSection:
    note = composed_note(reader(request), slug, office)
    section = get_object_or_404(NoteSection.objects.select_for_update().filter(note=note), pk=pk)
    section.note = note
    return section
