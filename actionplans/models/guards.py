"""What a constraint cannot see, because it lies in another table: triggers that refuse a write.

A refusal reaches Django as an IntegrityError: its text is the Dutch message, and the name of the rule is in
`error.__cause__.diag.constraint_name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

# Saving a row as it already is does no harm, so that loading the same data twice is allowed.
CHANGES = "(TG_OP = 'DELETE' OR OLD IS DISTINCT FROM NEW)"


@dataclass(frozen=True)
class Rule:
    """Refuse when `broken` holds: SQL over OLD and NEW, one row, or over the rows that a statement wrote."""

    name: str
    broken: str
    message: str

    @property
    def sql(self) -> str:
        message = self.message.replace("'", "''")
        return (
            f"IF {self.broken} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', "
            f"CONSTRAINT = '{self.name}', MESSAGE = '{message}'; END IF;"
        )


@contextmanager
def refusing() -> Iterator[None]:
    """What such a trigger refuses inside, is a ValidationError with its message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        told = getattr(getattr(error.__cause__, "diag", None), "message_primary", None)
        raise ValidationError(told or str(error)) from error


def guard(
    operation: pgtrigger.Operation,
    *rules: Rule,
    name: str,
    lock: str = "",
    when: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """A trigger that checks the rules before each row is written.

    `lock` is a query ending in FOR SHARE: it waits for somebody who is just freezing the parent, so that
    nothing slips in between.
    """
    wait = [f"PERFORM {lock};"] if lock else []
    body = [*wait, *(rule.sql for rule in rules), "RETURN COALESCE(NEW, OLD);"]
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=operation,
        condition=when,
        func=" ".join(body),
    )


# What is not as it was, before and after, by the kind of statement: PostgreSQL tells a trigger of one kind.
_CHANGED = {
    pgtrigger.Insert: "(TABLE new_values)",
    pgtrigger.Update: (
        "((TABLE old_values EXCEPT TABLE new_values) UNION ALL (TABLE new_values EXCEPT TABLE old_values))"
    ),
    pgtrigger.Delete: "(TABLE old_values)",
}
_SEEN = {
    pgtrigger.Insert: {"new": "new_values"},
    pgtrigger.Update: {"old": "old_values", "new": "new_values"},
    pgtrigger.Delete: {"old": "old_values"},
}


def guard_statements(
    *operations: pgtrigger.Operation, rules: Sequence[Rule], name: str, lock: str = ""
) -> list[pgtrigger.Trigger]:
    """Triggers that check the rules once for all rows of a statement: for what is written by thousands.

    The rules read `new_values`, where there are any, or `rows_changed`. The lock comes after the writing and
    before the check, which sees what was frozen while it waited: a refusal takes the whole statement back.
    """
    wait = [f"PERFORM {lock};"] if lock else []
    body = " ".join([*wait, *(rule.sql for rule in rules), "RETURN NULL;"])
    return [
        pgtrigger.Trigger(
            name=f"{name}_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**_SEEN[operation]),  # type: ignore[no-untyped-call] # of theirs
            func=body.replace("rows_changed", _CHANGED[operation]),
        )
        for operation in operations
    ]
