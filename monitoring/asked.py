"""What is asked in the rounds, of whom, and how each answer stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from monitoring.models import (
    EntryState,
    PolicyLine,
    ProgressEntry,
    ProgressQuestion,
    ProgressRequest,
    ProgressRound,
)
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation

NOT_BEGUN = "nog niet begonnen"
TONES = {
    EntryState.DRAFT: "neutral",
    EntryState.SUBMITTED: "info",
    EntryState.RETURNED: "warn",
    EntryState.ACCEPTED: "good",
}
ASKED_COLUMNS = (
    Column("line", "Lijn"),
    Column("organisation", "Organisatie"),
    Column("round", "Ronde"),
    Column("due", "Uiterlijk op"),
    Column("state", "Stand"),
)


@dataclass(frozen=True)
class Asked:
    """One answer that is asked: by a round, of an organisation, on a line. `called` is its name today."""

    request: ProgressRequest
    line: PolicyLine
    question: str
    called: str
    entry: ProgressEntry | None

    @property
    def round(self) -> ProgressRound:
        return self.request.round

    @property
    def href(self) -> str:
        return reverse("monitoring:entry-detail", args=self.place)

    @property
    def round_href(self) -> str:
        return reverse("monitoring:round-detail", args=[self.round.slug])

    @property
    def place(self) -> tuple[str, str, str]:
        """The parts of its address."""
        return self.round.slug, self.request.organisation.key, self.line.code

    @property
    def state(self) -> str:
        return self.entry.get_state_display() if self.entry else NOT_BEGUN

    @property
    def tone(self) -> str:
        return TONES[EntryState(self.entry.state)] if self.entry else "neutral"

    @property
    def is_to_write(self) -> bool:
        return self.entry is None or self.entry.is_being_written

    def is_late(self, day: date) -> bool:
        """Not handed in while the day of the round has passed and the round is open."""
        return self.is_to_write and self.round.due_on < day and self.round.is_open(day)


def asked_of(requests: QuerySet[ProgressRequest], today: date) -> list[Asked]:
    """All that these requests ask, per line; five queries, however many there are."""
    questions = ProgressQuestion.objects.select_related("line").order_by("line__order")
    loaded = requests.select_related("round__frame", "organisation").prefetch_related(
        Prefetch("round__questions", questions), "round__frame__lines"
    )
    found = sorted(loaded, key=lambda item: (item.round.due_on, item.round.slug, item.organisation.key))
    names = _names(found, today)
    entries = _entries(found)
    return [
        Asked(
            item,
            line,
            question,
            names.get(item.organisation_id, item.organisation.key),
            entries.get((item.round_id, item.organisation_id, line.pk)),
        )
        for item in found
        for line, question in lines_of(item.round)
    ]


def lines_of(item: ProgressRound) -> list[tuple[PolicyLine, str]]:
    """The lines that a round asks about, each with its question; without questions all of its frame."""
    questions = [(question.line, question.text) for question in item.questions.all()]
    lines = sorted(item.frame.lines.all(), key=lambda line: line.order)
    return questions or [(line, "") for line in lines]


def _names(requests: Sequence[ProgressRequest], today: date) -> dict[int, str]:
    wanted = {item.organisation_id for item in requests}
    found: dict[int, Any] = Organisation.objects.with_name(on=today).in_bulk(wanted)
    return {key: body.name_on_day or body.key for key, body in found.items()}


def _entries(requests: Sequence[ProgressRequest]) -> dict[tuple[int | None, int, int], ProgressEntry]:
    rounds = {item.round_id for item in requests}
    bodies = {item.organisation_id for item in requests}
    rows = ProgressEntry.objects.filter(round__in=rounds, organisation__in=bodies)
    return {(row.round_id, row.organisation_id, row.line_id): row for row in rows}


def asked_table(caption: str, items: Iterable[Asked], today: date, empty: str) -> Table:
    rows = [
        Row(
            [
                Cell(item.line, item.href, "demo" if item.round.is_demo else "", "warn"),
                Cell(item.called),
                Cell(item.round),
                Cell(long_date(item.round.due_on), tag="te laat" if item.is_late(today) else "", tone="bad"),
                Cell("", tag=item.state, tone=item.tone),
            ]
        )
        for item in items
    ]
    return Table(caption, ASKED_COLUMNS, rows, empty)


def matrix(items: Sequence[Asked], today: date) -> Table:
    """Of one round: a row for each organisation, a column for each line."""
    lines = {item.line.pk: item.line for item in items}
    columns = (
        Column("organisation", "Organisatie"),
        *(Column(str(pk), str(line)) for pk, line in lines.items()),
    )
    bodies: dict[str, list[Asked]] = {}
    for item in items:
        bodies.setdefault(item.called, []).append(item)
    rows = [
        Row([Cell(name), *(_state(item, today) for item in bodies[name])])
        for name in sorted(bodies, key=str.casefold)
    ]
    return Table(
        "Wie is gevraagd, en hoe elk antwoord ervoor staat", columns, rows, "Er is nog niemand gevraagd."
    )


def _state(item: Asked, today: date) -> Cell:
    return Cell(item.state, item.href, "te laat" if item.is_late(today) else "", "bad")
