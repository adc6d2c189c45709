"""One register, one number: every figure is one definition with a reference date and the rows behind it.

An app registers a function that returns a queryset annotated with `key` (what is counted, distinct) and
`span` (the days on which it counts: a daterange or datemultirange). From that one queryset come the value
on a date, the rows on a date, and a series between two dates.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Count, QuerySet, Sum, Value

Rows = QuerySet[Any, Any]
MOST_COLUMNS = 1_000  # PostgreSQL allows 1,664


class Qualifier(StrEnum):
    """How complete the register is for a figure; the number behind it stays exact."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    ABOUT = "about"


class Measure(Enum):
    """How rows become a number: distinct keys counted, or the annotation `amount` added up.

    ROWS counts keys of which each has one row at most: the same, and cheaper.
    """

    COUNT = "count(DISTINCT counted.key)"
    ROWS = "count(counted.key)"
    SUM = "sum(counted.amount)"

    @property
    def total(self) -> Aggregate:
        """The number over all rows."""
        if self is Measure.SUM:
            return Sum("amount", default=0)
        return Count("key", distinct=self is Measure.COUNT)

    @property
    def columns(self) -> tuple[str, ...]:
        return ("key", "span", "amount") if self is Measure.SUM else ("key", "span")

    def on_days(self, count: int) -> list[str]:
        """The number on each of so many days as SQL, from rows that are `counted`; the days are parameters.

        A key counts once a day, however many rows it has: PostgreSQL sorts them once for all days.
        """
        return [f"coalesce({self.value} FILTER (WHERE counted.span @> %s), 0)"] * count


@dataclass(frozen=True)
class Completeness:
    """The qualifier, and in Dutch why."""

    qualifier: Qualifier = Qualifier.EXACT
    note: str = ""


class Memo:
    """Answers that figures share while they are collected once; keep it no longer, the register changes."""

    def __init__(self) -> None:
        self._answers: dict[tuple[Callable[[date, Memo], int], date], int] = {}

    def ask(self, question: Callable[[date, Memo], int], on: date) -> int:
        """The answer on the day, found once."""
        if (question, on) not in self._answers:
            self._answers[question, on] = question(on, self)
        return self._answers[question, on]


@dataclass(frozen=True)
class Unit:
    """What is counted: "gemeente", "gemeenten"."""

    one: str
    many: str

    def of(self, value: int) -> str:
        """The form that goes with the value."""
        return self.one if value == 1 else self.many


@dataclass(frozen=True)
class FigureValue:
    """A figure on its reference date."""

    figure: Figure
    on: date
    value: int
    completeness: Completeness
    is_demo: bool  # whether a row behind it is made up for the demonstration


@dataclass(frozen=True)
class Figure:
    """A definition. `row_key` is the lookup that names a row in frozen content; never a database key."""

    key: str
    label: str
    definition: str
    unit: Unit
    line: str
    source: Callable[[], Rows]
    row_key: str
    measure: Measure = Measure.COUNT
    completeness_of: Callable[[date, Memo], Completeness] | None = None
    population: Callable[[], Rows] | None = None

    def value(self, on: date) -> int:
        """The figure on the day: an integer in `unit`."""
        return int(self.rows(on).order_by().aggregate(value=self.measure.total)["value"])

    def rows(self, on: date) -> Rows:
        """What is counted on the day. Not distinct: a row each, `key` tells what is the same."""
        return self.source().filter(span__contains=on)

    def keys(self, on: date) -> list[Any]:
        """What is counted on the day, each once.

        A list, for other queries to ask with: inside one of those, PostgreSQL works the days out again for
        every row of it when its statistics lag behind the register.
        """
        return list(self.rows(on).order_by().values_list("key", flat=True).distinct())

    def row_keys(self, on: date) -> list[str]:
        """The natural keys behind the value, distinct and sorted."""
        return sorted({str(key) for key in self.rows(on).order_by().values_list(self.row_key, flat=True)})

    def series(self, days: Iterable[date]) -> list[tuple[date, int]]:
        """The value on each of the days, in one query."""
        return _series(self, sorted(days))

    def completeness(self, on: date, memo: Memo | None = None) -> Completeness:
        """How complete the register is for this figure on the day; a memo is shared by figures."""
        return self.completeness_of(on, memo or Memo()) if self.completeness_of else Completeness()

    def whole(self, on: date) -> int | None:
        """What "alle" is measured against: a row each; None for a figure that does not know its whole."""
        if self.population is None:
            return None
        return self.population().filter(span__contains=on).count()

    def at(self, on: date, memo: Memo | None = None) -> FigureValue:
        """All that is told of the figure on the day."""
        is_demo = self.rows(on).filter(is_demo=True).exists()
        return FigureValue(self, on, self.value(on), self.completeness(on, memo), is_demo)


def made_up(figures: Iterable[Figure], on: date) -> set[str]:
    """The keys of the figures with a row on the day that is made up for the demonstration; in one query."""
    asked = [
        item.rows(on).filter(is_demo=True).order_by().values_list(Value(item.key))[:1] for item in figures
    ]
    return {key for (key,) in asked[0].union(*asked[1:], all=True)} if asked else set()


def together(values: Iterable[int]) -> int:
    """The figure, of parts of it that have nothing in common."""
    return sum(values)


class UnknownFigure(KeyError):
    """No figure has this key; the message is for a reader."""

    def __str__(self) -> str:
        return f"Het cijfer '{self.args[0]}' bestaat niet."


class Registry:
    """All figures, by key; filled while the apps start."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, new: Figure) -> None:
        """Raises ValueError for a second figure with the same key: one number, one definition."""
        if new.key in self._figures:
            raise ValueError(f"Het cijfer '{new.key}' is al gedefinieerd.")
        self._figures[new.key] = new

    def get(self, key: str) -> Figure:
        """Raises UnknownFigure."""
        try:
            return self._figures[key]
        except KeyError:
            raise UnknownFigure(key) from None

    def __contains__(self, key: str) -> bool:
        return key in self._figures

    def __iter__(self) -> Iterator[Figure]:
        """By line of the plan, then as registered."""
        return iter(sorted(self._figures.values(), key=lambda item: item.line))

    def collect(self, on: date) -> dict[str, FigureValue]:
        """Every figure on the day: two or three queries each, however many rows there are."""
        memo = Memo()
        return {item.key: item.at(on, memo) for item in self}

    def over(self, days: Sequence[date]) -> dict[str, tuple[FigureValue, tuple[tuple[date, int], ...]]]:
        """Every figure on the last of the days, with its value on each: a query or two each, and one more.

        Cheaper than `collect` when the series is shown beside the value.
        """
        memo, series = Memo(), {item: tuple(item.series(days)) for item in self}
        on = max(days)
        demo = made_up(series, on)
        return {
            item.key: (
                FigureValue(item, on, points[-1][1], item.completeness(on, memo), item.key in demo),
                points,
            )
            for item, points in series.items()
        }


registry = Registry()


def figure(
    key: str,
    *,
    label: str,
    unit: Unit,
    line: str,
    row_key: str,
    measure: Measure = Measure.COUNT,
    completeness: Callable[[date, Memo], Completeness] | None = None,
    population: Callable[[], Rows] | None = None,
) -> Callable[[Callable[[], Rows]], Callable[[], Rows]]:
    """Register a figure. The Dutch docstring of the function is its published definition."""

    def register(source: Callable[[], Rows]) -> Callable[[], Rows]:
        definition = " ".join((inspect.getdoc(source) or "").split())
        if not definition:
            raise ValueError(f"Het cijfer '{key}' heeft geen definitie.")
        registry.add(
            Figure(key, label, definition, unit, line, source, row_key, measure, completeness, population)
        )
        return source

    return register


def _series(item: Figure, days: list[date]) -> list[tuple[date, int]]:
    """All days in one query, as long as PostgreSQL has columns for them."""
    rows, params = counted(item)  # its parameters apart: nothing of a user's is pasted in
    found: list[tuple[date, int]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(days), MOST_COLUMNS):
            some = days[start : start + MOST_COLUMNS]
            told = ", ".join(item.measure.on_days(len(some)))
            cursor.execute(f"SELECT {told} FROM {rows}", [*some, *params])  # noqa: S608 - see above
            found += zip(some, map(int, cursor.fetchone()), strict=True)
    return found


@lru_cache(maxsize=100)
def counted(item: Figure, *more: str) -> tuple[str, tuple[Any, ...]]:
    """The rows of the figure as SQL to select from, with `more` columns under their own names.

    They ask for no day, so Django compiles them once. They are held apart (OFFSET 0), or PostgreSQL would
    work out each span anew for every day.
    """
    rows = item.source().order_by().values(*item.measure.columns, *more)
    sql, params = (rows.distinct() if item.measure is Measure.SUM else rows).query.sql_with_params()
    return f"({sql} OFFSET 0) AS counted({', '.join([*item.measure.columns, *more])})", tuple(params)
