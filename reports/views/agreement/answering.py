"""Answering: by who acts for the organisation, on behalf of an office, or for several in a consultation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.dates import long_moment
from mvi_portal.files.answers import answer_stored
from reports.agreement.board import Board, Party, board_of
from reports.agreement.forms import AnswerForm, Passage, SaidFields
from reports.agreement.forms_record import ConsultationForm, PartyRecordForm, RecordForm
from reports.agreement.from_word import NOTE, filled
from reports.agreement.reading import text_of
from reports.agreement.typed import box
from reports.models import Assent, Reply, WordImport
from reports.render.context import printer_of
from reports.services import agreeing as services
from reports.services.word import answered_with_word
from reports.views.agreement.common import accepted, crumbs, followed, kept, page, party_of
from reports.views.agreement.words import above, brought, closed_for, own_party
from reports.word.finding import found_in

SAID = "Uw antwoord is vastgelegd: {}. Dank u wel."
EARLIER = "Het antwoord hoort bij de tekst van {}. Sindsdien is de brief gewijzigd: kijk wat dat betekent."
LATER = "Er is al een later antwoord van: {}. Dat blijft gelden; dit antwoord staat erbij."


@require_http_methods(["GET", "HEAD", "POST"])
def party_answer(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The text with room for remarks, and the three answers; for who acts for the organisation."""
    user = reader(request)
    letter, party = own_party(user, slug, key)
    if closed := closed_for(letter):
        messages.error(request, closed)
        return redirect("reports:party-detail", slug, key)
    text, drawn = text_of(letter)
    posted = request.POST if request.method == "POST" else None
    row = brought(request, party)
    found = found_in(row) if row and posted is None else None
    if found and (problem := found.problem or (found.note and NOTE)):
        messages.error(request, problem)
        return redirect("reports:party-word", slug, key)
    first = filled(found, text, drawn.figures) if found else None
    told = {"function": party.assent.function, "word": row and row.pk}
    form = AnswerForm(posted, letter=letter, text=text, drawn=drawn, first=first, **told)
    if accepted(form, lambda _given: _give(form, party, row, user)):
        messages.success(request, SAID.format(form.cleaned_data["answer"].label))
        return redirect("reports:party-detail", slug, key)
    if form.was_changed:
        form.renewed()
    context = {
        "letter": letter,
        "party": party,
        "form": form,
        "brought": row,
        "found": found,
        "passages": list(_passages(form, party, printer_of(drawn))),
        "crumbs": crumbs(request, letter, *above(request, letter, party), ("Antwoord", "")),
    }
    return render(request, "reports/party_answer.html", context, status=400 if form.is_bound else 200)


@transaction.atomic
def _give(form: AnswerForm, party: Party, row: WordImport | None, user: User) -> None:
    (reply,) = services.give_answer(
        assents=[party.assent],
        given=form.given(),
        text_sha256=form.cleaned_data["text_sha256"] or "?",
        is_own=True,
        by=user,
    )
    if row is not None:
        answered_with_word(row=row, reply=reply, by=user)


def _passages(form: SaidFields, party: Party, printer: Any) -> Any:
    """Each paragraph as it is printed; what changed since the answer is said at the paragraph.

    Without a printer an earlier text is in the words and numbers of then.
    """
    changed = {item.change.key[::2]: item.change for item in party.touched}
    for section in form.text.sections:
        for index, paragraph in enumerate(section.paragraphs):
            remark, new = form.typed(section, paragraph)
            plain = format_html("<p>{}</p>", paragraph.words)
            html = printer.passage(paragraph.html, where=section.heading) if printer else plain
            place = section.key, paragraph.sha256
            change, meanwhile = changed.get(place), form.changed.get(place)
            told = (change, not index, place in form.changed, meanwhile)
            yield Passage(section, paragraph, html, box(*place), remark, new, *told)


@require_http_methods(["GET", "HEAD", "POST"])
def party_record(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Not in one transaction: a file that came with another fault stays parked."""
    user = reader(request)
    letter = followed(user, slug)
    board = board_of(letter)
    party = party_of(board, key)
    rows = Assent.objects.recordable_by(user, on=timezone.localdate())
    if not rows.filter(pk=party.assent.pk).exists():
        raise PermissionDenied
    if closed := closed_for(letter):
        messages.error(request, closed)
        return redirect("reports:party-detail", slug, key)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PartyRecordForm(*posted, by=user, board=board, asked=request.GET.get("tekst", ""))
    if accepted(form, lambda _given: _record(form, [party.assent], user, text_sha256=_seen(form))):
        messages.success(request, f"Vastgelegd: {party.name}, {form.cleaned_data['answer'].label}.")
        _tell_earlier(request, form, [party])
        return redirect("reports:party-detail", slug, key)
    if form.is_bound:
        form.renewed()
    title = f"Antwoord van {party.name} vastleggen"
    context = {
        "letter": letter,
        "party": party,
        "form": form,
        "title": title,
        "passages": list(_passages(form, party, printer_of(board.drawn) if form.is_now else None)),
        "crumbs": crumbs(request, letter, *above(request, letter, party), (title, "")),
    }
    return render(request, "reports/party_record.html", context, status=400 if form.is_bound else 200)


def _seen(form: PartyRecordForm) -> str:
    """When it is recorded on the text of now, that is the one on the page."""
    return form.shown if form.reading is None else ""


def _record(form: RecordForm, assents: list[Assent], user: User, **more: Any) -> None:
    services.give_answer(
        assents=assents,
        given=form.given(),
        reading=form.reading,
        upload=form.cleaned_data["file"],
        by=user,
        **more,
    )


def _tell_earlier(request: HttpRequest, form: RecordForm, parties: list[Party]) -> None:
    """That it is an answer to another text, or no answer that counts any more."""
    day = form.cleaned_data["given_on"]
    if later := [item.name for item in parties if item.assent.given_on and item.assent.given_on > day]:
        messages.warning(request, LATER.format(", ".join(later)))
    if (found := form.earlier) and len(later) < len(parties):
        messages.info(request, EARLIER.format(long_moment(found.taken_at)))


@require_http_methods(["GET", "HEAD", "POST"])
def consultation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """What came out of a consultation for several parties at once."""
    user = reader(request)
    letter = kept(user, slug)
    if closed := closed_for(letter):
        messages.error(request, closed)
        return redirect("reports:agreement", slug)
    board = board_of(letter)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ConsultationForm(*posted, by=user, board=board, initial={"parties": _aligned(board)})

    def save(given: dict[str, Any]) -> None:
        _record(form, form.assents, user, consultation=given["consultation"])

    if accepted(form, save):
        count = len(form.assents)
        messages.success(request, f"Vastgelegd voor {count} partij{'en' if count > 1 else ''}.")
        _tell_earlier(request, form, [form.by_key[key] for key in form.cleaned_data["parties"]])
        return redirect("reports:agreement", slug)
    intro = "Het overleg zelf is het bewijs. Staat het er niet bij, leg het dan eerst vast bij Overleggen."
    path = crumbs(request, letter)
    return page(request, form, path, "Uitkomst van een overleg vastleggen", "Leg vast", intro=intro)


def _aligned(board: Board) -> list[str]:
    """With whom is aligned, and who still has to say something."""
    open_parties = [party for party in board.parties if not party.is_assent and party.has_to_answer]
    return [party.assent.organisation.key for party in open_parties]


@require_safe
def reply_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The proof of an answer, for who works on the letter."""
    letter = followed(reader(request), slug)
    return answer_stored(request, get_object_or_404(Reply, assent__letter=letter, pk=pk))
