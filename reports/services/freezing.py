"""Freezing: from then on the letter is printed from what was frozen, and from nothing else."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports import content
from reports.content.parties import Parties
from reports.content.snapshot import snapshot
from reports.errors import LetterError
from reports.frozen_register import FrozenRegister
from reports.models import Freeze, Letter
from reports.services.locks import sent


def freeze_letter(*, letter: Letter, by: User | None) -> Freeze:
    """All figures of the letter's reference date, read in one repeatable-read pass and kept.

    When nothing differs from the newest freeze, that one stands. Not within a transaction. Raises LetterError
    for a letter that was sent, or of which it is not known who sends it to whom.
    """
    if letter.is_sent:
        raise LetterError(sent(letter))
    if problems := Parties(letter).problems:  # told before the long reading
        raise LetterError(problems)
    with snapshot():
        register = content.register_of(letter.pk)
    return _keep(letter, register, by)


@transaction.atomic
def _keep(letter: Letter, register: FrozenRegister, by: User | None) -> Freeze:
    letter = Letter.objects.select_for_update().get(pk=letter.pk)  # one number at a time
    if letter.is_sent:
        raise LetterError(sent(letter))
    text, sha256 = register.to_json(), register.sha256()
    newest = content.newest(letter.pk)
    if newest and newest.sha256 == sha256:
        return newest
    last = letter.freezes.aggregate(last=Max("number"))["last"] or 0
    with history(by=by, action="letter.frozen"):
        return Freeze.objects.create(
            letter=letter,
            number=last + 1,
            reference_date=register.reference_date,
            content=text,
            sha256=sha256,
            created_by=by,
        )
