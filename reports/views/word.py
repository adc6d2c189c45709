"""The letter and its notes in Word: taking a file out, bringing it back, looking, and taking it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_moment
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.uploads import answer_file
from mvi_portal.files.answers import answer_stored
from mvi_portal.jobs.progress import progress_of
from reports import rooms
from reports.agreement.board import names
from reports.models import DecisionNote, Letter, WordExport, WordImport
from reports.models.agreement import ANSWERABLE
from reports.services import word as services
from reports.services.commenting import may_comment_notes
from reports.services.locks import sent
from reports.views.agreement.common import accepted, done, followed, page
from reports.word.finding import found_in
from reports.word.forms import WordForm
from reports.word.found import Change, Found
from reports.word.telling import Words

_IMPORTS = (Column("file", "Bestand"), Column("at", "Teruggebracht"), Column("state", "Stand"))
OF_NOTE = (
    'Haal de beslisnota op bij <a href="{}">Word</a> en werk erin met ‘wijzigingen bijhouden’ en '
    "opmerkingen. Breng haar hier terug: u ziet dan eerst wat erin staat, en neemt het daarna over als "
    "voorstellen. Het secretariaat kiest wat het ervan overneemt."
)
NEW, AGAIN = "Het bestand is gelezen. Kijk eerst wat erin staat.", "Dit bestand is al eerder teruggebracht."


@dataclass(frozen=True)
class Taken:
    """A text that can be taken out, with the file that was made of it last."""

    title: str
    office: str
    export: WordExport | None


@dataclass(frozen=True)
class Shown:
    """A change as a page tells it."""

    change: Change
    difference: SafeString | str
    typed: SafeString | str
    is_known: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letter_word(request: HttpRequest, slug: str) -> HttpResponse:
    """Not in one transaction: a file that came with another fault stays parked."""
    user = reader(request)
    letter = followed(user, slug)
    may_bring = may(user, Action.COMPOSE_LETTER)
    if request.method == "POST" and not may_bring:
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WordForm(*posted, by=user) if may_bring and not letter.is_sent else None
    brought: list[tuple[WordImport, bool]] = []
    if request.method == "POST" and form is None:
        messages.error(request, sent(letter))
        return redirect("reports:letter-word", slug)
    if form is not None and accepted(
        form,
        lambda given: brought.append(services.bring_word(letter=letter, upload=given["file"], by=user)),
    ):
        row, is_new = brought[0]
        messages.success(request, NEW) if is_new else messages.info(request, AGAIN)
        return redirect("reports:word-import", slug, row.pk)
    status = 400 if form is not None and form.is_bound else 200
    return render(request, "reports/letter_word.html", _page(request, letter, form), status=status)


def _page(request: HttpRequest, letter: Letter, form: WordForm | None) -> dict[str, Any]:
    user, exports = reader(request), list(letter.word_exports.for_pages())
    composes, texts = may(user, Action.COMPOSE_LETTER), _texts(letter, exports)
    under_way = next((row for row in exports if row.is_under_way), None)
    return {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "texts": texts,
        "progress": progress_of(under_way.job) if under_way and under_way.job else None,
        "form": form,
        "own": _answering(letter, user),
        "may_bring_note": may_comment_notes(user) and not composes and len(texts) > 1 and not letter.is_sent,
        "table": _table(letter, user) if composes or letter.word_imports.visible_to(user).exists() else None,
        "crumbs": rooms.crumbs(request, letter, "Word"),
    }


def _answering(letter: Letter, user: User) -> list[str]:
    """The keys of the parties for which the user can bring a file back, with an answer."""
    if letter.stand not in ANSWERABLE:
        return []
    rows = letter.assents.parties().own(user, on=timezone.localdate())
    return list(rows.values_list("organisation__key", flat=True))


def _texts(letter: Letter, exports: list[WordExport]) -> list[Taken]:
    """The letter and each of its notes."""
    notes = letter.decision_notes.select_related("office").order_by("office__slug")
    newest: dict[int | None, WordExport] = {}
    for row in exports:
        newest.setdefault(row.note_id, row)
    told = [Taken("De brief", "", newest.get(None))]
    return [
        *told,
        *(Taken(f"Beslisnota aan {note.head}", note.office.slug, newest.get(note.pk)) for note in notes),
    ]


def _table(letter: Letter, user: User) -> Table:
    rows = [
        Row(
            [
                Cell(row.filename, reverse("reports:word-import", args=[letter.slug, row.pk])),
                Cell(_brought(row)),
                Cell("", tag=row.get_state_display(), tone="good" if row.is_taken else "info"),
            ]
        )
        for row in letter.word_imports.visible_to(user).select_related("uploaded_by")
    ]
    return Table(f"Teruggebrachte bestanden ({len(rows)})", _IMPORTS, rows, "Er is nog niets teruggebracht.")


def _brought(row: WordImport) -> str:
    at = long_moment(row.uploaded_at) if row.uploaded_at else ""
    return at + (f" door {row.uploaded_by}" if row.uploaded_by else "")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def note_word(request: HttpRequest, slug: str) -> HttpResponse:
    """A note comes back from who may remark on it. Not in one transaction, as with the letter."""
    user = reader(request)
    letter = followed(user, slug)
    if not may_comment_notes(user):
        raise PermissionDenied
    if letter.is_sent:
        messages.error(request, sent(letter))
        return redirect("reports:letter-word", slug)
    form = WordForm(*((request.POST, request.FILES) if request.method == "POST" else ()), by=user)
    brought: list[tuple[WordImport, bool]] = []
    if accepted(
        form,
        lambda given: brought.append(services.bring_word(letter=letter, upload=given["file"], by=user)),
    ):
        row, is_new = brought[0]
        messages.success(request, NEW) if is_new else messages.info(request, AGAIN)
        if letter.word_imports.visible_to(user).filter(pk=row.pk).exists():
            return redirect("reports:word-import", slug, row.pk)
        return redirect("reports:letter-word", slug)
    word = keep(request, reverse("reports:letter-word", args=[slug]))
    path = [*rooms.crumbs(request, letter, "")[:-1], ("Word", word)]
    intro = format_html(OF_NOTE, word)
    return page(request, form, path, "Beslisnota terugbrengen", "Lees het bestand", intro=intro)


@require_POST
def word_make(request: HttpRequest, slug: str) -> HttpResponse:
    """For who follows the letter: a text is read and amended in Word by others than who composes it."""
    user = reader(request)
    letter = followed(user, slug)
    office = request.POST.get("nota", "")
    note: DecisionNote | None = None
    if office:
        notes = letter.decision_notes.select_related("office", "letter")
        note = get_object_or_404(notes, office__slug=office)
    row = done(request, lambda: services.request_word(letter=letter, note=note, by=user))
    if row is not None and row.is_ready:
        messages.success(request, "De tekst is niet gewijzigd: het Word-bestand staat klaar.")
    elif row is not None:
        messages.success(request, "Het Word-bestand wordt gemaakt. Dat duurt meestal een paar seconden.")
    return redirect("reports:letter-word", slug)


@require_safe
@never_cache
def word_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of the page that a browser asks again while a file is made; then the whole page."""
    letter = followed(reader(request), slug)
    if not request.headers.get("HX-Request"):
        return redirect("reports:letter-word", slug)
    row = next((row for row in letter.word_exports.for_pages() if row.is_under_way), None)
    if row is None or row.job is None:
        return HttpResponseClientRefresh()
    context = {"progress": progress_of(row.job), "poll": request.path}
    return render(request, "_components/progress.html", context)


@require_safe
def word_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    letter = followed(reader(request), slug)
    row = get_object_or_404(letter.word_exports.ready(), pk=pk)
    try:
        return answer_file(row.file.open("rb"), name=f"{row.name}.docx")
    except FileNotFoundError as error:
        raise Http404 from error


@require_safe
def word_import(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was found; of a file that was taken over, what became of it."""
    user = reader(request)
    letter = followed(user, slug)
    rows = letter.word_imports.visible_to(user).select_related("uploaded_by", "taken_by", "assent")
    row = get_object_or_404(rows, pk=pk)
    above = rooms.crumbs(request, letter, "")[:-1]
    word = ("Word", keep(request, reverse("reports:letter-word", args=[slug])))
    context: dict[str, Any] = {
        "letter": letter,
        "row": row,
        "tabs": rooms.letter_tabs(request, letter),
        "party": names(letter, [row.assent.organisation_id]).popitem()[1][0] if row.assent else "",
        "crumbs": [*above, word, (row.filename, "")],
    }
    if not row.is_taken:
        context |= _found(letter, found_in(row), user)
    return render(request, "reports/word_import.html", context)


def _found(letter: Letter, found: Found, user: User) -> dict[str, Any]:
    words, known = Words(letter), services.Known(letter)
    changes = [_shown(change, words, known) for change in found.changes]
    comments = [(said, known.has_said(said)) for said in found.comments]
    fresh = (
        [item for item in changes if not item.is_known],
        [said for said, is_known in comments if not is_known],
    )
    return {
        "found": found,
        "changes": changes,
        "comments": comments,
        "counted": _counted(len(fresh[0]), len(fresh[1]), len(found.unplaced)),
        "closed": services.closed_for(letter, found.note, by=user) if not found.problem else "",
        "is_something": any(fresh),
    }


def _shown(change: Change, words: Words, known: services.Known) -> Shown:
    typed = words.difference(change.old, change.typed) if change.typed else ""
    return Shown(change, words.difference(change.old, change.new), typed, known.has(change))


def _counted(changes: int, comments: int, unplaced: int) -> str:
    """As in "3 wijzigingen, 1 opmerking; 2 keer iets wat niet kan worden geplaatst"."""
    told = [
        "1 wijziging" if changes == 1 else f"{changes} wijzigingen",
        "1 opmerking" if comments == 1 else f"{comments} opmerkingen",
    ]
    rest = f"; {unplaced} keer iets wat niet kan worden geplaatst" if unplaced else ""
    return f"{' en '.join(told)}{rest}"


@require_POST
def word_take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by = reader(request)
    letter = followed(by, slug)
    row = get_object_or_404(letter.word_imports.visible_to(by), pk=pk)
    counted = done(request, lambda: services.take_word(row=row, by=by))
    if counted is not None:
        messages.success(request, f"Overgenomen: {_counted(counted.changes, counted.comments, 0)}.")
        if counted.doubles:
            messages.info(request, f"{counted.doubles} stonden er al, en zijn niet nog eens gemaakt.")
    return redirect("reports:word-import", slug, pk)


@require_safe
def word_import_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file as it was brought."""
    user = reader(request)
    letter = followed(user, slug)
    return answer_stored(request, get_object_or_404(letter.word_imports.visible_to(user), pk=pk))
