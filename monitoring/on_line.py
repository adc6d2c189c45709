"""What else is known of a line on a day: a few of each kind, and where the rest of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from monitoring import promised
from monitoring.models import (
    Commitment,
    CommitmentStatus,
    CommunicationMoment,
    Consultation,
    Example,
    FinanceCover,
    Paper,
    PolicyLine,
    Position,
    Programme,
)
from monitoring.naming import NOT_KNOWN, Names, shortened
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from signatories.models.reading import readable

MOST = 5  # of each kind
Telling = Callable[[Any, Names], tuple[object, object]]


@dataclass(frozen=True)
class Kind:
    """Its rows on the day, the latest first; in words what it is and of what sort or whose; its date."""

    label: str
    noun: str
    rows: QuerySet[Any]
    about: str
    tell: Telling
    when: str
    key: str = "slug"
    body: str = ""  # the column of an organisation


@dataclass(frozen=True)
class Part:
    """A few of a kind; `more` leads to the list with all of them."""

    label: str
    table: Table
    more: str


def parts(line: PolicyLine, keys: set[int], request: HttpRequest) -> tuple[list[Part], list[str]]:
    """Of the line and those it continues or goes on as (`keys`); and the kinds of which there is nothing.

    One query for each kind, and one for all names.
    """
    found = [(kind, list(kind.rows.filter(line__in=keys)[: MOST + 1])) for kind in _kinds(request)]
    bodies = (getattr(row, kind.body) for kind, rows in found if kind.body for row in rows)
    names = Names(bodies, on_of(request))
    shown = [_part(kind, rows, names, line, request) for kind, rows in found if rows]
    return shown, [kind.label.lower() for kind, rows in found if not rows]


def _part(kind: Kind, rows: list[Any], names: Names, line: PolicyLine, request: HttpRequest) -> Part:
    columns = (Column("what", "Wat"), Column("about", kind.about), Column("when", "Datum"))
    told = [_row(kind, row, names, request) for row in rows[:MOST]]
    query = urlencode({"lijn": line.natural})
    href = keep(request, f"{reverse(f'monitoring:{kind.noun}-list')}?{query}")
    return Part(kind.label, Table(f"{kind.label} bij deze lijn", columns, told, ""), href)


def _row(kind: Kind, row: Any, names: Names, request: HttpRequest) -> Row:
    what, about = kind.tell(row, names)
    href = keep(request, reverse(f"monitoring:{kind.noun}-detail", args=[getattr(row, kind.key)]))
    mark = "demo" if row.is_demo else ""
    when = getattr(row, kind.when)
    return Row([Cell(what, href, mark, "warn"), Cell(about), Cell(NOT_KNOWN if when is None else str(when))])


def _kinds(request: HttpRequest) -> Iterator[Kind]:
    yield from _of_parliament(request)
    yield from _around(request)


def _of_parliament(request: HttpRequest) -> Iterator[Kind]:
    user, on, today = reader(request), on_of(request), timezone.localdate()
    papers = Paper.objects.visible_to(user, on=today).filter(dated__lte=on).order_by("-dated", "slug")
    yield Kind("Stukken", "paper", papers, "Soort", _titled, "dated")
    made = promised.on_day(Commitment.objects.visible_to(user, on=today), on).order_by("-made_on", "slug")
    yield Kind("Toezeggingen, moties en afspraken", "commitment", made, "Stand", _promised, "made_on")
    held = Consultation.objects.visible_to(user, on=today).filter(held_on__lte=on)
    yield Kind("Overleggen", "consultation", held.order_by("-held_on", "slug"), "Soort", _titled, "held_on")


def _around(request: HttpRequest) -> Iterator[Kind]:
    """As their lists show it."""
    on = on_of(request)

    def by(model: Any, field: str) -> QuerySet[Any]:
        rows = readable(model.objects.all(), reader(request), on=timezone.localdate())
        there = rows.filter(Q(**{f"{field}__lte": on}) | Q(**{f"{field}__isnull": True}))
        latest: QuerySet[Any] = there.order_by(F(field).desc(nulls_last=True), "pk")
        return latest

    positions = by(Position, "dated")
    yield Kind("Standpunten", "position", positions, "Van wie", _stance, "dated", "pk", "organisation_id")
    examples = by(Example, "dated")
    yield Kind("Voorbeelden", "example", examples, "Van wie", _example, "dated", body="organisation_id")
    told = by(CommunicationMoment, "dated")
    yield Kind("Communicatie", "communication", told, "Kanaal", _communication, "dated")
    beside = by(Programme, "valid_from")
    yield Kind("Programma's en instrumenten", "programme", beside, "Soort", _programme, "valid_from")
    all_covers = FinanceCover.objects.select_related("line")
    covers = readable(all_covers, reader(request), on=timezone.localdate())
    known = covers.filter(year__lte=on.year + 1).order_by("-year", "organisation__key")
    yield Kind("Financiële dekking", "cover", known, "Van wie", _cover, "year", "pk", "organisation_id")


def _titled(row: Any, _names: Names) -> tuple[object, object]:
    return row.title, row.get_kind_display()


def _promised(row: Any, _names: Names) -> tuple[object, object]:
    return shortened(row.text), f"{row.get_kind_display()}, {CommitmentStatus(row.status).label}"


def _stance(row: Any, names: Names) -> tuple[object, object]:
    return shortened(row.stance), names.of(row.organisation_id) or row.holder_name


def _example(row: Any, names: Names) -> tuple[object, object]:
    return row.title, names.of(row.organisation_id)


def _communication(row: Any, _names: Names) -> tuple[object, object]:
    return row.title, row.get_channel_display()


def _programme(row: Any, _names: Names) -> tuple[object, object]:
    return row.name, row.get_kind_display()


def _cover(row: Any, names: Names) -> tuple[object, object]:
    return row.headline, names.of(row.organisation_id)
