"""The plan carried out through a verb, row by row: what it refuses is told in its row, the others go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from actionplans.importing.documents import Documents
from actionplans.importing.plan import Entry
from actionplans.models import Criterion, Evaluation
from actionplans.services import bringing
from mvi_portal.core.workbooks import Rule
from mvi_portal.core.workbooks.importing import Order

_FACTS = ("evaluator", "evaluated_on", "submitted_on", "remark")


def apply(
    entries: list[Entry], order: Order, criteria: Mapping[str, Criterion], documents: Documents
) -> None:
    to_save = [entry for entry in entries if entry.is_usable and entry.changes]
    for place, entry in enumerate(to_save):
        order.saved(place, len(to_save), compared=len(entries))
        _try(entry, order, criteria, documents)
    order.saved(len(to_save), len(to_save), compared=len(entries))


def _try(entry: Entry, order: Order, criteria: Mapping[str, Criterion], documents: Documents) -> None:
    try:
        with transaction.atomic():
            evaluation = _carry_out(entry, order, criteria)
            documents.attach(entry, evaluation, by=order.by, write=order.write)
    except ValidationError as error:
        _tell(entry, error)


def _carry_out(entry: Entry, order: Order, criteria: Mapping[str, Criterion]) -> Evaluation:
    changed = {name: new for name, _now, new in entry.changes}
    scores: dict[str, dict[str, Any]] = {}
    for name, value in changed.items():
        what, _, code = name.partition(":")
        if code:
            scores.setdefault(code, {})["value" if what == "score" else what] = value
    if entry.plan is None or entry.round is None:
        raise TypeError("an entry that is usable has a plan and a round")
    return bringing.bring_in(
        plan=entry.plan,
        round_=entry.round,
        scores=scores,
        facts={name: changed[name] for name in _FACTS if name in changed},
        criteria=criteria,
        by=order.by,
        why=order.why,
    )


def _tell(entry: Entry, error: ValidationError) -> None:
    """At the column that it is about."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, messages in told.items():
        for message in messages:
            place = name if name in entry.record.places else None
            entry.record.refuse(place, Rule.FITS, message)
