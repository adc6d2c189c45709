"""One party to a letter: what it answered and when, and taking it out or replacing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.templatetags.mvi import keep
from reports import rooms
from reports.agreement.board import Party, board_of
from reports.agreement.forms import ConditionForm, LeaveForm, PartyForm
from reports.models import Answer, Assent, AssentKind, Letter, LetterState
from reports.services import agreeing as services
from reports.views.agreement.common import Crumbs, accepted, crumbs, followed, kept, page, party_of


@require_safe
def party_detail(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    user, today = reader(request), timezone.localdate()
    letter = followed(user, slug)
    party = party_of(board_of(letter), key)
    rows = Assent.objects.filter(pk=party.assent.pk)
    replies = party.assent.replies.select_related("recorded_by", "consultation", "reading")
    context = {
        "letter": letter,
        "party": party,
        "tabs": rooms.letter_tabs(request, letter),
        "replies": replies.prefetch_related("remarks", "proposals"),
        "may_answer": _is_open(letter) and rows.parties().own(user, on=today).exists(),
        "may_record": _is_open(letter) and rows.recordable_by(user, on=today).exists(),
        "may_edit": may(user, Action.COMPOSE_LETTER) and not letter.is_sent,
        "has_condition": party.assent.answer == Answer.AGREED_IF,
        "changes": change_lines(party.assent),
        "crumbs": crumbs(request, letter, (party.name, "")),
    }
    return render(request, "reports/party_detail.html", context)


def _is_open(letter: Letter) -> bool:
    return not letter.is_sent and letter.stand is not LetterState.DRAFT


@require_http_methods(["GET", "HEAD", "POST"])
def party_new(request: HttpRequest, slug: str) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    form = PartyForm(request.POST if request.method == "POST" else None)

    def save(given: dict[str, object]) -> None:
        services.add_party(
            letter=letter,
            organisation=given["organisation"],  # type: ignore[arg-type] # what the field gives
            kind=AssentKind(str(given["kind"])),
            why=str(given["why"]),
            by=by,
        )

    if accepted(form, save):
        messages.success(request, "De partij is toegevoegd.")
        return redirect("reports:agreement", slug)
    return page(request, form, crumbs(request, letter), "Partij toevoegen", "Voeg toe")


@require_http_methods(["GET", "HEAD", "POST"])
def party_remove(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = reader(request)
    letter = kept(by, slug)
    party = party_of(board_of(letter), key)
    form = LeaveForm(request.POST if request.method == "POST" else None)

    def save(given: dict[str, object]) -> None:
        services.remove_party(assent=party.assent, why=str(given["why"]), instead=given["instead"], by=by)  # type: ignore[arg-type] # what the field gives

    if accepted(form, save):
        messages.success(request, f"{party.name} is geen partij meer. Wat zij antwoordde, blijft bewaard.")
        return redirect("reports:agreement", slug)
    path = _below(request, letter, party)
    return page(request, form, path, "Partij weghalen of vervangen", "Haal weg")


@require_http_methods(["GET", "HEAD", "POST"])
def party_condition(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """'Akkoord, mits': the condition is met."""
    by = reader(request)
    letter = kept(by, slug)
    party = party_of(board_of(letter), key)
    form = ConditionForm(request.POST if request.method == "POST" else None)
    if accepted(form, lambda given: services.meet_condition(assent=party.assent, how=given["how"], by=by)):
        messages.success(request, f"Vastgelegd: aan de voorwaarde van {party.name} is voldaan.")
        return redirect("reports:party-detail", slug, key)
    intro = f"De voorwaarde: {party.assent.remark}" if party.assent.remark else ""
    path = _below(request, letter, party)
    return page(request, form, path, "Aan de voorwaarde voldaan", "Leg vast", intro=intro)


def _below(request: HttpRequest, letter: Letter, party: Party) -> Crumbs:
    address = reverse("reports:party-detail", args=[letter.slug, party.assent.organisation.key])
    return crumbs(request, letter, (party.name, keep(request, address)))
