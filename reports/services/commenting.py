"""Remarks on paragraphs: made, answered, settled; they go along with their paragraph."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from monitoring.models import PolicyLine
from mvi_portal.accounts.models import Role, User
from mvi_portal.accounts.permissions import Action, Scope, may, scope
from mvi_portal.core.prose import Paragraph, moves, paragraphs
from mvi_portal.history import history
from reports.errors import LetterError
from reports.models import Comment, Letter, NoteSection, Section, Written
from reports.models.written import leading, letter_id
from reports.services.locks import sent

EVALUATED = "C"  # the line that evaluators write about
_RECENT = 50  # texts that are looked back for a paragraph
GONE = "Deze alinea is intussen anders. Lees hoe die nu luidt, en maak uw opmerking daarbij."


def may_comment(user: User, section: Written) -> bool:
    """Who may comment at all; an evaluator only on line C, whatever that is called in the frame."""
    if may_comment_notes(user):
        return True
    if not may(user, Action.COMMENT_LETTER) or not isinstance(section, Section):
        return False
    kin = PolicyLine.objects.continuing(section.line) if section.line else PolicyLine.objects.none()
    return kin.filter(code=EVALUATED).exists()


def may_comment_notes(user: User) -> bool:
    """All that comment, but evaluators."""
    return may(user, Action.COMMENT_LETTER) and user.role != Role.EVALUATOR


@transaction.atomic
def comment(*, section: Written, anchor: str, text: str, follows: bool = False, by: User) -> Comment:
    """A remark on the paragraph with that fingerprint; said twice by a second click, it is there once.

    With `follows` on what became of it since: who writes a text, changed the paragraph itself. Raises
    LetterError when the paragraph is no longer there, PermissionDenied for who may not.
    """
    stored = _open_section(section, by)
    now = paragraphs(stored.text)
    found = next((item for item in now if item.sha256 == anchor), None)
    if found is None and follows:
        found = _became(stored, anchor, now)
    if found is None:
        raise LetterError(GONE)
    return _said(by, **leading(stored), anchor=found.sha256, words=found.text, text=_given(text))


def _became(section: Written, anchor: str, now: tuple[Paragraph, ...]) -> Paragraph | None:
    """The paragraph that was in an earlier text, as it is now; None when it went or never was."""
    events: Any = section.events  # type: ignore[union-attr] # of the history
    for text in events.order_by("-pgh_id").values_list("text", flat=True)[:_RECENT]:
        before = paragraphs(text)
        for block, place in zip(before, moves(before, now), strict=True):
            if block.sha256 == anchor:
                return None if place is None else now[place]
    return None


@transaction.atomic
def reply(*, to: Comment, text: str, by: User) -> Comment:
    """An answer. Raises LetterError, or PermissionDenied for who may not."""
    stored = _open_section(to.written, by)
    given = {**leading(stored), "anchor": to.anchor, "words": to.words}
    return _said(by, **given, parent=to, text=_given(text))


@transaction.atomic
def settle(*, remark: Comment, by: User) -> None:
    """It is dealt with; who made it or composes the letter says so. Raises PermissionDenied."""
    _set(remark, by, is_settled=True)


@transaction.atomic
def reopen(*, remark: Comment, by: User) -> None:
    """It is not dealt with after all. Raises PermissionDenied."""
    _set(remark, by, is_settled=False)


def may_settle(user: User, remark: Comment) -> bool:
    return scope(user, Action.COMMENT_LETTER) is Scope.YES or remark.by_id == user.pk


def follow(section: Written, before: str, after: str) -> None:
    """Remarks go along with their paragraph; one whose paragraph went, stays with its words."""
    found = list(
        Comment.objects.select_for_update(of=("self",)).filter(parent__isnull=True, **leading(section))
    )
    if not found:
        return
    now = _anchors(paragraphs(before), paragraphs(after))
    for remark in found:
        anchor = now.get(remark.anchor, remark.anchor)
        if anchor != remark.anchor:
            Comment.objects.filter(pk=remark.pk).update(anchor=anchor)


def _anchors(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> dict[str, str]:
    """By the fingerprint of a paragraph that of what it became; the first of several that were the same."""
    places = zip(old, moves(old, new), strict=True)
    found: dict[str, str] = {}
    for block, place in places:
        if block.sha256 not in found:
            found[block.sha256] = block.sha256 if place is None else new[place].sha256
    return found


def _open_section(section: Written, by: User) -> Written:
    """Locked, of a letter that was not sent."""
    letter = Letter.objects.select_for_update().get(pk=letter_id(section))
    if letter.is_sent:
        raise LetterError(sent(letter))
    stored = _stored(section)
    if not may_comment(by, stored):
        raise PermissionDenied
    return stored


def _stored(section: Written) -> Written:
    if isinstance(section, Section):
        return Section.objects.select_related("line").get(pk=section.pk)
    return NoteSection.objects.get(pk=section.pk)


def _said(by: User, **given: object) -> Comment:
    asked = {"parent": None, **given}
    same = Comment.objects.filter(**asked, by=by, resolved_at__isnull=True).first()
    if same:
        return same
    with history(by=by, action="letter.commented"):
        made: Comment = Comment.objects.create(**asked, by=by)
    return made


def _given(text: str) -> str:
    if not text.strip():
        raise LetterError("Vul uw opmerking in.")
    return text.strip()


def _set(remark: Comment, by: User, *, is_settled: bool) -> None:
    section = _open_section(remark.written, by)
    if not may_settle(by, remark):
        raise PermissionDenied
    stored = Comment.objects.select_for_update(of=("self",)).get(
        pk=remark.pk, parent__isnull=True, **leading(section)
    )
    if stored.is_resolved == is_settled:
        return
    stored.resolved_at = timezone.now() if is_settled else None
    stored.resolved_by = by if is_settled else None
    with history(by=by, action="letter.comment-settled" if is_settled else "letter.comment-reopened"):
        stored.save(update_fields=["resolved_at", "resolved_by"])
