"""The agreement on a letter: who is party to it, who answered what, and the round of asking."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.services import Sent
from mvi_portal.accounts.permissions import reader
from reports import rooms, states
from reports.agreement.board import board_of
from reports.agreement.forms import AskForm
from reports.agreement.tables import parties_table
from reports.models import Assent, Letter, LetterState
from reports.services import agreeing as services
from reports.services.asking import NOBODY
from reports.views.agreement.common import accepted, crumbs, done, followed, kept, page, root, tell_mails


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    user = reader(request)
    letter = followed(user, slug)
    board = board_of(letter)
    own = set(
        Assent.objects.own(user, on=timezone.localdate()).filter(letter=letter).values_list("pk", flat=True)
    )
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "standing": states.standing(letter),
        "may_edit": Letter.objects.editable_by(user).filter(pk=letter.pk).exists(),
        "table": parties_table(board, request),
        "waiting": board.waiting,
        "to_choose": board.to_choose,
        "open_proposals": letter.proposals.open().count(),
        "own": [party for party in board.parties if party.assent.pk in own],
        "is_open": letter.stand is LetterState.IN_AGREEMENT,
        "former": letter.assents.filter(left_on__isnull=False).select_related("organisation"),
        "crumbs": [*crumbs(request, letter)[:-1], ("Akkoord", "")],
    }
    return render(request, "reports/agreement.html", context)


@require_POST
def agreement_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The co-senders, and who pays for or advises on the plan."""
    by = reader(request)
    letter = kept(by, slug)
    added = done(request, lambda: services.propose_parties(letter=letter, by=by))
    if added == 0:
        messages.info(request, "Alle medeafzenders, departementen en koepels zijn al partij.")
    elif added:
        messages.success(request, "1 partij toegevoegd." if added == 1 else f"{added} partijen toegevoegd.")
    return redirect("reports:agreement", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """One round: who has to answer, and by when."""
    by = reader(request)
    letter = kept(by, slug)
    waiting = board_of(letter).waiting
    form = AskForm(request.POST if request.method == "POST" else None)
    sent: list[Sent] = []

    def save(given: dict[str, object]) -> None:
        sent.append(services.ask(letter=letter, due_on=given["due_on"], root=root(request), by=by))  # type: ignore[arg-type] # a day

    if accepted(form, save):
        tell_mails(request, sent[0])
        return redirect("reports:agreement", slug)
    names = "; ".join(party.name for party in waiting)
    intro = f"Elk van deze partijen krijgt één mail met de vraag: {names}." if waiting else NOBODY
    path = crumbs(request, letter)
    return page(request, form, path, "Om een antwoord vragen", "Verstuur de vraag", intro=intro)


@require_POST
def agreement_remind(request: HttpRequest, slug: str) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    tell_mails(request, done(request, lambda: services.remind(letter=letter, root=root(request), by=by)))
    return redirect("reports:agreement", slug)
