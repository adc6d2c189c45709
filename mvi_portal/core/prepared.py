"""Queries that Django makes and compiles once, for what a page asks again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value

Those = Callable[[str], Func]
_KEYS, _DAY = [-1], date.min  # stand in for what is asked


class Prepared:
    """A query about the rows with some keys, on a day.

    `build(those, on)` gives its `values_list`, in which `those("signature")` is the condition that the column
    holds one of the keys. Nothing else may come in it that differs between one question and the next: the day
    only as it is, without a sum. Raises ValueError when it is asked and the day was used otherwise.
    """

    def __init__(self, build: Callable[[Those, date], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled = lru_cache(maxsize=1)(self._compile)

    def rows(self, keys: Iterable[int], on: date) -> list[tuple[Any, ...]]:
        wanted = list(keys)
        return self._rows(wanted, on) if wanted else []

    def all(self, on: date) -> list[tuple[Any, ...]]:
        """Of a query that asks for no keys."""
        return self._rows(_KEYS, on)

    def _rows(self, wanted: list[int], on: date) -> list[tuple[Any, ...]]:
        compiler, converters, sql, params = self._compiled()
        asked = [wanted if item == _KEYS else on if item == _DAY else item for item in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            found = cursor.fetchall()
        return list(map(tuple, compiler.apply_converters(found, converters) if converters else found))

    def _compile(self) -> tuple[Any, Any, str, list[Any]]:
        compiler = self._compiler(_DAY)
        sql, params = compiler.as_sql()
        later = self._compiler(_DAY + timedelta(days=1000)).as_sql()[1]
        if any(one != other and one != _DAY for one, other in zip(params, later, strict=True)):
            raise ValueError("Een voorbereide vraag rekent met de dag.")
        return compiler, compiler.get_converters(column for column, *_ in compiler.select), sql, list(params)

    def _compiler(self, on: date) -> Any:
        return self._build(_those, on).query.get_compiler(connection=connection)


def _those(column: str) -> Func:
    return Func(
        F(column),
        Value(_KEYS, ArrayField(BigIntegerField())),
        arg_joiner=" = ANY(",
        template="(%(expressions)s))",
        output_field=BooleanField(),
    )
