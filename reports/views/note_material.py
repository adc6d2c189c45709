"""What a section of a decision note can be written from, and taking it over."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.permissions import reader
from mvi_portal.core.prose import paragraphs
from reports import services
from reports.composing.material import Materials
from reports.errors import LetterError
from reports.notes.material import is_taken, material
from reports.views.desks import NoteDesk, of_note
from reports.views.material import GONE, shortened


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def note_material(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    desk = of_note(reader(request), slug, office, pk, lock=True)
    section = desk.row
    if desk.locked:
        messages.error(request, desk.locked)
        return redirect(desk.home)
    found = material(desk.letter)
    if request.method == "POST":
        return _take(request, desk, found)
    context = {
        "letter": desk.letter,
        "section": section,
        "groups": [
            (
                group.title,
                [(item, found.printed(item), None, is_taken(item, section.text)) for item in group.offers],
            )
            for group in found.groups
        ],
        "places": [(item.sha256, shortened(item.text)) for item in paragraphs(section.text)],
        "chosen": request.GET.get("na", ""),
        "edit_url": desk.at("edit"),
        "crumbs": desk.crumbs(request, (str(section), desk.at("edit")), ("Materiaal", "")),
    }
    return render(request, "reports/section_material.html", context)


def _take(request: HttpRequest, desk: NoteDesk, found: Materials) -> HttpResponse:
    offer = found.find(request.POST.get("sleutel", ""))
    here = redirect(desk.at("material"))
    if offer is None:
        messages.error(request, GONE)
        return here
    try:
        after = request.POST.get("na", "")
        services.take_note_material(section=desk.row, offer=offer, after=after, by=reader(request))
        messages.success(request, f"Overgenomen: {offer.title}. U kunt de zin nu in de tekst bewerken.")
    except LetterError as error:
        messages.error(request, str(error))
    return here
