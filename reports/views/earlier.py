"""Earlier texts of a section, of the letter or of a note, and bringing one back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.permissions import reader
from reports.composing import earlier
from reports.errors import LetterError
from reports.views.desks import Desk, of_letter, of_note

PER_PAGE, ALL = 20, "alles"
_page = require_http_methods(["GET", "HEAD", "POST"])


@_page
def section_earlier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _earlier(request, of_letter(reader(request), slug, pk))


@_page
def note_section_earlier(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    return _earlier(request, of_note(reader(request), slug, office, pk))


def _earlier(request: HttpRequest, desk: Desk) -> HttpResponse:
    states = earlier.states(desk.row)
    if request.method == "POST":
        return _bring_back(request, desk, {str(row.pgh_id): row for row in states})
    shows_all = request.GET.get("toon") == ALL
    groups = [[row] for row in states] if shows_all else earlier.sittings(states)
    page = Paginator(groups, PER_PAGE).get_page(request.GET.get("pagina"))
    following = groups[page.end_index()][0] if page.has_next() else None
    context = {
        **desk.context,
        "shows_all": shows_all,
        "count": len(states),
        "is_grouped": len(groups) < len(states),
        "states": earlier.told(desk.row, list(page.object_list), following),
        "page": page,
        "query": request.GET,
        "may_edit": not desk.locked,
        "crumbs": desk.crumbs(request, (str(desk.row), desk.at("edit")), ("Eerdere teksten", "")),
    }
    return render(request, "reports/section_earlier.html", context)


def _bring_back(request: HttpRequest, desk: Desk, states: dict[str, object]) -> HttpResponse:
    row = states.get(request.POST.get("tekst", ""))
    here = redirect(desk.at("earlier"))
    if row is None:
        messages.error(request, "Die tekst is niet gevonden. Kies er een uit de lijst.")
        return here
    text: str = row.text  # type: ignore[attr-defined] # of the history
    try:
        desk.save(text, reader(request))
        messages.success(request, "Teruggezet. De tekst die er stond, vindt u hier ook.")
    except LetterError as error:
        messages.error(request, str(error))
    return desk.after(request) or here
