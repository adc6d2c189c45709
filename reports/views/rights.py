"""Which letter and versions a reader gets; the rules stand on the querysets."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from reports.models import Letter, LetterVersion
from reports.models.versions import LetterVersionQuerySet


def versions_of(user: User, slug: str) -> LetterVersionQuerySet:
    """The versions of the letter that the user may see."""
    return LetterVersion.objects.visible_to(user).filter(letter__slug=slug).for_pages()


def composed(user: User, slug: str) -> Letter:
    """The letter, for who composes letters; who may only read it is refused."""
    letter = get_object_or_404(Letter.objects.visible_to(user), slug=slug)
    if not may(user, Action.COMPOSE_LETTER):
        raise PermissionDenied
    return letter


def commented(user: User, slug: str) -> Letter:
    """The letter, for who composes or comments: a note is written inside."""
    visible = Letter.objects.visible_to(user) if may(user, Action.COMMENT_LETTER) else Letter.objects.none()
    return get_object_or_404(visible.select_related("sender", "addressee", "frame", "previous"), slug=slug)
