"""Putting aside what a check found, and taking that back."""

from __future__ import annotations

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports.checks import Finding, checked
from reports.checks.subject import note_texts
from reports.errors import LetterError
from reports.models import Letter, Waiver
from reports.services.locks import sent, texts_locked

GONE = "Dit is niet meer zo gevonden: de tekst is intussen anders. Kijk op deze pagina hoe het nu staat."


def finding_at(letter: Letter, check_key: str, anchor: str) -> Finding:
    """What the check finds there now. Raises LetterError when it is found no more."""
    for item in checked(letter):
        if (item.finding.check.value, item.finding.anchor) == (check_key, anchor):
            return item.finding
    raise LetterError(GONE)


@transaction.atomic
def waive(*, letter: Letter, check_key: str, anchor: str, why: str, by: User) -> Waiver:
    """It may stay as it is; who puts it aside twice, has put it aside. Raises LetterError."""
    stored = Letter.objects.select_for_update().get(pk=letter.pk)
    found = finding_at(stored, check_key, anchor)
    _check_open(stored, found)
    if not why.strip():
        raise LetterError("Zeg waarom dit opzij kan.")
    with history(by=by, action="letter.check-waived", why=why):
        waiver, _is_new = Waiver.objects.get_or_create(
            letter=letter,
            check_key=check_key,
            anchor=anchor,
            defaults={"told": found.line, "why": why.strip(), "by": by},
        )
    return waiver


@transaction.atomic
def unwaive(*, waiver: Waiver, by: User) -> None:
    """It counts again. Raises LetterError for a letter whose texts are fixed."""
    letter = Letter.objects.select_for_update().get(pk=waiver.letter_id)
    held = (waiver.check_key, waiver.anchor)
    rows = (item.finding for item in checked(letter, note_texts(letter)))
    _check_open(letter, next((row for row in rows if (row.check.value, row.anchor) == held), None))
    with history(by=by, action="letter.check-counts-again"):
        waiver.delete()


def may_waive(letter: Letter, found: Finding) -> bool:
    """While its text may change; of a note until the letter goes, as what of it is made public."""
    return not letter.is_sent if found.note else letter.may_change_texts


def _check_open(letter: Letter, found: Finding | None) -> None:
    if letter.is_sent:
        raise LetterError(sent(letter))
    if not letter.may_change_texts and not (found and found.note):
        raise LetterError(texts_locked(letter))
