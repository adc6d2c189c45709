"""Figures by the handful: their values, each on days of its own, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection

from mvi_portal.core.figures import Figure, FigureValue, Measure, Memo, compiled, registry


@dataclass(frozen=True)
class Told:
    """A figure on a day: its value, and whether a row behind it is made up for the demonstration."""

    value: int
    is_demo: bool


def told_on(asked: Iterable[tuple[Figure, date]]) -> dict[tuple[str, date], Told]:
    """By the figure's key and the day: what `Figure.value` and `made_up` tell; one query."""
    days: dict[Figure, set[date]] = defaultdict(set)
    for item, day in asked:
        days[item].add(day)
    if not days:
        return {}
    ordered = {item.key: sorted(some) for item, some in days.items()}
    parts = [_part(item, ordered[item.key]) for item in days]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [*chain(*(given for _, given in parts))])
        return {
            (key, day): Told(int(value), bool(is_demo))
            for key, values, marks in cursor.fetchall()
            for day, value, is_demo in zip(ordered[key], values, marks, strict=True)
        }


def values_on(keys: Iterable[str], on: date) -> dict[str, FigureValue]:
    """These figures on the day, by key: one query, and what they ask to tell how complete they are."""
    memo, items = Memo(), [registry.get(key) for key in sorted(set(keys))]
    told = told_on((item, on) for item in items)
    return {
        item.key: FigureValue(
            item, on, told[item.key, on].value, item.completeness(on, memo), told[item.key, on].is_demo
        )
        for item in items
    }


def _part(item: Figure, days: Sequence[date]) -> tuple[str, list[Any]]:
    """One row: the key, the value on each of the days, and whether it counts what is made up.

    As `Measure.on_days` does: a key counts once a day, the rows are held apart, and the inner query is
    Django's own, with its parameters apart. On a day a row is 0 when it does not count, 2 when it is made up.
    """
    counts, (inner, params) = item.measure is Measure.COUNT, compiled(item, "is_demo")
    held = f"({inner} OFFSET 0) AS held({', '.join(item.measure.columns)}, is_demo)"
    mark = "(span @> %s)::integer * (1 + is_demo::integer)"
    marks = ", ".join(f"{f'max({mark})' if counts else mark} AS on_{day}" for day in range(len(days)))
    once = f"SELECT {marks} FROM {held} GROUP BY key" if counts else f"SELECT amount, {marks} FROM {held}"  # noqa: S608 - see above
    number = "count(*)" if counts else "sum(amount)"
    values = ", ".join(f"coalesce({number} FILTER (WHERE on_{day} > 0), 0)" for day in range(len(days)))
    made_up = ", ".join(f"bool_or(on_{day} = 2)" for day in range(len(days)))
    sql = f"SELECT %s::text, ARRAY[{values}]::bigint[], ARRAY[{made_up}] FROM ({once}) AS once"  # noqa: S608
    return sql, [item.key, *days, *params]
