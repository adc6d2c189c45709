"""Writing one text, of the letter or of a note: the text, its preview and its checks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.autosave import saved
from mvi_portal.core.writing import ProseForm, editor_context
from reports import content
from reports.checks import checked
from reports.composing.previewing import Preview, preview
from reports.errors import LetterError
from reports.views import remarking
from reports.views.checking import Shown, waive_address
from reports.views.desks import Desk, of_letter, of_note

_page = require_http_methods(["GET", "HEAD", "POST"])


@_page
@transaction.atomic
def section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _edit(request, of_letter(reader(request), slug, pk, lock=True))


@_page
@transaction.atomic
def note_section_edit(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    return _edit(request, of_note(reader(request), slug, office, pk, lock=True))


@require_POST
@transaction.atomic
def section_draft(request: HttpRequest, slug: str, pk: int) -> JsonResponse:
    """Kept while somebody types."""
    return _draft(request, of_letter(reader(request), slug, pk, lock=True))


@require_POST
@transaction.atomic
def note_section_draft(request: HttpRequest, slug: str, office: str, pk: int) -> JsonResponse:
    return _draft(request, of_note(reader(request), slug, office, pk, lock=True))


@require_POST
@never_cache
def section_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The text that is sent along, as it would be printed; nothing is kept."""
    return _preview(request, of_letter(reader(request), slug, pk))


@require_POST
@never_cache
def note_section_preview(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    return _preview(request, of_note(reader(request), slug, office, pk))


@require_safe
@never_cache
def section_checks(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the checks find in the text as it was saved; a part of the page on which it is written."""
    return _checks(request, of_letter(reader(request), slug, pk))


@require_safe
@never_cache
def note_section_checks(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    return _checks(request, of_note(reader(request), slug, office, pk))


def _edit(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.locked:
        messages.error(request, desk.locked)
        return redirect(desk.home)
    form = desk.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _saved(request, desk, form)
    status = 400 if form.is_bound else 200
    return render(request, "reports/section_edit.html", _context(request, desk, form), status=status)


def _draft(request: HttpRequest, desk: Desk) -> JsonResponse:
    def keep(given: dict[str, Any]) -> None:
        try:
            if "text" in given:
                desk.save(given["text"], reader(request))
        except LetterError as error:
            raise ValidationError(list(error.problems)) from error

    return saved(desk.form(request.POST), keep, lambda: desk.form(row=desk.fresh()))


def _preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    shown = preview(desk.row, request.POST.get("text", ""))
    return render(request, "reports/_section_preview.html", {"preview": shown})


def _checks(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = [item for item in checked(desk.letter, [desk.row]) if item.is_open]
    shown = [Shown(item, "", waive_address(desk.letter, item)) for item in found]
    return render(request, "reports/_section_checks.html", {"findings": shown})


def _saved(request: HttpRequest, desk: Desk, form: ProseForm) -> HttpResponse:
    try:
        desk.save(form.cleaned_data["text"], reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect(desk.home)
    if remarking.ACT in request.POST:
        return _remarked(request, desk)
    if preview(desk.row, form.cleaned_data["text"]).problems:
        told = f"De tekst is bewaard, maar {desk.document} kan er nog niet mee gebouwd worden."
        messages.warning(request, told)
        return redirect(desk.at("edit"))
    if (first := desk.after(request)) is not None:
        return first
    messages.success(request, f"De tekst van '{desk.row}' is bewaard.")
    return redirect(desk.home)


def _remarked(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The text is saved; the writer stays here, with what was typed if the remark was refused."""
    stored = desk.fresh()
    try:
        messages.success(request, remarking.act(stored, request.POST, reader(request)))
    except LetterError as error:
        messages.error(request, f"De tekst is bewaard, maar dit niet: {error}")
        desk.row.text = stored.text
        context = _context(request, desk, desk.form(row=stored))
        return render(request, "reports/section_edit.html", context, status=400)
    return redirect(f"{desk.at('edit')}#opmerkingen")


def _context(request: HttpRequest, desk: Desk, form: ProseForm) -> dict[str, object]:
    with content.read_once():
        return _told(request, desk, form)


def _told(request: HttpRequest, desk: Desk, form: ProseForm) -> dict[str, object]:
    shown: Preview = preview(desk.row, form["text"].value() or "")
    on = desk.letter.reference_date
    return {
        **desk.context,
        **{f"{page}_url": desk.at(page) for page in ("draft", "preview", "checks")},
        "form": form,
        "preview": shown,
        **remarking.beside(desk.row, request.POST),
        "changes": change_lines(desk.row),
        "crumbs": desk.crumbs(request, (str(desk.row), "")),
        **editor_context(
            form,
            desk.figures(),
            request.csp_nonce,  # type: ignore[attr-defined] # set by CSPMiddleware
            on=on,
            series=desk.series(),
        ),
    }
