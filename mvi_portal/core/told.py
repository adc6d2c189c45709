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


def told_by(item: Figure, group: str, days: Iterable[date]) -> dict[Any, dict[date, Told]]:
    """What a figure that counts tells, apart for each value of `group`; one query.

    `group` is a lookup of which what is counted has one value: so together they are the figure.
    """
    ordered = sorted(set(days))
    once, given = _once(item, len(ordered), group)
    sql = f"SELECT part, {_told(item, len(ordered))} FROM ({once}) AS once GROUP BY part"  # noqa: S608 - see below
    with connection.cursor() as cursor:
        cursor.execute(sql, [*ordered, *ordered, *given])
        return {
            part: {
                day: Told(int(value), bool(is_demo))
                for day, value, is_demo in zip(ordered, values, marks, strict=True)
            }
            for part, values, marks in cursor.fetchall()
        }


def _part(item: Figure, days: Sequence[date]) -> tuple[str, list[Any]]:
    """One row: the key, the value on each of the days, and whether it counts what is made up."""
    once, given = _once(item, len(days))
    told = f"SELECT %s::text, {_told(item, len(days))} FROM ({once}) AS once"  # noqa: S608 - see below
    return told, [item.key, *days, *days, *given]


def _told(item: Figure, count: int) -> str:
    """The values on so many days, and whether something of them is made up, from the rows of `_once`."""
    values = ", ".join(f"coalesce({item.measure.number} FILTER (WHERE on_{day}), 0)" for day in range(count))
    made_up = ", ".join(f"coalesce(bool_or(made_{day}), false)" for day in range(count))
    return f"ARRAY[{values}]::bigint[], ARRAY[{made_up}]"


def _once(item: Figure, count: int, *group: str) -> tuple[str, tuple[Any, ...]]:
    """What counts on each of so many days, and what of that is made up; the days are parameters, twice.

    As `Measure.on_days` does: a key counts once a day, the rows are held apart, and the inner query is
    Django's own, with its parameters apart.
    """
    inner, params = compiled(item, "is_demo", *group)
    part = ["part"] if group else []
    held = f"({inner} OFFSET 0) AS held({', '.join([*item.measure.columns, 'is_demo', *part])})"
    counts = item.measure is Measure.COUNT
    mark, made = (
        ("bool_or(span @> %s)", "FILTER (WHERE is_demo)") if counts else ("span @> %s", "AND is_demo")
    )
    marks = [f"{mark} AS on_{day}" for day in range(count)]
    marks += [f"{mark} {made} AS made_{day}" for day in range(count)]
    kept = [*part, "amount"] if item.measure is Measure.SUM else part
    grouped = f"GROUP BY {', '.join(['key', *part])}" if counts else ""
    return f"SELECT {', '.join([*kept, *marks])} FROM {held} {grouped}", params  # noqa: S608 - see above
