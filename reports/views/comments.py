"""Reading a section of the letter or a note paragraph by paragraph, with the remarks on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from monitoring.cited import Values, on_page
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.figures import registry
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.prose import paragraphs
from reports import content, services
from reports.content.demands import demands_of
from reports.errors import LetterError
from reports.models import Comment, Letter, Written
from reports.services.commenting import may_comment, may_settle
from reports.views.desks import Desk, desk_of, read_of_letter, read_of_note


@dataclass(frozen=True)
class Remark:
    """A remark with its answers, and what the reader may do with it."""

    comment: Comment
    replies: list[Comment]
    may_settle: bool


@dataclass(frozen=True)
class Spot:
    """A paragraph as it reads, with the remarks on it."""

    anchor: str
    html: SafeString
    remarks: list[Remark]


@require_http_methods(["GET", "HEAD", "POST"])
def section_comments(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _comments(request, read_of_letter(reader(request), slug, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def note_section_comments(request: HttpRequest, slug: str, office: str, pk: int) -> HttpResponse:
    return _comments(request, read_of_note(reader(request), slug, office, pk))


def _comments(request: HttpRequest, desk: Desk) -> HttpResponse:
    user = reader(request)
    may_write = may_comment(user, desk.row) and not desk.letter.is_sent
    typed = ""
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        anchor, typed = request.POST.get("alinea", ""), request.POST.get("opmerking", "")
        told = {"section": desk.row, "anchor": anchor, "text": typed, "by": user}
        if _done(request, "Uw opmerking staat erbij.", services.comment, **told):
            return redirect(desk.at("comments"))
    spots, gone = _spots(desk.row, user)
    context = {
        **desk.context,
        "tabs": desk.tabs(request),
        "spots": spots,
        "gone": gone,
        "typed": typed,
        "may_write": may_write,
        "crumbs": desk.crumbs(request, (f"Opmerkingen bij {desk.row}", "")),
    }
    return render(request, "reports/section_comments.html", context, status=400 if typed else 200)


@require_POST
def comment_reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _act(request, slug, pk, "Uw antwoord staat erbij.", _reply)


@require_POST
def comment_settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _act(request, slug, pk, "Afgehandeld.", _settle)


def _reply(request: HttpRequest, remark: Comment, by: User) -> None:
    services.reply(to=remark, text=request.POST.get("opmerking", ""), by=by)


def _settle(request: HttpRequest, remark: Comment, by: User) -> None:
    verb = services.reopen if request.POST.get("stand") == "open" else services.settle
    verb(remark=remark, by=by)


def _act(
    request: HttpRequest, slug: str, pk: int, told: str, verb: Callable[[HttpRequest, Comment, User], None]
) -> HttpResponse:
    user = reader(request)
    letter = get_object_or_404(Letter.objects.visible_to(user).under_way(), slug=slug)
    rows = Comment.objects.of_letter(letter).filter(parent__isnull=True)
    remark = get_object_or_404(rows.select_related("section", "note_section__note__office"), pk=pk)
    _done(request, told, verb, request, remark, user)
    return redirect(desk_of(remark.written, letter).at("comments"))


def _done(request: HttpRequest, told: str, verb: Any, *given: Any, **named: Any) -> bool:
    try:
        verb(*given, **named)
    except LetterError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, told)
    return True


def _figures(section: Written) -> Mapping[str, FrozenFigure]:
    """Those that the text says, as the letter prints them: with what they are compared to."""
    demands, _problems = demands_of([section])
    known = [item for item in demands if item.key in registry]
    return content.figures_of(section.letter, known)[0].frozen if known else {}


def values_of(section: Written) -> Values:
    """What the text says, for a page that shows it."""
    return Values(section.letter.reference_date, _figures(section))


def _spots(section: Written, user: User) -> tuple[list[Spot], list[Remark]]:
    """Each paragraph, and the remarks on paragraphs that are gone."""
    found = section.comments.filter(parent__isnull=True).select_related("by", "resolved_by")
    remarks = [
        Remark(item, list(item.replies.all()), may_settle(user, item))
        for item in found.prefetch_related("replies__by")
    ]
    values = values_of(section)
    blocks = list({item.sha256: item for item in paragraphs(section.text)}.values())
    spots = [
        Spot(
            block.sha256,
            on_page(block.html, values),
            [remark for remark in remarks if remark.comment.anchor == block.sha256],
        )
        for block in blocks
    ]
    here = {block.sha256 for block in blocks}
    return spots, [remark for remark in remarks if remark.comment.anchor not in here]
