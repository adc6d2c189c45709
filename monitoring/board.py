"""The board of a round: organisations against lines, how each answer stands, and for how long it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString

from monitoring.asked import PASSED, Asked
from monitoring.attachments import Attached, of_several
from monitoring.cited import Values, on_page
from monitoring.models import EntryState, PolicyLine, ProgressEntry, ProgressRequest
from monitoring.naming import Named, named
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from signatories.models import Organisation

PER_PAGE = 25  # organisations: the ministries and the umbrella organisations are on one page
READABLE = (EntryState.SUBMITTED, EntryState.ACCEPTED)
NOTHING_NEW = SafeString("<p>Er is niets nieuws te melden.</p>")


@dataclass(frozen=True)
class Open:
    """An organisation that still has to answer: which lines, and when it was last reminded."""

    key: str
    called: str
    lines: str
    reminded: str


@dataclass(frozen=True)
class Told:
    """What an organisation wrote about one line, with what goes along; without text, how it stands."""

    called: str
    href: str
    state: str
    tone: str
    text: SafeString | None
    attached: Sequence[Attached] = ()


def by_organisation(items: Sequence[Asked]) -> list[list[Asked]]:
    """What is asked of each, by name."""
    found: dict[str, list[Asked]] = {}
    for item in items:
        found.setdefault(item.called, []).append(item)
    return [found[called] for called in sorted(found, key=str.casefold)]


def matrix(items: Sequence[Asked], today: date) -> Table:
    """Of one round: a row for each organisation, a column for each line."""
    lines = {item.line.pk: item.line for item in items}
    columns = (
        Column("organisation", "Organisatie"),
        *(Column(str(pk), str(line)) for pk, line in lines.items()),
    )
    rows = [
        Row([Cell(mine[0].called, mine[0].organisation_href), *(_state(item, today) for item in mine)])
        for mine in by_organisation(items)
    ]
    caption = "Wie is gevraagd, hoe elk antwoord ervoor staat, en hoe lang het wacht"
    return Table(caption, columns, rows, "Er is nog niemand gevraagd.")


def _state(item: Asked, today: date) -> Cell:
    """The state is the link; behind it for how long somebody waits."""
    state = "niets nieuws, " if item.entry and item.entry.nothing_new else ""
    tag, tone = (PASSED, "bad") if item.is_late(today) else (_waiting(item, today), item.tone)
    return Cell(f"{state}{item.state}", item.href, tag, tone)


def _waiting(item: Asked, today: date) -> str:
    days = item.waits(today)
    if days is None or item.round.asked_on is None:
        return ""
    if days == 0:
        return "sinds vandaag"
    return "1 dag" if days == 1 else f"{number(days)} dagen"


@dataclass(frozen=True)
class Tally:
    """How many answers are asked, and how many of them were accepted or wait for the secretariat."""

    asked: int
    accepted: int
    waiting: int

    @property
    def writing(self) -> int:
        return self.asked - self.accepted - self.waiting

    def __str__(self) -> str:
        """As in "3 van 24 aanvaard, 5 wachten op het secretariaat, 16 nog te schrijven"."""
        waits = "wacht" if self.waiting == 1 else "wachten"
        return (
            f"{number(self.accepted)} van {number(self.asked)} aanvaard, {number(self.waiting)} {waits} op "
            f"het secretariaat, {number(self.writing)} nog te schrijven."
        )


def summary(items: Sequence[Asked]) -> str:
    states = [item.entry.state for item in items if item.entry is not None]
    return str(Tally(len(items), states.count(EntryState.ACCEPTED), states.count(EntryState.SUBMITTED)))


def tally(requests: QuerySet[ProgressRequest], lines: Sequence[PolicyLine], many: int) -> Tally:
    """Of all that these requests of one round ask of so many organisations; one query."""
    rounds, bodies = (requests.order_by().values(name) for name in ("round", "organisation"))
    entries = ProgressEntry.objects.filter(round__in=rounds, organisation__in=bodies, line__in=lines)
    states: dict[str, int] = dict(entries.order_by().values_list("state").annotate(Count("pk")))
    accepted, waiting = (states.get(state, 0) for state in (EntryState.ACCEPTED, EntryState.SUBMITTED))
    return Tally(many * len(lines), accepted, waiting)


def page_of(requests: QuerySet[ProgressRequest], today: date, asked: str | None) -> Page[Named]:
    """The organisations on a page of the board, by name. A round asks each once."""
    bodies = Organisation.objects.filter(pk__in=requests.order_by().values("organisation"))
    paginator: Paginator[Any] = Paginator(named(bodies, today).order_by("name_on_day", "key"), PER_PAGE)
    paginator.count = requests.count()  # a cached property: asked without their names
    page = paginator.get_page(asked)
    page.object_list = list(map(Named._make, page.object_list))
    return page


def still_open(items: Sequence[Asked]) -> list[Open]:
    """Whom a reminder can be sent to."""
    found = []
    for mine in by_organisation(items):
        codes = [item.line.code for item in mine if item.is_to_write]
        if codes:
            last = mine[0].request.reminded_on
            reminded = f"Laatst herinnerd op {long_date(last)}." if last else "Nog niet herinnerd."
            found.append(Open(mine[0].request.organisation.key, mine[0].called, ", ".join(codes), reminded))
    return found


def texts(items: Sequence[Asked], values: Values) -> list[Told]:
    """Of one line: what every organisation wrote, beneath each other."""
    beside = of_several(item for item in items if _is_read(item))
    return [_told(item, values, beside) for mine in by_organisation(items) for item in mine]


def _is_read(item: Asked) -> bool:
    return item.entry is not None and item.entry.state in READABLE


def _told(item: Asked, values: Values, beside: Mapping[int, Sequence[Attached]]) -> Told:
    entry = item.entry
    if entry is None or not _is_read(item):
        return Told(item.called, item.href, item.state, item.tone, None)
    text = NOTHING_NEW if entry.nothing_new else on_page(entry.text, values)
    return Told(item.called, item.href, item.state, item.tone, text, beside.get(entry.pk, ()))
