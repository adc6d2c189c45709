"""How the letter reads, before it is built or as a version froze it; and the figures that it says."""

from __future__ import annotations

from functools import partial

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mvi_portal.accounts.permissions import reader
from mvi_portal.core.tabs import Tab
from mvi_portal.core.templatetags.mvi import keep
from reports import content, pictures, rooms, summary
from reports.errors import LetterError
from reports.frozen import FrozenLetter, from_json
from reports.models import Letter
from reports.render import figures_in, to_screen
from reports.views.rights import versions_of


@require_safe
def letter_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """From the texts and the register of now; a letter that was sent is only read as it was frozen."""
    letter = _under_way(request, slug)
    tabs = rooms.letter_tabs(request, letter)
    try:
        drawn = content.gather(letter.pk, on=letter.reference_date)
        text = to_screen(drawn, link=partial(figure_address, request, "letter", slug))
    except LetterError as error:
        return _preview(request, letter, problems=error.problems, tabs=tabs)
    return _preview(request, letter, text=text, tabs=tabs)


@require_safe
def version_preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    version = get_object_or_404(versions_of(reader(request), slug).ready(), number=number)
    told = f"versie {number}, zoals die is vastgelegd"
    link = partial(figure_address, request, "version", slug, number)
    text, tabs = to_screen(from_json(version.content), link=link), rooms.version_tabs(request, version)
    return _preview(request, version.letter, text=text, told=told, tabs=tabs)


@require_safe
def letter_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures that the texts name, on the letter's reference date."""
    letter = _under_way(request, slug)
    drawn = content.draft(letter.pk).letter
    told = "De cijfers die de tekst nu noemt, op de peildatum van de brief."
    return _figures(request, letter, drawn, told, rooms.letter_tabs(request, letter))


@require_safe
def version_figures(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    version = get_object_or_404(versions_of(reader(request), slug).ready(), number=number)
    told = f"De cijfers van versie {number}, zoals ze zijn vastgelegd en gedrukt."
    frozen = from_json(version.content)
    return _figures(request, version.letter, frozen, told, rooms.version_tabs(request, version))


@require_safe
@never_cache
def version_pages(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """As it is printed, page by page; drawn by the worker, right after it printed them."""
    version = get_object_or_404(versions_of(reader(request), slug).ready(), number=number)
    place = [slug, number]
    addresses = [reverse("reports:version-picture", args=[*place, page]) for page in version.page_numbers]
    context = {
        "version": version,
        "tabs": rooms.version_tabs(request, version),
        "pages": list(enumerate(addresses, start=1)),
        "is_drawing": pictures.are_coming(version),
        "preview_url": keep(request, reverse("reports:version-preview", args=place)),
        "crumbs": rooms.crumbs(request, version.letter, "Bladzijden"),
    }
    return render(request, "reports/version_pages.html", context)


@require_safe
def version_picture(request: HttpRequest, slug: str, number: int, page: int) -> FileResponse:
    """One page as a PNG; one that was not drawn is not found."""
    version = get_object_or_404(versions_of(reader(request), slug).ready(), number=number)
    if page not in version.page_numbers or not version.file.storage.exists(version.picture(page)):
        raise Http404
    return FileResponse(version.file.storage.open(version.picture(page)), content_type="image/png")


def figure_address(request: HttpRequest, noun: str, *place: object) -> str:
    """Where a reader is told what a number is made of."""
    return keep(request, reverse(f"reports:{noun}-figure", args=place))


def _under_way(request: HttpRequest, slug: str) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(reader(request)).under_way(), slug=slug)


def _preview(request: HttpRequest, letter: Letter, **told: object) -> HttpResponse:
    context = {"letter": letter, "crumbs": rooms.crumbs(request, letter, "Voorbeeld"), **told}
    return render(request, "reports/letter_preview.html", context)


def _figures(
    request: HttpRequest, letter: Letter, frozen: FrozenLetter, told: str, tabs: list[Tab]
) -> HttpResponse:
    context = {
        "letter": letter,
        "told": told,
        "tabs": tabs,
        "is_demo": frozen.is_demo,
        "table": summary.figures_table(figures_in(frozen), frozen.reference_date),
        "crumbs": rooms.crumbs(request, letter, "Cijfers"),
    }
    return render(request, "reports/letter_figures.html", context)
