"""A table of which each row is one thing of the register: compared with it, tried or written.

What the table is about an app tells in a `Comparison`; the walk is the same for all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from mvi_portal.core.dates import PartialDate, long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.refusals import as_errors
from mvi_portal.core.workbooks.columns import Column
from mvi_portal.core.workbooks.errors import Rule
from mvi_portal.core.workbooks.importing import Line, Order, Outcome, Verdict, settle
from mvi_portal.core.workbooks.records import Record, record_sheet, records

Change = tuple[str, Any, Any]  # the name of a column, what stands there, what comes


@dataclass
class Entry:
    """One row: what stands in the register already, and what would change of it."""

    record: Record
    label: str = ""
    stands: Any = None  # what it is in the register; None is new
    facts: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        return self.record.values

    @property
    def verdict(self) -> Verdict:
        if not self.record.is_good:
            return Verdict.WRONG
        if self.stands is None:
            return Verdict.ADDED
        return Verdict.CHANGED if self.changes else Verdict.UNCHANGED

    def details(self) -> Iterator[str]:
        for name, now, new in self.changes:
            yield f"{self.record.headings.get(name, name)}: {shown(now)} wordt {shown(new)}"


class Comparison(ABC):
    """The register of one kind of thing, read once, and how a row of a table becomes one of them."""

    @abstractmethod
    def plan(self, found: Sequence[Record]) -> list[Entry]:
        """Each row beside what stands there. What is wrong is told in the record."""

    @abstractmethod
    def write(self, entry: Entry, order: Order) -> None:
        """By the verbs of the app. Raises ValidationError, by the names of the columns."""

    def written_first(self, entry: Entry) -> Any:
        """What decides the order of writing; that of the rows when it is all the same."""
        return 0


def run(order: Order, title: str, columns: Sequence[Column], comparison: Comparison) -> Outcome:
    """Raises FileRefused."""
    sheet, errors = record_sheet(order.book, title)
    found = records(sheet, columns)
    order.compared(0, len(found.rows), with_what="het register")
    entries = comparison.plan(found.rows)
    with transaction.atomic():
        _apply(comparison, entries, order)
        lines = [Line(e.record.row, e.label, e.verdict, tuple(e.details())) for e in entries]
        return settle(order, Outcome(lines, [*errors, *found.all_errors()]))


def _apply(comparison: Comparison, entries: Sequence[Entry], order: Order) -> None:
    to_save = [entry for entry in entries if entry.verdict in (Verdict.ADDED, Verdict.CHANGED)]
    for place, entry in enumerate(sorted(to_save, key=comparison.written_first)):
        order.saved(place, len(to_save), compared=len(entries))
        _try(comparison, entry, order)
    order.saved(len(to_save), len(to_save), compared=len(entries))


def _try(comparison: Comparison, entry: Entry, order: Order) -> None:
    """What a verb refuses is told in the row, and undone; the other rows go on."""
    try:
        with as_errors(), transaction.atomic():
            comparison.write(entry, order)
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, messages in told.items():
            about = name if name in entry.record.headings else None
            entry.record.refuse(about, Rule.FITS, " ".join(messages))


def kept(told: Any, stands: Any) -> Any:
    """An empty cell leaves what stands there."""
    return stands if told in (None, "") else told


def changes(stands: Any, facts: dict[str, Any]) -> list[Change]:
    """Of the fields of a row."""
    return [(name, getattr(stands, name), new) for name, new in facts.items() if getattr(stands, name) != new]


def shown(value: Any) -> str:
    if value in (None, ""):
        return "niets"
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, date):
        return long_date(value)
    return number(value.normalize()) if isinstance(value, Decimal) else f"“{value}”"
