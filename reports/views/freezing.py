"""Freezing the figures of a letter, what would differ by now, and what one number of it is made of."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.permissions import reader
from reports import content, frozen, frozen_pages, frozen_register, rooms, services
from reports.drift import drift
from reports.errors import LetterError
from reports.frozen import FrozenLetter
from reports.models import Letter
from reports.views.rights import composed, versions_of


@require_http_methods(["GET", "HEAD", "POST"])
def letter_freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """How the figures stand, and the button that freezes them."""
    if request.method == "POST":
        return _frozen(request, composed(reader(request), slug))
    letter = get_object_or_404(Letter.objects.visible_to(reader(request)), slug=slug)
    freezes = list(letter.freezes.for_pages())
    context = {
        "letter": letter,
        "newest": freezes[0] if freezes else None,
        "told": frozen_pages.when(freezes[0]) if freezes else "",
        "table": frozen_pages.freezes_table(letter, freezes, request),
        "may_edit": Letter.objects.editable_by(reader(request)).filter(pk=letter.pk).exists(),
        "tabs": rooms.letter_tabs(request, letter),
        "crumbs": rooms.crumbs(request, letter, "Cijfers bevriezen"),
    }
    return render(request, "reports/letter_freeze.html", context)


def _frozen(request: HttpRequest, letter: Letter) -> HttpResponse:
    before = content.newest(letter.pk)
    try:
        made = services.freeze_letter(letter=letter, by=reader(request))
    except LetterError as error:
        for problem in error.problems:
            messages.error(request, problem)
    else:
        if before == made:
            messages.info(request, "Er is niets veranderd: de cijfers waren al zo bevroren.")
        else:
            messages.success(request, f"De cijfers zijn bevroren: bevriezing {made.number}.")
    return redirect("reports:letter-freeze", letter.slug)


@require_safe
def freeze_drift(request: HttpRequest, slug: str) -> HttpResponse:
    """What would differ if the figures were frozen today."""
    letter = get_object_or_404(Letter.objects.visible_to(reader(request)), slug=slug)
    newest = content.newest(letter.pk)
    if newest is None:
        messages.info(request, "De cijfers zijn nog niet bevroren: er is niets om mee te vergelijken.")
        return redirect("reports:letter-freeze", slug)
    old = frozen_register.from_json(newest.content)
    try:
        now = content.register_of(letter.pk)
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-freeze", slug)
    found = drift(old, now)
    context = {
        "letter": letter,
        "freeze": newest,
        "drift": found,
        "changes": frozen_pages.told(found, {**old.names, **now.names}, now.reference_date),
        "may_edit": Letter.objects.editable_by(reader(request)).filter(pk=letter.pk).exists(),
        "crumbs": rooms.freeze_crumbs(request, letter, "Wat nu anders zou zijn"),
    }
    return render(request, "reports/freeze_drift.html", context)


@require_safe
def freeze_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All figures of one freeze, and what differed from the one before."""
    letter = get_object_or_404(Letter.objects.visible_to(reader(request)), slug=slug)
    freeze = get_object_or_404(letter.freezes.select_related("created_by"), number=number)
    register = frozen_register.from_json(freeze.content)
    before = letter.freezes.filter(number__lt=number).order_by("-number").first()
    old = frozen_register.from_json(before.content) if before else None
    found = drift(old, register) if old else None
    names = {**(old.names if old else {}), **register.names}
    context = {
        "letter": letter,
        "freeze": freeze,
        "told": frozen_pages.when(freeze),
        "before": before,
        "drift": found,
        "changes": frozen_pages.told(found, names, register.reference_date) if found else [],
        "table": frozen_pages.figures_table(register),
        "crumbs": rooms.freeze_crumbs(request, letter, f"Bevriezing {number}"),
    }
    return render(request, "reports/freeze_detail.html", context)


@require_safe
def letter_figure(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One number of the letter as it would be printed now."""
    letter = get_object_or_404(Letter.objects.visible_to(reader(request)).under_way(), slug=slug)
    freeze = content.newest(letter.pk)
    names = frozen_register.from_json(freeze.content).names if freeze else None
    return _figure(request, letter, content.draft(letter.pk).letter, key, names)


@require_safe
def version_figure(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """One number of a version as it was printed."""
    versions = versions_of(reader(request), slug).ready().select_related("freeze")
    version = get_object_or_404(versions, number=number)
    printed = frozen.from_json(version.content)
    if version.freeze:
        names = frozen_register.from_json(version.freeze.content).names
    else:
        names = frozen_pages.names_now(key, printed.reference_date, request)
    return _figure(request, version.letter, printed, key, names)


def _figure(
    request: HttpRequest, letter: Letter, printed: FrozenLetter, key: str, names: object
) -> HttpResponse:
    figure = printed.figures.get(key)
    if figure is None:
        raise Http404
    known = names if isinstance(names, dict) else None
    number = frozen_pages.number_of(figure, printed.reference_date, request, names=known)
    if request.headers.get("HX-Request"):
        panel = render(request, "reports/_number.html", {"number": number})
        panel["HX-Push-Url"] = "false"  # the page that it opens on keeps its address
        return panel
    way = rooms.crumbs(request, letter, figure.label)
    context = {"letter": letter, "number": number, "is_demo": printed.is_demo, "crumbs": way}
    return render(request, "reports/letter_number.html", context)
