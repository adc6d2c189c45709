"""What the agreement adds to other pages: what is missing, whom a letter waits for, and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.contributions import Task, tasks
from reports.agreement import final
from reports.agreement.board import board_of
from reports.agreement.line import line_of
from reports.models import Assent, DifferenceKind, Letter, LetterState, SentFile
from reports.states import Gate, gates, waits

UNNAMED = "Wijs eerst de partijen aan: wie moet instemmen, en met wie wordt afgestemd."


def register() -> None:
    gates.add("parties", Gate(LetterState.IN_AGREEMENT, _named))
    gates.add("assents", Gate(LetterState.AGREED, _agreed))
    gates.add("line", Gate(LetterState.DECIDED, _decided))
    gates.add("frozen", Gate(LetterState.FINAL, final.frozen))
    gates.add("reference", Gate(LetterState.FINAL, final.referenced))
    gates.add("version", Gate(LetterState.FINAL, final.printed))
    gates.add("still-frozen", Gate(LetterState.SENT, final.frozen))
    gates.add("still-referenced", Gate(LetterState.SENT, final.referenced))
    gates.add("signable", Gate(LetterState.SENT, final.signable))
    waits.add("parties", _waited)
    waits.add("line", _in_line)
    tasks.add("letters", tasks_of)


def _named(letter: Letter) -> Iterator[str]:
    if not letter.assents.parties().exists():
        yield UNNAMED


def _agreed(letter: Letter) -> Iterator[str]:
    yield from board_of(letter).missing
    count = letter.proposals.open().count()
    if count:
        told = "staat nog 1 voorstel" if count == 1 else f"staan nog {count} voorstellen"
        them = "het" if count == 1 else "ze"
        yield f"Er {told} voor de tekst open: neem {them} over, of zeg waarom niet."


def _waited(letter: Letter) -> Iterator[str]:
    if letter.stand is LetterState.IN_AGREEMENT:
        yield from (party.waited_for for party in board_of(letter).waiting)


def _decided(letter: Letter) -> list[str]:
    return line_of(letter).missing


def _in_line(letter: Letter) -> Iterator[str]:
    if letter.stand is LetterState.AGREED:
        yield from line_of(letter).waiting


def tasks_of(user: User, today: date) -> list[Task]:
    """For who answers for an organisation; for the secretariat what waits for it."""
    asked = Assent.objects.waiting().own(user, on=today).select_related("letter", "organisation")
    found = [_task(row) for row in asked.order_by("due_on", "letter__slug", "organisation__key")]
    return [*found, *_to_decide(user), *_to_explain(user)]


def _task(row: Assent) -> Task:
    again = " opnieuw" if row.answer else ""
    address = reverse("reports:party-answer", args=[row.letter.slug, row.organisation.key])
    return Task(f"Geef uw antwoord op de brief{again}", address, row.due_on, row.letter.title)


def _to_decide(user: User) -> Iterator[Task]:
    if not may(user, Action.COMPOSE_LETTER):
        return
    letters = Letter.objects.filter(state=LetterState.IN_AGREEMENT, proposals__state="open").distinct()
    for letter in letters.order_by("slug"):
        address = reverse("reports:proposal-list", args=[letter.slug])
        yield Task("Beoordeel de voorstellen voor de tekst", address, detail=letter.title)


def _to_explain(user: User) -> Iterator[Task]:
    """Differences between what was sent and what was frozen."""
    if not may(user, Action.COMPOSE_LETTER):
        return
    open_rows = ~Q(differences__kind=DifferenceKind.AROUND) & Q(differences__explanation="")
    rows = SentFile.objects.filter(open_rows, differences__isnull=False).distinct().select_related("letter")
    for row in rows.order_by("letter__slug"):
        address = reverse("reports:sent-detail", args=[row.letter.slug])
        yield Task("Verklaar de verschillen met de verzonden brief", address, detail=row.letter.title)
