"""The plan carried out through a verb, many rows at a time: who is refused is told so, the others go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from actionplans.importing.documents import Documents
from actionplans.importing.plan import Entry
from actionplans.models import Criterion
from actionplans.services import bringing
from mvi_portal.core.refusals import as_errors
from mvi_portal.core.workbooks import Rule
from mvi_portal.core.workbooks.importing import Order

_FACTS = ("evaluator", "evaluated_on", "submitted_on", "remark")


BATCH = 100  # rows; how far it is, is told between two batches


def apply(
    entries: list[Entry], order: Order, criteria: Mapping[str, Criterion], documents: Documents
) -> None:
    """What the verbs refuse is told in its row; the others go on.

    Rows with a document go one by one: reading it, in a process of its own, is most of their work.
    """
    to_save = [entry for entry in entries if entry.is_usable and entry.changes]
    with_file = [entry for entry in to_save if _has_document(entry)]
    bare = [entry for entry in to_save if not _has_document(entry)]
    batches = [bare[start : start + BATCH] for start in range(0, len(bare), BATCH)]
    done = 0
    for batch in [*([entry] for entry in with_file), *batches]:
        order.saved(done, len(to_save), compared=len(entries))
        done += len(batch)
        _try_all(batch, order, criteria, documents)
    order.saved(len(to_save), len(to_save), compared=len(entries))


def _has_document(entry: Entry) -> bool:
    return any(name == "document" for name, _now, _new in entry.changes)


def _try_all(
    entries: list[Entry], order: Order, criteria: Mapping[str, Criterion], documents: Documents
) -> None:
    """When one of them cannot be, the half that holds it is tried again, until that one tells why itself."""
    if len(entries) == 1:
        _try(entries[0], order, criteria, documents)
        return
    try:
        rows = [_row(entry) for entry in entries]
        bringing.bring_in_all(rows=rows, criteria=criteria, by=order.by, why=order.why)
    except (ValidationError, IntegrityError):
        half = len(entries) // 2
        _try_all(entries[:half], order, criteria, documents)
        _try_all(entries[half:], order, criteria, documents)


def _try(entry: Entry, order: Order, criteria: Mapping[str, Criterion], documents: Documents) -> None:
    try:
        with as_errors(), transaction.atomic():
            evaluation = bringing.bring_in(row=_row(entry), criteria=criteria, by=order.by, why=order.why)
            documents.attach(entry, evaluation, by=order.by, write=order.write)
    except ValidationError as error:
        _tell(entry, error)


def _row(entry: Entry) -> bringing.Brought:
    changed = {name: new for name, _now, new in entry.changes}
    scores: dict[str, dict[str, Any]] = {}
    for name, value in changed.items():
        what, _, code = name.partition(":")
        if code:
            scores.setdefault(code, {})["value" if what == "score" else what] = value
    if entry.plan is None or entry.round is None:
        raise TypeError("an entry that is usable has a plan and a round")
    facts = {name: changed[name] for name in _FACTS if name in changed}
    return bringing.Brought(plan=entry.plan, round=entry.round, scores=scores, facts=facts)


def _tell(entry: Entry, error: ValidationError) -> None:
    """At the column that it is about."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, messages in told.items():
        for message in messages:
            place = name if name in entry.record.places else None
            entry.record.refuse(place, Rule.FITS, message)
