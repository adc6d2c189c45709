"""Two states of a letter beside each other, with the reason of each figure that moved; and that as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core import exports
from mvi_portal.core.workbooks import Page
from reports import rooms
from reports.agreement import versions
from reports.agreement.versions import Compared
from reports.errors import LetterError
from reports.models import Letter
from reports.services.reasons import tell_reasons
from reports.views.agreement.common import followed

LONGEST = 500
HEADER = ("wat", "onderdeel", "soort", "was", "is", "verschil", "reden")
MEANINGS = {
    "wat": "tekst: een alinea; cijfer: een waarde.",
    "onderdeel": "Het onderdeel van de brief, of het cijfer.",
    "was": "In de oudste van de twee.",
    "is": "In de nieuwste van de twee.",
    "soort": "Wat er met de alinea is gebeurd; van een cijfer of het nieuw of vervallen is.",
    "verschil": "Van een cijfer dat in allebei staat: hoeveel meer of minder.",
    "reden": "Waarom het cijfer is gewijzigd.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def letter_differences(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    letter = followed(user, slug)
    may_edit = may(user, Action.COMPOSE_LETTER)
    compared = _compared(request, letter)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        return _told(request, letter, compared)
    names = _names(request, letter)
    query = urlencode({"van": names[0], "naar": names[1]})
    export = reverse("reports:differences-export", args=[slug])
    context = {
        "letter": letter,
        "compared": compared,
        "choices": versions.choices(letter),
        "van": names[0],
        "naar": names[1],
        "may_edit": may_edit,
        "exports": exports.links(f"{export}?{query}") if compared else [],
        "tabs": rooms.letter_tabs(request, letter),
        "crumbs": rooms.crumbs(request, letter, "Verschillen"),
    }
    return render(request, "reports/letter_differences.html", context)


def _names(request: HttpRequest, letter: Letter) -> tuple[str, str]:
    """What is asked for, else the last state against the one before."""
    usual = versions.usual(letter)
    asked = request.POST if request.method == "POST" else request.GET
    return asked.get("van") or usual[0], asked.get("naar") or usual[1]


def _compared(request: HttpRequest, letter: Letter) -> Compared | None:
    """None when there are no two states, or one that was asked for is not there."""
    names = _names(request, letter)
    if not all(names):
        return None
    try:
        return versions.compare(letter, *names)
    except LetterError as error:
        messages.error(request, str(error))
        return None


def _told(request: HttpRequest, letter: Letter, compared: Compared | None) -> HttpResponse:
    address = reverse("reports:letter-differences", args=[letter.slug])
    if compared is None:
        return redirect(address)
    reasons = {
        (item.figure.key, item.before, item.after): request.POST[item.name][:LONGEST]
        for item in compared.moved
        if item.name in request.POST
    }
    count = tell_reasons(letter=letter, reasons=reasons, by=reader(request))
    if count:
        messages.success(request, "1 reden bewaard." if count == 1 else f"{count} redenen bewaard.")
    else:
        messages.info(request, "Er is niets gewijzigd.")
    query = urlencode({"van": compared.old.name, "naar": compared.new.name})
    return redirect(f"{address}?{query}")


@require_safe
def differences_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    letter = followed(reader(request), slug)
    compared = _compared(request, letter)
    if compared is None:
        raise Http404
    told = [f"{letter.title}: {compared.old.label} en {compared.new.label}."]
    sheet = Page("Verschillen", exports.headed(HEADER, MEANINGS), _rows(compared), lambda _count: told)
    name = f"verschillen-{slug}-{compared.old.name}-{compared.new.name}"
    return exports.file_answer(name, exports.form_of(request), sheet)


def _rows(compared: Compared) -> Iterator[list[object]]:
    for item in compared.moved:
        why = item.reason.why if item.reason else ""
        kind = item.difference if item.moved is None else ""
        yield ["cijfer", item.figure.label, kind, item.before_told, item.after_told, item.moved, why]
    for change in compared.changes:
        was, now = change.old.words if change.old else "", change.new.words if change.new else ""
        yield ["tekst", change.heading, change.kind, was, now, "", ""]
