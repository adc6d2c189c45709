"""Signatories from a workbook: compared, tried or written, by the verbs that the forms use."""

from __future__ import annotations

from django.db import transaction

from mvi_portal.accounts.permissions import Action
from mvi_portal.core.workbooks import CellError, Form, Records, Rule, record_sheet, records, template
from mvi_portal.core.workbooks.importing import (
    LEFT_ALONE,
    Importer,
    Line,
    Order,
    Outcome,
    Question,
    Template,
    Verdict,
    importers,
    settle,
    templates,
)
from signatories.incoming.applying import apply
from signatories.incoming.columns import columns
from signatories.incoming.plan import Entry, Planner, details

SHEET = "Ondertekenaars"
ADVICE = (
    LEFT_ALONE,
    "Iets leegmaken, of een andere eerste dag vastleggen, doet u op de pagina van de handtekening.",
)


def run(order: Order) -> Outcome:
    """Raises FileRefused."""
    sheet, errors = record_sheet(order.book, SHEET)
    found = records(sheet, columns())
    planner = Planner(order)
    entries = planner.plan(found.rows)
    with transaction.atomic():
        apply(list(planner.groups.values()), order, compared=len(entries))
        return settle(order, _outcome(found, entries, errors))


def _outcome(found: Records, entries: list[Entry], errors: list[CellError]) -> Outcome:
    """A question is an error too, for who cannot be asked."""
    asked = [(entry, entry.question) for entry in entries if entry.question and entry.record.is_good]
    doubts = [entry.record.error("name", Rule.DOUBT, _which(question)) for entry, question in asked]
    told = sorted([*found.all_errors(), *doubts], key=lambda error: error.row or 0)
    return Outcome(
        [_line(entry) for entry in entries], [*errors, *told], [question for _entry, question in asked]
    )


def _line(entry: Entry) -> Line:
    return Line(entry.record.row, entry.label, _verdict(entry), tuple(details(entry)))


def _verdict(entry: Entry) -> Verdict:
    if not entry.record.is_good:
        return Verdict.WRONG
    if entry.question is not None:
        return Verdict.ASKED
    if entry.is_new:
        return Verdict.ADDED
    return Verdict.CHANGED if entry.changes else Verdict.UNCHANGED


def _which(question: Question) -> str:
    options = "; ".join(told for _key, told in question.options)
    return f"Wie bedoelt u? {options}. Vul de code in."


def empty(form: Form) -> bytes:
    """The template."""
    return template(SHEET, columns(), form, told=ADVICE)


def register() -> None:
    """Told when the portal starts: signatories can come in, and have a template."""
    sent = "signatories:signatory-import"
    importer = Importer(SHEET, columns, Action.KEEP_REGISTER, "signatories:signatory-list", run, ADVICE, sent)
    importers.add("signatories", importer)
    templates.add("signatories", Template("Sjabloon voor ondertekenaars", empty))


__all__ = ["columns", "empty", "register", "run"]
