"""Evaluations from a workbook: many in one file, by the rubric of their round, tried or written."""

from __future__ import annotations

from django.db import transaction

from actionplans.importing.applying import apply
from actionplans.importing.columns import ADVICE, SHEET, any_columns, columns, empty, filled_in
from actionplans.importing.documents import Documents
from actionplans.importing.plan import Entry, Planner, details, rubric_of
from mvi_portal.core.workbooks import CellError, Records, record_sheet, records
from mvi_portal.core.workbooks.importing import Line, Order, Outcome, Verdict

__all__ = ["ADVICE", "SHEET", "Documents", "any_columns", "empty", "filled_in", "run"]


def run(order: Order) -> Outcome:
    """A trial is the writing, taken back; the documents stand in a zip beside it. Raises FileRefused."""
    documents = Documents.read(order.beside) if order.beside else Documents()
    sheet, errors = record_sheet(order.book, SHEET)
    rubric = rubric_of(sheet)
    found = records(sheet, columns(rubric))
    planner = Planner(order, rubric, documents)
    entries = planner.plan(found.rows)
    errors += documents.unnamed(entries)
    with documents.kept() as kept, transaction.atomic():
        apply(entries, order, planner.criteria, documents)
        outcome = _outcome(found, entries, errors)
        if order.write and (order.only_good or not outcome.errors):
            order.at_end(outcome)
            kept.stay()
        else:
            transaction.set_rollback(True)
    return outcome


def _outcome(found: Records, entries: list[Entry], errors: list[CellError]) -> Outcome:
    told = sorted(found.all_errors(), key=lambda error: error.row or 0)
    return Outcome([_line(entry) for entry in entries], [*errors, *told])


def _line(entry: Entry) -> Line:
    return Line(entry.record.row, entry.label, _verdict(entry), tuple(details(entry)))


def _verdict(entry: Entry) -> Verdict:
    if not entry.is_usable:
        return Verdict.WRONG
    if entry.is_new:
        return Verdict.ADDED
    return Verdict.CHANGED if entry.changes else Verdict.UNCHANGED
