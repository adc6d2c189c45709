"""Figures by the handful: their values, each on days of its own, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection

from mvi_portal.core.figures import Figure, FigureValue, Memo, counted, registry


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
    """What a figure tells, apart for each value of `group`; one query.

    `group` is a lookup of which what is counted has one value: so together they are the figure.
    """
    ordered = sorted(set(days))
    told, (rows, params) = _told(item, len(ordered)), counted(item, "is_demo", group)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {group}, {told} FROM {rows} GROUP BY 1", [*ordered, *ordered, *params])  # noqa: S608 - see `_part`
        return {
            part: {
                day: Told(int(value), bool(is_demo))
                for day, value, is_demo in zip(ordered, values, marks, strict=True)
            }
            for part, values, marks in cursor.fetchall()
        }


def _part(item: Figure, days: Sequence[date]) -> tuple[str, list[Any]]:
    """One row: the key, the value on each of the days, and whether it counts what is made up.

    The rows are Django's own query, with its parameters apart: nothing of a user's is pasted in.
    """
    told, (rows, params) = _told(item, len(days)), counted(item, "is_demo")
    return f"SELECT %s::text, {told} FROM {rows}", [item.key, *days, *days, *params]  # noqa: S608 - see above


def _told(item: Figure, count: int) -> str:
    """The values on so many days, and whether something is made up; the days are parameters, twice."""
    made_up = ["coalesce(bool_or(counted.span @> %s) FILTER (WHERE counted.is_demo), false)"] * count
    return f"ARRAY[{', '.join(item.measure.on_days(count))}]::bigint[], ARRAY[{', '.join(made_up)}]"
