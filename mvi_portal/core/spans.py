"""Date ranges in SQL: when a row counts. Both ends belong to the range; an empty end is open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import CheckConstraint, Expression, F, Func, Q, Value
from django.db.models.expressions import Combinable, CombinedExpression

Operand = str | date | Combinable | None


def daterange(start: Operand, end: Operand) -> Func:
    """The days from `start` up to and including `end`; a name is a column, None is open.

    An end before its start gives the empty range, which counts on no day, where PostgreSQL's own
    constructor would raise.
    """
    return DateRange(_operand(start), _operand(end))


def daterange_before(start: Operand, end: Operand) -> Func:
    """The days from `start` up to, but not on, `end`."""
    return DateRange(_operand(start), _operand(end), template=_guarded("[)"))


def intersect(first: Combinable, second: Combinable) -> CombinedExpression:
    """The days that are in both."""
    return CombinedExpression(first, "*", second, output_field=DateRangeField())


def multirange(*parts: Expression | Func) -> Func:
    """Several ranges as one span: a row that counts, stops counting, and counts again."""
    return Func(*parts, function="datemultirange", output_field=DateRangeField())


def ordered(model: str, start: str = "valid_from", end: str = "valid_until") -> CheckConstraint:
    """A constraint for the model's Meta: the end is not before the start."""
    return CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": F(start)}),
        name=f"{model}_{end}_after_{start}",
        violation_error_message="De einddatum ligt vóór de begindatum.",
    )


def _guarded(bounds: str) -> str:
    """An empty range when the end lies before the start. The operands are printed twice, so params double."""
    made = f"daterange(%(start)s, %(end)s, '{bounds}')"
    return f"CASE WHEN %(start)s > %(end)s THEN 'empty'::daterange ELSE {made} END"


class DateRange(Func):
    """daterange() that never raises."""

    arity = 2
    output_field = DateRangeField()
    template = _guarded("[]")

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Both operands appear twice: in the guard and in the range."""
        (start, start_params), (end, end_params) = (
            compiler.compile(part) for part in self.get_source_expressions()
        )
        template = self.extra.get("template", self.template)
        params = [*start_params, *end_params]
        return template % {"start": f"({start})::date", "end": f"({end})::date"}, [*params, *params]


def _operand(value: Operand) -> Combinable:
    if isinstance(value, str):
        return F(value)
    if isinstance(value, Combinable):
        return value
    return Value(value)
