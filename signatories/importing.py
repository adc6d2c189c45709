"""What an import of the official registers changes, as tables and as rows of an export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mvi_portal.core import exports
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.workbooks import Column as Export
from signatories.models import Event, Kind, RegisterImport

LATEST = 50  # imports of before on the page
SHOWN = 100  # rows of a table; the export holds all
COLUMNS = exports.headed(
    (
        Export("wat", "Wat er met de organisatie gebeurt.", derived=True),
        "code",
        "naam",
        Export("was", "Hoe het nu in het register staat.", derived=True),
        Export("wordt", "Hoe het wordt; bij een herindeling de code van de opvolger.", derived=True),
        Export("vanaf", "De eerste dag waarop het geldt.", derived=True),
    )
)
Plan = dict[str, Any]


def counts(plan: Plan) -> str:
    """Like "3 toegevoegd, 1 hernoemd"."""
    told = [(len(plan[key]), word) for key, word in WORDS.items()]
    return ", ".join(f"{number(count)} {word}" for count, word in told if count) or "niets"


WORDS = {
    "added": "toegevoegd",
    "renamed": "hernoemd",
    "merged": "opgegaan in een andere",
    "ended": "geëindigd",
    "corrected": "verbeterd",
}


def tables(plan: Plan) -> list[Table]:
    """Those with something in them."""
    made = (
        _table("Toegevoegd", ("Code", "Naam", "Soort"), _added(plan)),
        _table("Hernoemd", ("Code", "Was", "Wordt", "Vanaf"), _renamed(plan)),
        _table("Opgegaan in een andere", ("Voorganger", "Opvolger", "Gebeurtenis", "Vanaf"), _merged(plan)),
        _table("Geëindigd", ("Code", "Naam", "Tot en met"), _ended(plan)),
        _table("Verbeterd", ("Code", "Wat", "Was", "Wordt"), _corrected(plan)),
    )
    return [table for table in made if table.rows]


def lines(plan: Plan) -> Iterator[tuple[object, ...]]:
    """Everything, one row for each change."""
    yield from (("toegevoegd", key, name, "", kind, "") for key, name, kind in _added(plan))
    yield from (("hernoemd", key, "", was, now, on) for key, was, now, on in _renamed(plan))
    yield from ((event, old, "", "", new, on) for old, new, event, on in _merged(plan))
    yield from (("geëindigd", key, name, "", until, "") for key, name, until in _ended(plan))
    yield from ((f"verbeterd: {what}", key, "", was, now, "") for key, what, was, now in _corrected(plan))


def _added(plan: Plan) -> list[tuple[str, ...]]:
    return [(item["key"], item["name"], Kind(item["kind"]).label) for item in plan["added"]]


def _renamed(plan: Plan) -> list[tuple[str, ...]]:
    return [(item["key"], item["before"], item["after"], _day(item["on"])) for item in plan["renamed"]]


def _merged(plan: Plan) -> list[tuple[str, ...]]:
    return [
        (item["predecessor"], item["successor"], Event(item["event"]).label, _day(item["on"]))
        for item in plan["merged"]
    ]


def _ended(plan: Plan) -> list[tuple[str, ...]]:
    return [(item["key"], item["name"], _day(item["on"])) for item in plan["ended"]]


def _corrected(plan: Plan) -> list[tuple[str, ...]]:
    return [
        (item["key"], item["what"], item["before"] or "leeg", item["after"] or "leeg")
        for item in plan["corrected"]
    ]


def _day(text: str) -> str:
    return long_date(date.fromisoformat(text)) if text else ""


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    columns = [Column(f"c{number}", head) for number, head in enumerate(heads)]
    more = f", de eerste {SHOWN}" if len(rows) > SHOWN else ""
    shown = [Row([Cell(text) for text in row]) for row in rows[:SHOWN]]
    return Table(f"{title}: {number(len(rows))}{more}", columns, shown, "")


EARLIER = (
    Column("when", "Geüpload op"),
    Column("who", "Door"),
    Column("files", "Bestanden"),
    Column("changes", "Wat er verandert"),
    Column("state", "Stand"),
)


def address(item: RegisterImport) -> str:
    return reverse("signatories:import-detail", args=[item.pk])


def earlier() -> Table:
    """The imports of before, the latest first."""
    every = RegisterImport.objects.select_related("uploaded_by").prefetch_related("files")
    found = list(every[: LATEST + 1])
    more = f", de laatste {LATEST}" if len(found) > LATEST else ""
    rows = [
        Row(
            [
                Cell(long_date(timezone.localdate(item.uploaded_at)), address(item)),
                Cell(item.uploaded_by),
                Cell(", ".join(kept.name for kept in item.files.all())),
                Cell(counts(item.plan)),
                Cell("", tag=item.get_state_display(), tone="warn" if item.is_waiting else "neutral"),
            ]
        )
        for item in found[:LATEST]
    ]
    return Table(
        f"Eerdere bijwerkingen{more}", EARLIER, rows, "Het register is nog niet op deze manier bijgewerkt."
    )
