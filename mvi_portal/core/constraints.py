"""The constraints that return in every app: named after the model, and with a message in Dutch.

Dates in order: `spans.ordered`.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import CheckConstraint, Choices, Q, UniqueConstraint

from mvi_portal.core.spans import daterange


def known(model: str, field: str, choices: type[Choices], *, optional: bool = False) -> CheckConstraint:
    """The column holds a value of the enum, or nothing when it is optional."""
    allowed = [*choices.values, ""] if optional else choices.values
    return CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}),
        name=f"{model}_{field}_known",
        violation_error_message="Kies een waarde die in de lijst staat.",
    )


def rule(model: str, what: str, condition: Q, message: str) -> CheckConstraint:
    """What must hold within one row."""
    return CheckConstraint(condition=condition, name=f"{model}_{what}", violation_error_message=message)


def together(model: str, what: str, *filled: Q, message: str) -> CheckConstraint:
    """All of the conditions hold, or none of them."""
    everything, nothing = Q(), Q()
    for condition in filled:
        everything, nothing = everything & condition, nothing & ~condition
    return rule(model, what, everything | nothing, message)


def either(model: str, what: str, first: Q, second: Q, *, message: str) -> CheckConstraint:
    """Exactly one of the two conditions holds."""
    return rule(model, what, (first & ~second) | (~first & second), message)


def once(
    model: str,
    *fields: str,
    message: str,
    condition: Q | None = None,
    what: str = "once",
    nulls_distinct: bool | None = None,
) -> UniqueConstraint:
    """No second row with the same values; `nulls_distinct` False: nothing is a value too."""
    return UniqueConstraint(
        fields=fields,
        name=f"{model}_{what}",
        condition=condition,
        nulls_distinct=nulls_distinct,
        violation_error_message=message,
    )


def no_overlap(
    model: str,
    *same: str,
    message: str,
    start: str = "valid_from",
    end: str = "valid_until",
    condition: Q | None = None,
    what: str = "no_overlap",
) -> ExclusionConstraint:
    """No two rows that agree in the fields `same` share a day; both ends belong to the period."""
    equal = [(field, RangeOperators.EQUAL) for field in same]
    return ExclusionConstraint(
        name=f"{model}_{what}",
        expressions=[*equal, (daterange(start, end), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )


def refuse(model: str, what: str, *, when: str, message: str) -> pgtrigger.Trigger:
    """What a constraint cannot see because it lies in another table: a trigger that refuses the row.

    `when` is SQL over NEW. A refusal is an IntegrityError with the Dutch message in its text; the model's
    `clean` says the same in a form.
    """
    return pgtrigger.Trigger(
        name=f"{model}_{what}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=refused(f"{model}_{what}", when, message, answer="NEW"),
    )


def refused(name: str, when: str, message: str, *, answer: str = "COALESCE(NEW, OLD)") -> str:
    """The body of a trigger before a row is written or removed: `when` is SQL over OLD and NEW."""
    quoted = message.replace("'", "''")
    return (
        f"IF {when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{name}', MESSAGE = '{quoted}'; END IF; RETURN {answer};"
    )
