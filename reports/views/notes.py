"""The decision notes of a letter: which there are, one of them, how it reads, and what stands in its head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports import rooms, services
from reports.checks import Weight, checked
from reports.content.parties import Parties
from reports.errors import LetterError
from reports.models import CheckKey, Comment, DecisionNote, Letter, LetterVersion, NoteSection
from reports.notes import checks
from reports.notes.forms import NoteForm
from reports.notes.freezing import letter_of, note_of, unsettled, whole
from reports.parcel.plan import Edition
from reports.render.notes import to_screen
from reports.views.checking import Shown, shown
from reports.views.preview import figure_address
from reports.views.rights import commented, composed
from signatories.models import Office
from signatories.views.keeping import NOTHING, accepted, answer, is_same, typed

_COLUMNS = (Column("office", "Ambt"), Column("head", "Gericht aan"), Column("state", "Stand"))
_EDITIONS = {"openbaar": Edition.PUBLIC, "intern": Edition.INTERNAL}


@require_safe
def note_list(request: HttpRequest, slug: str) -> HttpResponse:
    """For each office that sends the letter its note, or the button that makes it."""
    user = reader(request)
    letter = commented(user, slug)
    notes = {note.office_id: note for note in whole(DecisionNote.objects.filter(letter=letter))}
    offices = Parties(letter).offices
    may_edit = may(user, Action.COMPOSE_LETTER) and not letter.is_sent
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "table": _table(request, letter, [office for office in offices if office.pk in notes], notes),
        "without": [office for office in offices if office.pk not in notes] if may_edit else [],
        "may_keep": may(user, Action.COMPOSE_LETTER),
        "crumbs": rooms.crumbs(request, letter, "Beslisnota's"),
    }
    return render(request, "reports/note_list.html", context)


@require_POST
def note_make(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    """The note, filled with what the letter proposes; who clicks twice gets the same one."""
    letter = composed(reader(request), slug)
    found = get_object_or_404(Office, slug=office)
    try:
        services.make_note(letter=letter, office=found, by=reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:note-list", slug)
    messages.success(request, "De beslisnota is gemaakt. De kernpunten zijn een voorstel uit de brief.")
    return redirect("reports:note-detail", slug, office)


@require_safe
def note_detail(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    user = reader(request)
    note = note_at(user, slug, office)
    may_edit = may(user, Action.COMPOSE_LETTER)
    sections = sorted(note.sections.all(), key=lambda row: row.order)
    remarks = Counter(
        Comment.objects.open().filter(note_section__note=note).values_list("note_section", flat=True)
    )
    context = {
        "note": note,
        "letter": note.letter,
        "tabs": rooms.note_tabs(request, note),
        "facts": _facts(note),
        "parts": [_part(section, remarks[section.pk]) for section in sections],
        "findings": _findings(note, sections, composes=may_edit),
        "lacks": checks.lacks(note, letter_of(note.letter)) if may_edit and note.may_change else [],
        "may_edit": may_edit and note.may_change,
        "may_withhold": may_edit and note.may_withhold,
        "locked": services.note_locked(note) if may_edit and not note.may_change else "",
        "changes": change_lines(note),
        "crumbs": crumbs(request, note, ""),
    }
    return render(request, "reports/note_detail.html", context)


@require_safe
def note_preview(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    """How an edition reads now; the public one unless the internal is asked."""
    note = note_at(reader(request), slug, office)
    asked = request.GET.get("editie", "openbaar")
    edition = _EDITIONS.get(asked, Edition.PUBLIC)
    context: dict[str, Any] = {
        "note": note,
        "letter": note.letter,
        "tabs": rooms.note_tabs(request, note),
        "is_internal": edition is Edition.INTERNAL,
        "crumbs": crumbs(request, note, "Voorbeeld"),
    }
    try:
        context["text"] = to_screen(note_of(note), letter_of(note.letter), edition, link=_link(request, note))
    except LetterError as error:
        context["problems"] = error.problems
    return render(request, "reports/note_preview.html", context)


def _link(request: HttpRequest, note: DecisionNote) -> Callable[[str], str] | None:
    """Where a number is told of: as the letter prints it now, or as it was printed when it was sent."""
    if not note.letter.is_sent:
        return partial(figure_address, request, "letter", note.letter.slug)
    sent = LetterVersion.objects.filter(sent_files__letter=note.letter).first()
    return partial(figure_address, request, "version", note.letter.slug, sent.number) if sent else None


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def note_edit(request: HttpRequest, slug: str, office: str) -> HttpResponse:
    note = composed_note(reader(request), slug, office)
    path = crumbs(request, note, "")
    if not note.may_change:
        messages.error(request, services.note_locked(note))
        return redirect("reports:note-detail", slug, office)
    form = NoteForm(typed(request), instance=note)

    def save(given: dict[str, Any]) -> None:
        given.pop("edition")
        services.change_note(note=note, **given, by=reader(request))

    if form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect("reports:note-detail", slug, office)
    if accepted(form, save):
        messages.success(request, "De gegevens van de beslisnota zijn bewaard.")
        return redirect("reports:note-detail", slug, office)
    back = [*path[:-1], (path[-1][0], keep(request, reverse("reports:note-detail", args=[slug, office])))]
    return answer(request, form, title="Kop van de nota wijzigen", button="Bewaar", crumbs=back)


def note_at(user: User, slug: str, office: str) -> DecisionNote:
    letter = commented(user, slug)
    return get_object_or_404(whole(DecisionNote.objects.filter(letter=letter)), office__slug=office)


def composed_note(user: User, slug: str, office: str) -> DecisionNote:
    """The note, locked, for who composes letters; who may only read it is refused."""
    letter = composed(user, slug)
    rows = DecisionNote.objects.select_for_update(of=("self",)).select_related("letter", "office")
    return get_object_or_404(rows.filter(letter=letter), office__slug=office)


def crumbs(request: HttpRequest, note: DecisionNote, page: str) -> list[tuple[str, str]]:
    """The way back from a page of the note; of the note itself when no page is named."""
    path = rooms.crumbs(request, note.letter, "Beslisnota's")
    path[-1] = ("Beslisnota's", keep(request, reverse("reports:note-list", args=[note.letter.slug])))
    address = keep(request, reverse("reports:note-detail", args=[note.letter.slug, note.office.slug]))
    return [*path, (note.office.title, address if page else ""), *([(page, "")] if page else [])]


def _table(
    request: HttpRequest, letter: Letter, offices: Sequence[Office], notes: dict[int, DecisionNote]
) -> Table:
    rows = []
    for office in offices:
        note, address = notes[office.pk], reverse("reports:note-detail", args=[letter.slug, office.slug])
        state, tone = _state(note)
        rows.append(
            Row([Cell(office.title, keep(request, address)), Cell(note.head), Cell("", "", state, tone)])
        )
    return Table("Beslisnota's bij deze brief", _COLUMNS, rows, "Er is nog geen beslisnota gemaakt.")


def _state(note: DecisionNote) -> tuple[str, str]:
    left = len(list(checks.empty(note)))
    if list(unsettled(note)):
        return "passages opnieuw te bekijken", "bad"
    return (f"{left} nog te schrijven", "warn") if left else ("alles geschreven", "good")


def _facts(note: DecisionNote) -> list[tuple[str, str]]:
    told = [
        ("Gericht aan", note.head),
        ("Kenmerk", note.reference),
        ("Auteur", f"{note.author} (alleen in de interne versie)" if note.author else ""),
        ("Sjabloon", str(note.template) if note.template else ""),
    ]
    return [fact for fact in told if fact[1]]


def _findings(note: DecisionNote, sections: Sequence[NoteSection], *, composes: bool) -> list[Shown]:
    """What the checks find in it, but for sections without text: those are still to be done."""
    found = checked(note.letter, sections, without={CheckKey.WITHOUT_TEXT}) if sections else []
    return [item for weight in Weight for item in shown(note.letter, found, weight, composes=composes)]


def _part(section: NoteSection, remarks: int) -> dict[str, Any]:
    kept = len(section.withholdings.all())
    return {
        "section": section,
        "made": section.is_made,
        "remarks": remarks,
        "kept": f"{kept} niet openbaar" if kept else "",
    }
