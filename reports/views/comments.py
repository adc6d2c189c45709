"""Reading a section paragraph by paragraph, with the remarks on each."""

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
from reports import content, rooms, services
from reports.content.demands import demands_of
from reports.errors import LetterError
from reports.models import Comment, Letter, Section
from reports.services.commenting import may_comment, may_settle
from reports.views.notes import commented


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
    user = reader(request)
    section = _section(user, slug, pk)
    may_write = may_comment(user, section) and not section.letter.is_sent
    typed = ""
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        anchor, typed = request.POST.get("alinea", ""), request.POST.get("opmerking", "")
        verb = services.comment
        if _done(
            request, "Uw opmerking staat erbij.", verb, section=section, anchor=anchor, text=typed, by=user
        ):
            return redirect("reports:section-comments", slug, pk)
    spots, gone = _spots(section, user)
    context = {
        "letter": section.letter,
        "section": section,
        "tabs": rooms.letter_tabs(request, section.letter),
        "spots": spots,
        "gone": gone,
        "typed": typed,
        "may_write": may_write,
        "crumbs": rooms.crumbs(request, section.letter, f"Opmerkingen bij {section}"),
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
    rows = Comment.objects.filter(section__letter=letter, parent__isnull=True)
    remark = get_object_or_404(rows.select_related("section"), pk=pk)
    _done(request, told, verb, request, remark, user)
    return redirect("reports:section-comments", slug, remark.section_id)


def _done(request: HttpRequest, told: str, verb: Any, *given: Any, **named: Any) -> bool:
    try:
        verb(*given, **named)
    except LetterError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, told)
    return True


def _section(user: User, slug: str, pk: int) -> Section:
    letter = commented(user, slug)
    return get_object_or_404(letter.sections.select_related("letter", "line"), pk=pk)


def _figures(section: Section) -> Mapping[str, FrozenFigure]:
    """Those that the text says, as the letter prints them: with what they are compared to."""
    demands, _problems = demands_of([section])
    known = [item for item in demands if item.key in registry]
    return content.figures_of(section.letter, known)[0].frozen if known else {}


def _spots(section: Section, user: User) -> tuple[list[Spot], list[Remark]]:
    """Each paragraph, and the remarks on paragraphs that are gone."""
    found = section.comments.filter(parent__isnull=True).select_related("by", "resolved_by")
    remarks = [
        Remark(item, list(item.replies.all()), may_settle(user, item))
        for item in found.prefetch_related("replies__by")
    ]
    values = Values(section.letter.reference_date, _figures(section))
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
