"""A new letter, its data, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed, reader
from reports import rooms, services
from reports.composing.forms import LetterForm, NewLetterForm, ReferenceForm, RemoveForm
from reports.errors import LetterError
from reports.models import Letter
from reports.views.rights import composed
from signatories.views.keeping import NOTHING, accepted, answer, saving, typed

page = require_http_methods(["GET", "HEAD", "POST"])
GO_ON = "verder"
REMOVED = (
    "U verwijdert ‘{}’: de teksten, de opmerkingen erbij en de planning. Dat kan zolang er niets van is "
    "gebouwd en niemand erop heeft geantwoord."
)
REFERENCE = (
    "Zoals het op de brief komt. Dit kan ook als de teksten al vastliggen: vaak is het nummer pas aan het "
    "eind bekend. Van de brief is daarna een nieuwe versie nodig."
)
MADE = "De brief is gemaakt, met een planning. Kijk de onderdelen na; daarna kunt u schrijven."


@page
def letter_new(request: HttpRequest) -> HttpResponse:
    by = allowed(request, Action.COMPOSE_LETTER)
    form = NewLetterForm(typed(request), instance=Letter())

    def save(given: dict[str, Any]) -> None:
        asked = {name: given[name] for name in ("co_senders", "opening", "ending", "annexes", "sending_on")}
        services.start_letter(letter=form.instance, by=by, **asked)

    if accepted(form, save):
        messages.success(request, MADE)
        return redirect("reports:part-list", form.instance.slug)
    intro = (
        "De onderdelen komen van de lijnen van het kader. Wat u hier invult, kunt u later nog wijzigen; "
        "alleen het kader niet."
    )
    crumbs = [("Brieven", reverse("reports:letter-list"))]
    return answer(request, form, title="Nieuwe brief", button="Maak de brief", crumbs=crumbs, intro=intro)


@page
@transaction.atomic
def letter_edit(request: HttpRequest, slug: str) -> HttpResponse:
    letter = locked(request, slug)
    if (stays := closed(request, letter)) is not None:
        return stays
    form = LetterForm(typed(request), instance=letter)
    if form.is_bound and form.is_valid() and not form.has_changed():
        messages.info(request, NOTHING)
        return redirect("reports:letter-detail", slug)
    if accepted(form, lambda given: _keep(request, form, given)):
        messages.success(request, "De gegevens van de brief zijn bewaard.")
        return redirect("reports:letter-edit" if GO_ON in request.POST else "reports:letter-detail", slug)
    path = rooms.crumbs(request, letter, "Gegevens")
    context = {
        "form": form,
        "title": "Gegevens van de brief",
        "button": "Bewaar",
        "back": path[-2][1],
        "changes": change_lines(letter),
        "remove_url": "" if services.why_it_stays(letter) else reverse("reports:letter-remove", args=[slug]),
        "crumbs": path,
    }
    failed = form.is_bound and request.method == "POST"
    return render(request, "monitoring/fact_form.html", context, status=400 if failed else 200)


def _keep(request: HttpRequest, form: LetterForm, given: dict[str, Any]) -> None:
    kept, dropped = form.saved_rows()
    refused(
        services.edit_letter,
        letter=form.instance,
        kept=kept,
        dropped=dropped,
        by=reader(request),
        why=given["why"],
    )


@page
@transaction.atomic
def letter_remove(request: HttpRequest, slug: str) -> HttpResponse:
    letter = locked(request, slug)
    crumbs = rooms.crumbs(request, letter, "")[:-1]
    if stays := services.why_it_stays(letter):
        messages.error(request, stays)
        return redirect(crumbs[-1][1])
    form = RemoveForm(typed(request))
    told = {"letter": letter, "by": reader(request)}
    if accepted(form, lambda given: refused(services.remove_letter, why=given["why"], **told)):
        messages.success(request, f"Verwijderd: {letter.title}. In de geschiedenis blijft de brief bewaard.")
        return redirect("reports:letter-list")
    intro = REMOVED.format(letter.title)
    return answer(request, form, title="Brief verwijderen", button="Verwijder", crumbs=crumbs, intro=intro)


@page
@transaction.atomic
def letter_reference(request: HttpRequest, slug: str) -> HttpResponse:
    letter = locked(request, slug)
    crumbs = rooms.crumbs(request, letter, "")[:-1]
    if letter.is_sent:
        messages.error(request, services.sent(letter))
        return redirect(crumbs[-1][1])
    return saving(
        request,
        form := ReferenceForm(typed(request), instance=letter),
        lambda _given: refused(services.set_reference, letter=form.instance, by=reader(request)),
        done="Het kenmerk is bewaard.",
        title="Ons kenmerk",
        button="Bewaar",
        crumbs=crumbs,
        intro=REFERENCE,
        row=letter,
    )


def locked(request: HttpRequest, slug: str) -> Letter:
    """The letter for who composes it, locked until the transaction ends."""
    composed(reader(request), slug)
    rows = Letter.objects.select_for_update(of=("self",)).select_related("frame", "previous")
    return get_object_or_404(rows, slug=slug)


def closed(request: HttpRequest, letter: Letter) -> HttpResponse | None:
    """The way back, with why, when the letter's texts are fixed."""
    if letter.may_change_texts:
        return None
    messages.error(request, services.texts_locked(letter))
    return redirect("reports:letter-detail", letter.slug)


def refused(verb: Any, **given: Any) -> None:
    """Call a verb of the letter; what it refuses, a form can say."""
    try:
        verb(**given)
    except LetterError as error:
        raise ValidationError(list(error.problems)) from error
