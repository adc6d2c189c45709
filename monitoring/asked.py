"""What is asked in the rounds, of whom, and how each answer stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from monitoring.models import (
    EntryFile,
    EntryPaper,
    EntryState,
    PolicyLine,
    ProgressEntry,
    ProgressQuestion,
    ProgressRequest,
    ProgressRound,
)
from monitoring.models.frame import mapped_pairs
from monitoring.models.kin import continuing_keys
from monitoring.naming import Named, Names
from mvi_portal.core.addresses import address_of
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table

NOT_BEGUN = "nog niet begonnen"
PASSED = "termijn verstreken"
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
    prepared: ProgressEntry | None = None  # written outside a round, and not used yet

    @property
    def round(self) -> ProgressRound:
        return self.request.round

    @property
    def href(self) -> str:
        return address_of("monitoring:entry-detail", *self.place)

    @property
    def round_href(self) -> str:
        return address_of("monitoring:round-detail", self.round.slug)

    @property
    def organisation_href(self) -> str:
        return address_of("monitoring:request-detail", self.round.slug, self.request.organisation.key)

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

    @property
    def is_empty(self) -> bool:
        """Nothing was written yet: one click can say that there is nothing new."""
        return self.entry is None or (self.entry.is_being_written and not self.entry.text)

    def waits(self, day: date) -> int | None:
        """So many days for who has to do something now; None when nobody has."""
        since = self._since()
        return max((day - since).days, 0) if since and self.round.is_open(day) else None

    def _since(self) -> date | None:
        entry = self.entry
        if entry is None or entry.state == EntryState.DRAFT:
            return self.round.asked_on
        if entry.state == EntryState.ACCEPTED:
            return None
        at = entry.returned_at if entry.state == EntryState.RETURNED else entry.submitted_at
        return at.astimezone().date() if at else None

    def is_late(self, day: date) -> bool:
        """Not handed in while the day of the round has passed and the round is open."""
        return self.is_to_write and self.round.due_on < day and self.round.is_open(day)


def asked_of(
    requests: QuerySet[ProgressRequest],
    today: date,
    *,
    of: ProgressRound | None = None,
    known: Iterable[Named] = (),
    steps: bool = False,
) -> list[Asked]:
    """All that these requests ask, per line; six queries at most, however many there are.

    Fewer when it is known which round all are of (as `asking` loads it) and how they are called. With the
    `steps` comes who took them, and the line of what was prepared: for the page of one answer.
    """
    found = sorted(_loaded(requests, of), key=_place)
    names = Names((item.organisation_id for item in found), today, known)
    entries, prepared = _entries(found, steps=steps)
    pairs = mapped_pairs() if prepared else []
    return [
        Asked(
            item,
            line,
            question,
            names.of(item.organisation_id),
            entries.get((item.round_id, item.organisation_id, line.pk)),
            _ready(prepared.get(item.organisation_id, []), line, pairs),
        )
        for item in found
        for line, question in lines_of(item.round)
    ]


def asking(rounds: QuerySet[ProgressRound]) -> QuerySet[ProgressRound]:
    """With the frame, and what `lines_of` tells."""
    return rounds.select_related("frame").prefetch_related(_questions("questions"), "frame__lines")


def _questions(path: str) -> Prefetch[str]:
    return Prefetch(path, ProgressQuestion.objects.select_related("line").order_by("line__order"))


def _loaded(requests: QuerySet[ProgressRequest], of: ProgressRound | None) -> list[ProgressRequest]:
    rows = requests.select_related("organisation")
    if of is None:
        whole = rows.select_related("round__frame")
        return list(whole.prefetch_related(_questions("round__questions"), "round__frame__lines"))
    found = list(rows)
    for item in found:
        item.round = of
    return found


def _place(item: ProgressRequest) -> tuple[date, str, str]:
    return item.round.due_on, item.round.slug, item.organisation.key


def lines_of(item: ProgressRound) -> list[tuple[PolicyLine, str]]:
    """The lines that a round asks about, each with its question; without questions all of its frame."""
    questions = [(question.line, question.text) for question in item.questions.all()]
    lines = sorted(item.frame.lines.all(), key=lambda line: line.order)
    return questions or [(line, "") for line in lines]


def _entries(
    requests: Sequence[ProgressRequest], *, steps: bool
) -> tuple[dict[tuple[int | None, int, int], ProgressEntry], dict[int, list[ProgressEntry]]]:
    """Those in the rounds; and what each organisation has ready outside any, the latest first."""
    rounds = {item.round_id for item in requests}
    bodies = {item.organisation_id for item in requests}
    ready = Q(round=None, state=EntryState.DRAFT) & something()
    found = ProgressEntry.objects.filter(Q(round__in=rounds) | ready, organisation__in=bodies)
    told = found.select_related("line", "submitted_by", "returned_by", "accepted_by") if steps else found
    rows = list(told.order_by("-pk"))
    prepared: dict[int, list[ProgressEntry]] = {}
    for row in rows:
        if not row.round_id:
            prepared.setdefault(row.organisation_id, []).append(row)
    return {(row.round_id, row.organisation_id, row.line_id): row for row in rows if row.round_id}, prepared


def _ready(
    prepared: Sequence[ProgressEntry], line: PolicyLine, pairs: list[tuple[int, int]]
) -> ProgressEntry | None:
    """What was prepared on the line itself, else on one that it continues."""
    keys = continuing_keys(line.pk, pairs) if prepared else set()
    found = [row for row in prepared if row.line_id in keys]
    return next((row for row in found if row.line_id == line.pk), found[0] if found else None)


def something() -> Q:
    """A text, or something that goes along."""
    files, papers = (model.objects.order_by().values("entry") for model in (EntryFile, EntryPaper))
    return ~Q(text="") | Q(pk__in=files) | Q(pk__in=papers)


def asked_table(caption: str, items: Iterable[Asked], today: date, empty: str) -> Table:
    rows = [
        Row(
            [
                Cell(item.line, item.href, "demo" if item.round.is_demo else "", "warn"),
                Cell(item.called),
                Cell(item.round),
                Cell(long_date(item.round.due_on), tag=PASSED if item.is_late(today) else "", tone="bad"),
                Cell("", tag=item.state, tone=item.tone),
            ]
        )
        for item in items
    ]
    return Table(caption, ASKED_COLUMNS, rows, empty)
