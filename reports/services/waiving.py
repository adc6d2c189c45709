"""Putting aside what a check found, and taking that back."""

from __future__ import annotations

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports.checks import Finding, checked
from reports.errors import LetterError
from reports.models import Letter, Waiver
from reports.services.composing import unlocked

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
    found = finding_at(unlocked(letter), check_key, anchor)
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
    unlocked(waiver.letter)
    with history(by=by, action="letter.check-counts-again"):
        waiver.delete()
