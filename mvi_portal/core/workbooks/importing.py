"""What an app tells of a list that comes in from a workbook; pages, jobs and commands are the same for all.

An importer reads a book, says of each row what would become of it, and writes. A trial and the writing are
the same code: a trial is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction

from mvi_portal.core.contributions import Place
from mvi_portal.core.numbers import number
from mvi_portal.core.workbooks.columns import Column
from mvi_portal.core.workbooks.errors import CellError
from mvi_portal.core.workbooks.sheets import Book

Report = Callable[[int, int, str], None]  # done, total, and in Dutch what is being done
LEFT_ALONE = "Een lege cel laat staan wat er al in het portaal staat."


class Verdict(StrEnum):
    """What becomes of a row."""

    ADDED = "toegevoegd"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"
    WRONG = "fout"
    ASKED = "vraag"


@dataclass(frozen=True)
class Question:
    """Which of several is meant in a row; without an answer the row waits."""

    row: int
    text: str
    options: tuple[tuple[str, str], ...]  # a key, and what it is


@dataclass(frozen=True)
class Line:
    """One row: what it is about, what becomes of it, and what changes."""

    row: int
    label: str
    verdict: Verdict
    details: tuple[str, ...] = ()


@dataclass
class Outcome:
    """Of the whole book. `errors` are told in the order of the rows, those of the file first."""

    lines: list[Line] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        return sum(line.verdict is verdict for line in self.lines)

    @property
    def left_out(self) -> int:
        """Rows that cannot be used as they are."""
        return self.count(Verdict.WRONG) + self.count(Verdict.ASKED)

    def as_dict(self) -> dict[str, Any]:
        """As the commands tell it."""
        counts = {name: self.count(verdict) for name, verdict in _COUNTED.items()}
        return {"rows": len(self.lines), **counts, "errors": [error.as_dict() for error in self.errors]}


_COUNTED = {"added": Verdict.ADDED, "changed": Verdict.CHANGED, "unchanged": Verdict.UNCHANGED}


@dataclass(frozen=True)
class Order:
    """What to do with a book. `answers` leads from a row to the key that was chosen.

    `write` False: a trial. `only_good`: rows with an error or a question are left out; without it one of
    those keeps everything out. `report` is called as often as there is something to tell, also inside the
    transaction that writes: whoever gives it tells it from outside; `at_end` is called inside.
    """

    book: Book
    by: Any  # a User, or None for a command
    beside: bytes = b""  # the zip that was sent along, when the importer takes one
    write: bool = False
    only_good: bool = False
    answers: Mapping[int, str] = field(default_factory=dict)
    why: str = ""
    report: Report = lambda _done, _total, _step: None
    at_end: Callable[[Outcome], None] = lambda _outcome: None

    def compared(self, row: int, rows: int, *, with_what: str) -> None:
        """Tell how many rows were compared; as much work again may follow."""
        self.report(row, 2 * rows, f"vergelijken met {with_what}")

    def saved(self, row: int, rows: int, *, compared: int) -> None:
        """Tell how many rows were saved of those to save, after so many that were compared."""
        verb = "opslaan" if self.write else "nagaan of alles past"
        step = f"{verb}, {number(row)} van {number(rows)} rijen klaar"
        self.report(compared + row, compared + rows, step)


def settle(order: Order, outcome: Outcome) -> Outcome:
    """At the end of the transaction: kept when that was asked and may be, else taken back."""
    if order.write and (order.only_good or not outcome.errors):
        order.at_end(outcome)
    else:
        transaction.set_rollback(True)
    return outcome


@dataclass(frozen=True)
class Importer:
    """A list that can come in. `action` is the right that it asks for; `back` names the address of the list.

    `run` raises FileRefused when the book as a whole cannot be used.
    """

    title: str
    columns: Callable[[], Sequence[Column]]
    action: str
    back: str
    run: Callable[[Order], Outcome]
    told: Sequence[str] = (LEFT_ALONE,)
    page: str = ""  # the name of the address where it is sent; without one a common page
    beside: str = ""  # what may be sent along in a zip, as the form asks for it


@dataclass(frozen=True)
class Template:
    """An empty workbook that can be had: its title, and how it is made for a form of file."""

    title: str
    make: Callable[..., bytes]  # make(form)


importers: Place[Importer] = Place("workbook.importers")
templates: Place[Template] = Place("workbook.templates")
