"""What the pages of the agreement show in tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports.agreement.board import Board, Party

PARTIES = (
    Column("party", "Partij"),
    Column("kind", "Gevraagd"),
    Column("state", "Stand"),
    Column("given", "Laatste antwoord"),
    Column("due", "Uiterlijk"),
)
PASSED = "termijn verstreken"


def parties_table(board: Board, request: HttpRequest) -> Table:
    rows = [Row(list(_cells(board, party, request))) for party in board.parties]
    return Table(
        f"Partijen bij de brief ({len(rows)})", PARTIES, rows, "Er zijn nog geen partijen aangewezen."
    )


def _cells(board: Board, party: Party, request: HttpRequest) -> Iterable[Cell]:
    place = [board.letter.slug, party.assent.organisation.key]
    yield Cell(party.name, keep(request, reverse("reports:party-detail", args=place)))
    yield Cell(party.assent.get_kind_display())
    yield Cell("", tag=party.state, tone=party.tone)
    yield Cell(_given(party))
    yield _due(party)


def _given(party: Party) -> str:
    row = party.assent
    if row.given_on is None:
        return ""
    return f"{row.get_answer_display()} ({long_date(row.given_on)}), van {row.function}"


def _due(party: Party) -> Cell:
    due = party.assent.due_on
    if due is None or not party.assent.is_asked:
        return Cell("")
    is_passed = due < timezone.localdate()
    return Cell(long_date(due), tag=PASSED if is_passed else "", tone="bad")
