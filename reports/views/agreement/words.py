"""A party answers in Word: the file that it brings fills the page of its own answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.templatetags.mvi import keep
from reports.agreement.board import Party, board_of
from reports.models import Assent, Letter, LetterState, WordImport
from reports.services.answering import NOT_BEGUN
from reports.services.locks import sent
from reports.services.word import bring_word
from reports.views.agreement.common import accepted, crumbs, followed, page, party_of
from reports.word.forms import WordForm

INTRO = (
    'Haal de brief op bij <a href="{}">Word</a> en werk erin met ‘wijzigingen bijhouden’ en opmerkingen. '
    "Breng hem hier terug: u ziet dan bij elke alinea wat u wijzigde, en geeft daarna pas uw antwoord."
)


@require_http_methods(["GET", "HEAD", "POST"])
def party_word(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Not in one transaction: a file that came with another fault stays parked."""
    user = reader(request)
    letter, party = own_party(user, slug, key)
    if closed := closed_for(letter):
        messages.error(request, closed)
        return redirect("reports:party-detail", slug, key)
    form = WordForm(*((request.POST, request.FILES) if request.method == "POST" else ()), by=user)
    kept: list[WordImport] = []

    def save(given: dict[str, object]) -> None:
        row, _is_new = bring_word(letter=letter, upload=given["file"], assent=party.assent, by=user)  # type: ignore[arg-type] # what the field gives
        kept.append(row)

    if accepted(form, save):
        address = reverse("reports:party-answer", args=[slug, key])
        return redirect(f"{address}?word={kept[0].pk}")
    intro = format_html(INTRO, keep(request, reverse("reports:letter-word", args=[slug])))
    path = crumbs(request, letter, *above(request, letter, party))
    return page(request, form, path, "Antwoorden in Word", "Lees het bestand", intro=intro)


def own_party(user: User, slug: str, key: str) -> tuple[Letter, Party]:
    """For who acts for the organisation; who only follows the letter is refused."""
    letter = followed(user, slug)
    party = party_of(board_of(letter), key)
    if not Assent.objects.own(user, on=timezone.localdate()).filter(pk=party.assent.pk).exists():
        raise PermissionDenied
    return letter, party


def brought(request: HttpRequest, party: Party) -> WordImport | None:
    """The file that the party brought for this answer."""
    asked = request.POST if request.method == "POST" else request.GET
    key = asked.get("word", "")
    return get_object_or_404(party.assent.word_imports, pk=key) if key.isdecimal() else None


def closed_for(letter: Letter) -> str:
    """Why nobody answers now; empty when they do."""
    if letter.is_sent:
        return sent(letter)
    return NOT_BEGUN if letter.stand is LetterState.DRAFT else ""


def above(request: HttpRequest, letter: Letter, party: Party) -> list[tuple[str, str]]:
    """The way back to the party."""
    place = reverse("reports:party-detail", args=[letter.slug, party.assent.organisation.key])
    return [(party.name, keep(request, place))]
