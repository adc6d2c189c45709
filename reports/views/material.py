"""What a section can be written from, and taking it over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.permissions import reader
from mvi_portal.core.prose import paragraphs
from reports import rooms, services
from reports.composing.material import Materials, material
from reports.errors import LetterError
from reports.models import Section
from reports.views.composing import closed
from reports.views.rights import composed

GONE = "Dit is niet meer te vinden: de gegevens zijn intussen anders. Kies opnieuw."


@require_http_methods(["GET", "HEAD", "POST"])
def section_material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    letter = composed(reader(request), slug)
    rows = letter.sections.select_related("letter__previous", "letter__frame", "line")
    section = get_object_or_404(rows, pk=pk)
    if (stays := closed(request, letter)) is not None:
        return stays
    found = material(section, reader(request))
    if request.method == "POST":
        return _take(request, section, found)
    taken = {row.key: row for row in section.taken.select_related("by")}
    edit = reverse("reports:section-edit", args=[slug, pk])
    context = {
        "letter": letter,
        "section": section,
        "groups": [
            (
                group.title,
                [
                    (item, found.printed(item), taken.get(item.key), item.key in taken)
                    for item in group.offers
                ],
            )
            for group in found.groups
        ],
        "places": [(item.sha256, shortened(item.text)) for item in paragraphs(section.text)],
        "chosen": request.GET.get("na", ""),
        "edit_url": edit,
        "crumbs": [*rooms.crumbs(request, letter, "")[:-1], (str(section), edit), ("Materiaal", "")],
    }
    return render(request, "reports/section_material.html", context)


def _take(request: HttpRequest, section: Section, found: Materials) -> HttpResponse:
    key, after = request.POST.get("sleutel", ""), request.POST.get("na", "")
    offer = found.find(key)
    here = redirect("reports:section-material", section.letter.slug, section.pk)
    if offer is None:
        messages.error(request, GONE)
        return here
    try:
        services.take_material(section=section, offer=offer, after=after, by=reader(request))
        messages.success(request, f"Overgenomen: {offer.title}. U kunt de zin nu in de tekst bewerken.")
    except LetterError as error:
        messages.error(request, str(error))
    return here


def shortened(text: str, most: int = 70) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
