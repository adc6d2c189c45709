"""After an edit: what a change means for who answered already, chosen paragraph by paragraph."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import transaction

from monitoring.services import Sent
from mvi_portal.accounts.models import User
from mvi_portal.history import history
from reports.agreement.board import Board, Party
from reports.agreement.comparing import Change
from reports.errors import LetterError
from reports.models import Choice, Letter, Section, TextChange
from reports.services.asking import TOLD, send
from reports.services.parties import open_letter

WHY = "Zeg waarom een wijziging redactioneel is: wie akkoord gaf, leest dat in de mail."
OTHER = "De tekst is intussen weer gewijzigd. Kijk wat er nu anders is en kies opnieuw."
GONE = "Dit onderdeel staat niet meer in de brief: wie daarop antwoordde, wordt opnieuw gevraagd."


@transaction.atomic
def choose_changes(
    *, letter: Letter, choices: Mapping[str, Choice], why: str, root: str, by: User
) -> Sent | None:
    """By the name of each change what it means; who agreed hears of what is editorial, in one mail each.

    Raises LetterError without a reason for what is editorial, and for a change that is not there any more.
    """
    found = open_letter(letter)
    board = Board(found)
    open_changes = {change.name: (change, parties) for change, parties in board.to_choose}
    if set(choices) - set(open_changes):
        raise LetterError(OTHER)
    editorial = [name for name, choice in choices.items() if choice is Choice.EDITORIAL]
    if editorial and not why.strip():
        raise LetterError(WHY)
    with history(by=by, action="letter.changes-chosen", why=why):
        for name, choice in choices.items():
            _keep(found, open_changes[name][0], choice, why, by)
    if not editorial:
        return None
    changes = [open_changes[name][0] for name in editorial]
    parties = {party.assent.pk: party for name in editorial for party in open_changes[name][1]}
    return _tell(found, changes, list(parties.values()), why, root, by)


def _keep(letter: Letter, change: Change, choice: Choice, why: str, by: User) -> None:
    section, old, new = change.key
    if not Section.objects.filter(pk=section, letter=letter).exists():
        raise LetterError(GONE)
    TextChange.objects.update_or_create(
        section_id=section,
        old_sha256=old,
        new_sha256=new,
        defaults={
            "letter": letter,
            "old_words": change.old.words if change.old else "",
            "new_words": change.new.words if change.new else "",
            "choice": choice,
            "why": why.strip() if choice is Choice.EDITORIAL else "",
            "by": by,
        },
    )


def _tell(letter: Letter, changes: list[Change], parties: list[Party], why: str, root: str, by: User) -> Sent:
    place = hashlib.sha256("".join(sorted(str(change.key) for change in changes)).encode()).hexdigest()[:16]
    told: dict[str, object] = {"changes": changes, "why": why.strip()}
    subject = f"Gewijzigd in de brief {letter.title}"
    return send(TOLD, f"{letter.slug}:{place}", letter, parties, subject, told, root, by)
