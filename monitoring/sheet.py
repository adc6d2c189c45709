"""What a meeting sheet tells: for one consultation, on one page, what is open, how it stands, what is new.

Asked of the register for one reader; then printed without another query.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from monitoring import promised, timeline
from monitoring.models import Commitment, CommitmentStatus, Consultation
from monitoring.naming import Names, shortened
from monitoring.overview import HEADLINES
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.printing import figures, tables
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenTable
from mvi_portal.core.printing.house import DEMO
from mvi_portal.core.prose.paragraphs import paragraphs

MOST = 10  # rows of a list; how many more there are, is said
FEWER = (MOST, 7, 5, 3, 2, 1)  # tried in this order, until all of it stands on one page
MORE_NEWS = "Er gebeurde meer dan hier past: de tijdlijn in het portaal toont alles."
SEATS = 3  # participants for each row of a list: they stand behind each other
WIDE = 110  # characters of a text in a row


@dataclass(frozen=True)
class Sheet:
    """Everything on the page. `since` is the day of the meeting before, None when there was none."""

    title: str
    held: str
    participants: tuple[str, ...]
    agenda: tuple[str, ...]
    on: date
    since: date | None
    figures: tuple[FrozenFigure, ...]
    commitments: FrozenTable
    news: FrozenTable | None
    more: tuple[str, ...]
    is_demo: bool

    @property
    def dated(self) -> date:
        return self.on

    @property
    def on_in_words(self) -> str:
        return long_date(self.on)

    @property
    def mark(self) -> str:
        return DEMO if self.is_demo else ""

    @property
    def printed_figures(self) -> str:
        return tables.of_figures(
            self.figures, on=self.on, since=self.since, title="Hoe het plan ervoor staat"
        )

    @property
    def printed_commitments(self) -> str:
        return tables.of_rows([self.commitments])

    @property
    def printed_news(self) -> str:
        return tables.of_rows([self.news]) if self.news else ""


def sheet_of(consultation: Consultation, *, user: User, today: date, most: int = MOST) -> Sheet:
    """On the day of the meeting; today for one that is still to come. `user` sees what the pages show.

    Of each list at most that many: a sheet is one page, and says how many it leaves out.
    """
    on = min(consultation.held_on.last_day, today)
    since = _day_before(consultation, user, today)
    commitments, open_more = _commitments(user, on, today, most)
    news, news_more = _news(user, today, since, on, most) if since else (None, "")
    present, agenda = _participants(consultation, on), _agenda(consultation)
    left = (
        _more(len(present) - most * SEATS, "deelnemers", "de pagina van het overleg noemt ze"),
        _more(len(agenda) - most, "agendapunten", "de pagina van het overleg heeft de hele agenda"),
        open_more,
        news_more,
    )
    counted = [_figure(key, on, since) for key in HEADLINES if key in registry]
    return Sheet(
        title=consultation.title,
        held=str(consultation.held_on),
        participants=present[: most * SEATS],
        agenda=tuple(shortened(item, WIDE * 2) for item in agenda[:most]),
        on=on,
        since=since,
        figures=tuple(counted),
        commitments=commitments,
        news=news,
        more=tuple(filter(None, left)),
        is_demo=consultation.is_demo or any(registry.get(item.key).at(on).is_demo for item in counted),
    )


def _day_before(consultation: Consultation, user: User, today: date) -> date | None:
    earlier = Consultation.objects.visible_to(user, on=today).filter(
        kind=consultation.kind, held_on__lt=consultation.held_on
    )
    found = earlier.order_by("held_on").last()
    return found.held_on.last_day if found else None


def _participants(consultation: Consultation, on: date) -> tuple[str, ...]:
    rows = list(consultation.participants.all())
    names = Names((row.organisation_id for row in rows), on)
    return tuple(sorted(f"{names.of(row.organisation_id)} ({row.capacity})" for row in rows))


def _agenda(consultation: Consultation) -> list[str]:
    """Its points, each in plain words."""
    return [block.text for block in paragraphs(consultation.agenda) if block.text]


def _figure(key: str, on: date, since: date | None) -> FrozenFigure:
    found = figures.one(key, on)
    return replace(found, previous=registry.get(key).at(since).value) if since else found


def _commitments(user: User, on: date, today: date, most: int) -> tuple[FrozenTable, str]:
    """The open ones, the most urgent first."""
    visible = Commitment.objects.visible_to(user, on=today)
    found: list[Any] = list(visible.open(on=on).order_by("due_on", "made_on", "slug"))
    names = Names((row.owner_id for row in found), on)
    rows = tuple(
        (
            shortened(row.text, WIDE),
            names.of(row.owner_id) or "niemand genoemd",
            _due(row, on),
            CommitmentStatus(row.status).label,
        )
        for row in found[:most]
    )
    title = f"Openstaand op {long_date(on)}"
    more = _more(len(found) - most, "openstaand", "de lijst in het portaal toont alles")
    return FrozenTable(title, ("Wat", "Eigenaar", "Uiterlijk", "Stand"), rows), more


def _due(row: Any, on: date) -> str:
    if row.due_on is None:
        return "geen datum"
    return f"{row.due_on} (termijn verstreken)" if promised.is_overdue(row, on) else str(row.due_on)


def _news(user: User, today: date, since: date, on: date, most: int) -> tuple[FrozenTable, str]:
    found = timeline.happened(user, today, timeline.Asked(since + timedelta(days=1), on))
    told = timeline.tell(found[: most + 1]) if found is not None else []
    rows = tuple(
        (item.happening.when, shortened(item.happening.title, WIDE), item.kind) for item in told[:most]
    )
    title = f"Wat er gebeurde sinds het vorige overleg, {long_date(since)}"
    return FrozenTable(title, ("Wanneer", "Wat", "Soort"), rows), MORE_NEWS if len(told) > most else ""


def _more(left: int, what: str, where: str) -> str:
    return f"Nog {left} {what}: {where}." if left > 0 else ""
