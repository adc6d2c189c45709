"""The reminders as the pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from actionplans.models import ReminderKind, ReminderMail, ReminderStand, reminders
from actionplans.models.reminders import OPEN
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.addresses import address_of
from mvi_portal.core.contributions import Task
from mvi_portal.core.prepared import Prepared
from mvi_portal.mails.models import State as MailState
from signatories.models import Signatory
from signatories.together import several

TONES = {
    ReminderStand.READY: "info",
    ReminderStand.NO_CONTACT: "warn",
    ReminderStand.DOUBTFUL: "warn",
    ReminderStand.REFUSED: "bad",
    ReminderStand.SENT: "good",
}


@dataclass(frozen=True)
class Line:
    """One reminder: of whom, to whom, and how far it is."""

    reminder: Any
    name: str
    organisations: list[tuple[str, str]]  # key and name, of who stands under the signature
    to: list[str]

    @property
    def kind(self) -> str:
        return ReminderKind(self.reminder.kind).label

    @property
    def href(self) -> str:
        return address_of("actionplans:reminder-detail", self.reminder.pk)

    @property
    def stand(self) -> ReminderStand:
        return ReminderStand(self.reminder.stand)


@dataclass(frozen=True)
class Board:
    """What waits for a decision."""

    ready: list[Line] = field(default_factory=list)
    without_contact: list[Line] = field(default_factory=list)


def board(today: date) -> Board:
    rows = reminders().filter(stand__in=OPEN).select_related("signature__manifest")
    found = lines(rows.order_by("due_on", "signature__slug"), today)
    return Board(
        [line for line in found if line.stand is ReminderStand.READY],
        [line for line in found if line.stand is ReminderStand.NO_CONTACT],
    )


def lines(rows: Iterable[Any], on: date) -> list[Line]:
    """Two queries, however many rows."""
    found = list(rows)
    names = _organisations({row.signature_id for row in found}, on)
    to = addressees(found)
    return [
        Line(
            row,
            several([name for _key, name in names[row.signature_id]]) or row.signature.slug,
            names[row.signature_id],
            to[row.pk],
        )
        for row in found
    ]


def _organisations(signatures: Iterable[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """The key and the name on the day of all under the signatures, the first name first."""
    under: Any = Signatory.objects.filter(signature__in=list(signatures)).with_name(on=on)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = under.order_by(F("sort_name_on_day")).values_list(
        "signature", "organisation__key", F("name_on_day")
    )
    for signature, key, name in rows:
        if (key, name or key) not in found[signature]:
            found[signature].append((key, name or key))
    return found


def addressees(rows: Sequence[Any]) -> dict[int, list[str]]:
    """To whom each reminder goes or went; of who was erased, that there was somebody."""
    mailings = ReminderMail.objects.filter(reminder__in=[row.pk for row in rows]).select_related("mail")
    found: dict[int, list[str]] = defaultdict(list)
    for mailing in mailings.exclude(mail__state=MailState.SKIPPED).order_by("pk"):
        found[mailing.reminder_id].append(mailing.mail.recipient or "gewist")
    return found


def tasks_of(user: User, today: date) -> list[Task]:
    """What reminders ask of the secretariat; one query."""
    if not may(user, Action.KEEP_REGISTER):
        return []
    stands = [stand for (stand,) in _STANDS.all(today)]
    ready, lost = (stands.count(stand) for stand in (ReminderStand.READY, ReminderStand.NO_CONTACT))
    address = address_of("actionplans:reminder-board")
    found = []
    if ready:
        found.append(Task(f"Herinneringen klaar om te versturen: {ready}", address, detail=_READY))
    if lost:
        found.append(
            Task(f"Contactpersonen gezocht voor herinneringen: {lost}", f"{address}#zonder", detail=_LOST)
        )
    return found


_STANDS = Prepared(lambda _those, _on: reminders().filter(stand__in=OPEN).order_by().values_list("stand"))
_READY = "Over actieplannen waarvan de termijn nadert of verstreken is. Ze gaan pas weg als u ze vrijgeeft."
_LOST = "Voeg bij de organisatie een contactpersoon toe met als doel: actieplan. Dan kan de herinnering weg."
