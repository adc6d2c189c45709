"""Days in SQL. Date ranges, for when a row counts: both ends belong to it; an empty end is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import (
    BooleanField,
    CheckConstraint,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

Operand = str | date | Combinable | None


def daterange(start: Operand, end: Operand) -> Func:
    """The days from `start` up to and including `end`; a name is a column, None is open.

    An end before its start gives the empty range, which counts on no day, where PostgreSQL's own
    constructor would raise.
    """
    return DateRange(_operand(start), _operand(end))


def daterange_before(start: Operand, end: Operand) -> Func:
    """The days from `start` up to, but not on, `end`."""
    return DateRange(_operand(start), _operand(end), bounds="[)")


def multirange(*parts: Combinable) -> Func:
    """Several ranges as one span: a row that counts, stops counting, and counts again."""
    return Func(*parts, function="datemultirange", output_field=DateRangeField())


def add_months(day: Combinable, months: Combinable) -> Cast:
    """A day so many months later, as SQL; the last day of the month where that day does not exist.

    31 January and a month is 28 or 29 February; 29 February and twelve months is 28 February.
    """
    interval = Func(
        months, template="make_interval(months => (%(expressions)s)::integer)", output_field=DurationField()
    )
    return Cast(ExpressionWrapper(day + interval, output_field=DateTimeField()), DateField())


@dataclass(frozen=True)
class Period:
    """Two days between which something holds; an empty one is open. `before`: not on the last day itself.

    As a range it tells all days. As a condition it tells one, in comparisons of which PostgreSQL knows how
    many rows they will leave, and so how best to join.
    """

    start: str | Combinable | None
    end: str | Combinable | None
    before: bool = False

    @property
    def first_not(self) -> Combinable | None:
        """The day after the last; None when it is open."""
        if not self.end:
            return None
        return _operand(self.end) if self.before else day_after(_operand(self.end))

    def holds(self, on: date) -> Q:
        ends = "gt" if self.before else "gte"
        begun = Q(**{f"{self.start}__isnull": True}) | Q(**{f"{self.start}__lte": on}) if self.start else Q()
        lasts = Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__{ends}": on}) if self.end else Q()
        return begun & lasts


def in_all(periods: Sequence[Period]) -> Combinable:
    """The days that are in every one of the periods: from the last start to the first end.

    One range, where an intersection makes one for each period and one for each two: a third of the time.
    """
    starts = [_operand(period.start) for period in periods if period.start]
    ends = [end for period in periods if (end := period.first_not)]
    return daterange_before(_most("greatest", starts), _most("least", ends))


def day_after(day: Combinable) -> Combinable:
    """PostgreSQL adds whole days to a date."""
    return Func(day, template="(%(expressions)s + 1)", output_field=DateField())


def _most(function: str, days: Sequence[Combinable]) -> Combinable | None:
    """Of those that are known; PostgreSQL passes over what is empty."""
    return Func(*days, function=function, output_field=DateField()) if days else None


def on_all(periods: Sequence[Period], on: date | Combinable) -> Q:
    """Whether the day is in every one of the periods: as `holds` tells of each, at less cost to Django."""
    return reduce(and_, [Q(_Holds(period, on)) for period in periods])


def ordered(model: str, start: str = "valid_from", end: str = "valid_until") -> CheckConstraint:
    """A constraint for the model's Meta: the end is not before the start."""
    return CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": F(start)}),
        name=f"{model}_{end}_after_{start}",
        violation_error_message="De einddatum ligt vóór de begindatum.",
    )


class _Holds(Func):
    """Whether a period holds on a day: the same comparisons as `Period.holds` makes."""

    output_field = BooleanField()

    def __init__(self, period: Period, on: date | Combinable) -> None:
        day = on if isinstance(on, Combinable) else Value(on, DateField())
        ends = ">" if period.before else ">="
        sides = [(side, way) for side, way in ((period.start, "<="), (period.end, ends)) if side]
        super().__init__(*(part for side, _ in sides for part in (_operand(side), day)))
        self.ways = [way for _, way in sides]

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        sql, params = [], []
        for way, (side, given), (day, days) in zip(self.ways, parts[::2], parts[1::2], strict=True):
            sql.append(f"({side} IS NULL OR {side} {way} {day})")
            params += [*given, *given, *days]
        return f"({' AND '.join(sql)})", params


class DateRange(Func):
    """daterange() that never raises."""

    arity = 2
    output_field = DateRangeField()
    bounds = "[]"

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The guard prints both operands a second time; an open end needs no guard."""
        parts = self.get_source_expressions()
        (start, start_params), (end, end_params) = (compiler.compile(part) for part in parts)
        first, last, params = f"({start})::date", f"({end})::date", [*start_params, *end_params]
        made = f"daterange({first}, {last}, '{self.extra.get('bounds', self.bounds)}')"
        if any(isinstance(part, Value) and part.value is None for part in parts):
            return made, params
        return f"CASE WHEN {first} > {last} THEN 'empty'::daterange ELSE {made} END", [*params, *params]


def _operand(value: Operand) -> Combinable:
    if isinstance(value, str):
        return F(value)
    if isinstance(value, Combinable):
        return value
    return Value(value)
