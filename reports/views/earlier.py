"""Earlier texts of a section, and bringing one back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.permissions import reader
from reports import rooms, services
from reports.composing import earlier
from reports.errors import LetterError
from reports.models import Section
from reports.views.rights import composed

PER_PAGE, ALL = 20, "alles"


@require_http_methods(["GET", "HEAD", "POST"])
def section_earlier(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter = composed(reader(request), slug)
    section = get_object_or_404(letter.sections.select_related("letter"), pk=pk)
    states = earlier.states(section)
    if request.method == "POST":
        return _bring_back(request, section, {str(row.pgh_id): row for row in states})
    shows_all = request.GET.get("toon") == ALL
    groups = [[row] for row in states] if shows_all else earlier.sittings(states)
    page = Paginator(groups, PER_PAGE).get_page(request.GET.get("pagina"))
    following = groups[page.end_index()][0] if page.has_next() else None
    edit = reverse("reports:section-edit", args=[slug, pk])
    context = {
        "letter": letter,
        "section": section,
        "shows_all": shows_all,
        "count": len(states),
        "is_grouped": len(groups) < len(states),
        "states": earlier.told(section, list(page.object_list), following),
        "page": page,
        "query": request.GET,
        "may_edit": letter.may_change_texts,
        "crumbs": [*rooms.crumbs(request, letter, "")[:-1], (str(section), edit), ("Eerdere teksten", "")],
    }
    return render(request, "reports/section_earlier.html", context)


def _bring_back(request: HttpRequest, section: Section, states: dict[str, object]) -> HttpResponse:
    row = states.get(request.POST.get("tekst", ""))
    here = redirect("reports:section-earlier", section.letter.slug, section.pk)
    if row is None:
        messages.error(request, "Die tekst is niet gevonden. Kies er een uit de lijst.")
        return here
    text: str = row.text  # type: ignore[attr-defined] # of the history
    try:
        services.edit_section(section=section, text=text, by=reader(request))
        messages.success(request, "Teruggezet. De tekst die er stond, vindt u hier ook.")
    except LetterError as error:
        messages.error(request, str(error))
    return here
