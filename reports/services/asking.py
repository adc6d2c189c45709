"""Asking for answers: one mail to each person with all questions together, and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from monitoring.services import Sent
from monitoring.services.inviting import officers_of
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action
from mvi_portal.core.dates import long_date
from mvi_portal.history import history
from mvi_portal.mails import services as mails
from reports.agreement.board import Board, Party
from reports.agreement.reading import read_on
from reports.errors import LetterError
from reports.models import Assent, Letter, LetterState, Reply
from reports.services.answering import take_reading
from reports.services.parties import open_letter

ASKED, REMINDED, TOLD = "brief-gevraagd", "brief-herinnering", "brief-gewijzigd"
NOT_OPEN = "De akkoordronde is nog niet begonnen, of al voorbij: er valt niemand iets te vragen."
NOBODY = "Iedereen heeft geantwoord op de tekst van nu: er is niemand om te vragen."
NOBODY_WAITS = "Er is niemand aan wie al is gevraagd en die nog moet antwoorden."
PAST = "Kies een dag vanaf vandaag: wie nu wordt gevraagd, kan niet eerder antwoorden."


@transaction.atomic
def ask(*, letter: Letter, due_on: date, root: str, by: User) -> Sent:
    """Everybody whose answer is not there, or not for the text of now. Asking twice a day sends one mail.

    The text that is put before them is kept, for an answer that is recorded when it has changed.
    Raises LetterError when there is nobody to ask.
    """
    found, today = _in_agreement(letter), timezone.localdate()
    if due_on < today:
        raise LetterError(PAST)
    board = Board(found)
    parties = board.waiting
    if not parties:
        raise LetterError(NOBODY)
    with history(by=by, action="letter.asked"):
        take_reading(found, board.text)
        keys = [party.assent.pk for party in parties]
        Assent.objects.filter(pk__in=keys).update(is_asked=True, asked_on=today, due_on=due_on)
    subject = f"Uw antwoord gevraagd op de brief: {found.title}, uiterlijk {long_date(due_on)}"
    answers = Reply.objects.filter(assent__in=keys).count()  # asked again after an answer is another mail
    place = f"{found.slug}:{due_on.isoformat()}:{today.isoformat()}:{answers}"
    return send(ASKED, place, found, parties, subject, {"due_on": due_on}, root, by)


@transaction.atomic
def remind(*, letter: Letter, root: str, by: User) -> Sent:
    """Who was asked and did not answer, about the text of now, which is kept; once a day is enough.

    Who was asked about another text is told so. Raises LetterError without anybody.
    """
    found, today = _in_agreement(letter), timezone.localdate()
    board = Board(found)
    parties = [party for party in board.waiting if party.assent.is_asked]
    if not parties:
        raise LetterError(NOBODY_WAITS)
    told: dict[str, object] = {"changed": _asked_on_another(board, parties)}
    with history(by=by, action="letter.reminded"):
        take_reading(found, board.text)
        keys = [party.assent.pk for party in parties]
        Assent.objects.filter(pk__in=keys).update(reminded_on=today)
    subject = f"Herinnering: uw antwoord op de brief {found.title}"
    return send(REMINDED, f"{found.slug}:{today.isoformat()}", found, parties, subject, told, root, by)


def _asked_on_another(board: Board, parties: Sequence[Party]) -> set[int]:
    """Who was asked when the letter had another text."""
    days = {party.assent.asked_on for party in parties}
    texts = {day: read_on(board.letter, day) for day in days if day}
    others = {day for day, row in texts.items() if row and row.sha256 != board.text.sha256}
    return {party.assent.pk for party in parties if party.assent.asked_on in others}


def send(
    kind: str,
    place: str,
    letter: Letter,
    parties: Sequence[Party],
    subject: str,
    told: dict[str, object],
    root: str,
    by: User,
) -> Sent:
    """One mail to each person who acts for these parties, released at once."""
    keys = [party.assent.organisation_id for party in parties]
    officers = officers_of(keys, timezone.localdate(), Action.GIVE_ASSENT)
    users = {user.pk: user for found in officers.values() for user in found}
    ready = []
    for user in users.values():
        mine = [party for party in parties if user in officers.get(party.assent.organisation_id, ())]
        items = [(party, _address(root, letter, party)) for party in mine]
        context = {**told, "user": user, "letter": letter, "items": items, "page": _page(root, letter)}
        body = render_to_string(f"reports/mail/{kind}.txt", context)
        key = f"{kind}:{place}:{user.pk}"
        ready.append(
            mails.prepare(
                kind=kind, key=key, to=user.email, name=user.name, subject=subject[:300], body=body, by=by
            )
        )
    gone = mails.release(mails=ready, by=by)
    nobody = {party.name for party in parties if party.assent.organisation_id not in officers}
    return Sent(len(gone), len(ready) - len(gone), tuple(sorted(nobody)))


def _address(root: str, letter: Letter, party: Party) -> str:
    place = reverse("reports:party-answer", args=[letter.slug, party.assent.organisation.key])
    return f"{root.rstrip('/')}{place}"


def _page(root: str, letter: Letter) -> str:
    return f"{root.rstrip('/')}{reverse('reports:agreement', args=[letter.slug])}"


def _in_agreement(letter: Letter) -> Letter:
    found = open_letter(letter)
    if found.stand is not LetterState.IN_AGREEMENT:
        raise LetterError(NOT_OPEN)
    return found
