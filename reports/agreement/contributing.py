"""What the agreement adds to other pages: what is missing, whom a letter waits for, and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Task, tasks
from reports.agreement.board import board_of
from reports.models import Assent, Letter, LetterState
from reports.states import Gate, gates, waits

UNNAMED = "Wijs eerst de partijen aan: wie moet instemmen, en met wie wordt afgestemd."


def register() -> None:
    gates.add("parties", Gate(LetterState.IN_AGREEMENT, _named))
    gates.add("assents", Gate(LetterState.AGREED, _agreed))
    waits.add("parties", _waited)
    tasks.add("letters", tasks_of)


def _named(letter: Letter) -> Iterator[str]:
    if not letter.assents.parties().exists():
        yield UNNAMED


def _agreed(letter: Letter) -> Iterator[str]:
    yield from board_of(letter).missing
    count = letter.proposals.open().count()
    if count:
        told = "staat nog 1 voorstel" if count == 1 else f"staan nog {count} voorstellen"
        yield f"Er {told} voor de tekst open: neem ze over, of zeg waarom niet."


def _waited(letter: Letter) -> Iterator[str]:
    if letter.stand is LetterState.IN_AGREEMENT:
        yield from (party.waited_for for party in board_of(letter).waiting)


def tasks_of(user: User, today: date) -> list[Task]:
    """For who answers for an organisation."""
    asked = Assent.objects.waiting().own(user, on=today).select_related("letter", "organisation")
    return [_task(row) for row in asked.order_by("due_on", "letter__slug", "organisation__key")]


def _task(row: Assent) -> Task:
    again = " opnieuw" if row.answer else ""
    address = reverse("reports:party-answer", args=[row.letter.slug, row.organisation.key])
    return Task(f"Geef uw antwoord op de brief{again}", address, row.due_on, row.letter.title)
