"""After an edit: what each change means for who answered, and proposals for other texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.prose import FigureNode
from mvi_portal.core.prose.merging import Merged
from reports import rooms
from reports.agreement.board import board_of
from reports.agreement.forms import ChangesForm, DeclineForm
from reports.models import Letter, Proposal
from reports.services.changing import choose_changes
from reports.services.proposals import accept_proposal, decline_proposal
from reports.views.agreement.common import (
    accepted,
    crumbs,
    done,
    followed,
    kept,
    page,
    root,
    tell_mails,
)
from reports.word.telling import Words

BY_HAND, AS_TYPED = "zelf", "getypt"


@require_http_methods(["GET", "HEAD", "POST"])
def change_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Each changed paragraph with what it was, and the two choices."""
    by = reader(request)
    letter = kept(by, slug)
    to_choose = board_of(letter).to_choose
    form = ChangesForm(request.POST if request.method == "POST" else None, to_choose=to_choose)
    told: list[Any] = []

    def save(given: dict[str, Any]) -> None:
        choices = form.choices
        told.append(
            choose_changes(letter=letter, choices=choices, why=given["why"], root=root(request), by=by)
        )

    if accepted(form, save):
        messages.success(request, "Uw keuze is vastgelegd.")
        tell_mails(request, told[0])
        return redirect("reports:agreement", slug)
    context = {
        "letter": letter,
        "form": form,
        "rows": form.rows(),
        "tabs": rooms.letter_tabs(request, letter),
        "chosen": letter.text_changes.select_related("by", "section"),
        "crumbs": crumbs(request, letter, ("Wijzigingen", "")),
    }
    return render(request, "reports/change_list.html", context, status=400 if form.is_bound else 200)


@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponse:
    """For who works on the letter: what was proposed, from whom, and what became of it."""
    user = reader(request)
    letter = followed(user, slug)
    rows = list(
        letter.proposals.select_related(
            "section", "note_section__note__office", "decided_by", "made_by", "letter"
        )
    )
    words, composes = Words(letter), may(user, Action.COMPOSE_LETTER)
    for row in rows:
        row.may_take = composes and _is_open(row, letter)  # type: ignore[attr-defined] # for the page
        row.shown = words.of(row)  # type: ignore[attr-defined] # for the page
        row.shown_typed = words.difference(row.old, row.typed) if row.typed else ""  # type: ignore[attr-defined]
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "open": [row for row in rows if row.state == "open"],
        "decided": [row for row in rows if row.state != "open"],
        "may_edit": composes,
        "crumbs": crumbs(request, letter, ("Voorstellen", "")),
    }
    return render(request, "reports/proposal_list.html", context)


def _is_open(row: Proposal, letter: Letter) -> bool:
    """Whether its text can still be changed: a note can for longer than the letter."""
    if row.note_section is None:
        return letter.may_change_texts
    row.note_section.note.letter = letter
    return row.note_section.note.may_change


@require_POST
def proposal_accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    row = get_object_or_404(Proposal, letter=letter, pk=pk)
    by_hand = BY_HAND in request.POST
    as_typed = AS_TYPED in request.POST
    found = done(request, lambda: accept_proposal(proposal=row, by_hand=by_hand, as_typed=as_typed, by=by))
    if found is not None:
        _tell(request, found)
    return redirect("reports:proposal-list", slug)


def _tell(request: HttpRequest, found: Merged) -> None:
    messages.success(request, "Het voorstel is overgenomen.")
    if any(isinstance(node, FigureNode) for node in found.lost):
        messages.warning(
            request,
            "In het voorstel stond een ander getal dan het cijfer van het register. Dat getal staat nu als "
            "gewone tekst in de brief: kijk na of het klopt, of zet het cijfer terug.",
        )
    elif found.lost:
        messages.warning(request, "Een voetnoot of verwijzing ging verloren in de nieuwe tekst: kijk dat na.")


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    row = get_object_or_404(Proposal, letter=letter, pk=pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if accepted(form, lambda given: decline_proposal(proposal=row, why=given["why"], by=by)):
        messages.success(request, "Het voorstel is niet overgenomen; de reden staat erbij.")
        return redirect("reports:proposal-list", slug)
    path = crumbs(request, letter)
    intro = f"Voorstel van {row.from_whom}: {Words(letter)(row.new) if row.is_html else row.new}"
    return page(request, form, path, "Voorstel niet overnemen", "Neem niet over", intro=intro)
