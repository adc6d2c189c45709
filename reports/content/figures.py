"""Every figure of the registry as the letter freezes it: value, rows, and the value where "since" begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Case, Model, Q, TextField, Value, When
from django.db.models.functions import Cast

from mvi_portal.core.dates import reference_dates
from mvi_portal.core.figures import Figure, Memo, registry
from reports.frozen import FrozenFigure, FrozenUnit
from reports.frozen_register import FrozenRegister, Known

_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Facts:
    """What the register says of a figure."""

    known: Known
    made_up: bool  # a row that counts in the letter's period is demonstration data
    now: int  # the value on the reference date
    before: int  # the value on `since`, known or not
    names: tuple[str, ...]  # the natural keys behind the value on the reference date, sorted


class Figures:
    """All figures on `on`, against `since`, as they were frozen; a series for those in `charts`.

    A chart begins on the day asked for; without one where "since" does, else at the first fact.
    """

    def __init__(
        self,
        *,
        on: date,
        since: date | None,
        charts: Mapping[str, date | None],
        known: Mapping[str, Known],
        frozen: Mapping[str, FrozenFigure],
        made_up: bool,
    ) -> None:
        self.on, self.since, self.charts, self.known, self.made_up = on, since, charts, known, made_up
        self.begun = {key: item.series[0][0] for key, item in frozen.items() if item.series}
        self.frozen = {key: self._as_asked(item) for key, item in frozen.items()}

    def begin(self, key: str) -> date | None:
        """The first day of which the register knows anything on the figure's line of the plan."""
        return _begin(self.known, key)

    def knows(self, key: str, day: date) -> bool:
        """Whether the register can tell the figure on that day: a zero is then a true zero."""
        return _knows(self.known, key, day)

    def chart_start(self, key: str) -> date | None:
        """Where a chart of the figure begins; None when the register has no first day for it."""
        begin = self.begin(key)
        return self.charts.get(key) or self.since or (begin if begin != date.min else None)

    def _as_asked(self, figure: FrozenFigure) -> FrozenFigure:
        """With the part of its series that a chart shows."""
        start = self.chart_start(figure.key) if figure.key in self.charts else None
        series = tuple(point for point in figure.series if start is not None and point[0] >= start)
        return replace(figure, series=series)


def frozen_figures(register: FrozenRegister, charts: Mapping[str, date | None]) -> Figures:
    """Those of a freeze, with the series that charts ask for."""
    return Figures(
        on=register.reference_date,
        since=register.since,
        charts=charts,
        known=register.known,
        frozen=register.figures,
        made_up=register.is_demo,
    )


def _begin(known: Mapping[str, Known], key: str) -> date | None:
    """Not of the figure alone: before the first evaluation there were truly no evaluated plans, but
    before the Manifest was opened there is nothing to count.
    """
    line = known[key].line
    return min((item.begin for item in known.values() if item.line == line and item.begin), default=None)


def _knows(known: Mapping[str, Known], key: str, day: date) -> bool:
    begin = _begin(known, key)
    return known[key].rows > 0 and begin is not None and begin <= day


def live_figures(
    *,
    on: date,
    since: date | None,
    charts: Mapping[str, date | None],
    whole: bool = False,
    lines: Set[str] | None = None,
) -> Figures:
    """Those of the register as it is now; `whole` gives each figure its series from its beginning.

    With `lines` only the figures of those lines: what a figure can tell, depends on its whole line.
    """
    reading = _Reading(on, since, charts, whole, lines)
    return Figures(
        on=on,
        since=since,
        charts=dict.fromkeys(reading.frozen, date.min) if whole else charts,
        known=reading.known,
        frozen=reading.frozen,
        made_up=any(facts.made_up for facts in reading.facts.values()),
    )


_known: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("known", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Inside, the register is asked once of each figure, however many texts say it."""
    token = _known.set({} if (before := _known.get()) is None else before)
    try:
        yield
    finally:
        _known.reset(token)


@dataclass
class _Reading:
    """One pass over the register."""

    on: date
    since: date | None
    charts: Mapping[str, date | None]
    whole: bool
    lines: Set[str] | None = None

    def __post_init__(self) -> None:
        asked = [item for item in registry if self.lines is None or item.line in self.lines]
        self.facts = self._once("facts", asked, self._facts)
        self.known = {key: facts.known for key, facts in self.facts.items()}
        memo = Memo()
        self.frozen = self._once(
            "frozen", asked, lambda some: {item.key: self._freeze(item, memo) for item in some}
        )

    def _once(
        self, what: str, asked: list[Figure], tell: Callable[[list[Figure]], dict[str, _Told]]
    ) -> dict[str, _Told]:
        """By key; what was found before inside `read_once` is not asked again."""
        before = _known.get()
        held = {} if before is None else before
        places = {item.key: self._place(what, item.key) for item in asked}
        if lacking := [item for item in asked if places[item.key] not in held]:
            held.update({places[key]: told for key, told in tell(lacking).items()})
        return {key: held[place] for key, place in places.items()}

    def _place(self, what: str, key: str) -> tuple[object, ...]:
        """All that what is found depends on."""
        return what, key, self.on, self.since, self.whole, key in self.charts, self.charts.get(key)

    def _start(self, key: str) -> date | None:
        """From where a series is read."""
        begin = _begin(self.known, key)
        first = begin if begin != date.min else None
        if not self.whole:
            return self.charts.get(key) or self.since or first
        return min((day for day in (self.charts.get(key), self.since, first) if day), default=None)

    def _freeze(self, item: Figure, memo: Memo) -> FrozenFigure:
        facts, completeness = self.facts[item.key], item.completeness(self.on, memo)
        return FrozenFigure(
            key=item.key,
            label=item.label,
            definition=item.definition,
            unit=FrozenUnit(item.unit.one, item.unit.many),
            line=item.line,
            value=facts.now,
            qualifier=completeness.qualifier.value,
            note=completeness.note,
            previous=self._previous(item.key),
            population=item.whole(self.on),
            rows=facts.names,
            series=self._series(item),
        )

    def _previous(self, key: str) -> int | None:
        known = self.since is not None and _knows(self.known, key, self.since)
        return self.facts[key].before if known else None

    def _series(self, item: Figure) -> tuple[tuple[date, int], ...]:
        """What a chart shows; nothing when there is no chart, or nothing to draw."""
        start = self._start(item.key)
        if not (self.whole or item.key in self.charts) or start is None or start >= self.on:
            return ()
        return tuple(item.series(reference_dates(start, self.on)))

    def _facts(self, asked: list[Figure]) -> dict[str, Facts]:
        """By key; one query over all rows of the figures."""
        parts = [self._told(item) for item in asked]
        sql = " UNION ALL ".join(part for part, _ in parts)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*chain(*(given for _, given in parts))])
            return {key: _facts(registry.get(key), told) for key, *told in cursor.fetchall()}

    def _told(self, item: Figure) -> tuple[str, list[Any]]:
        """One row of the figure, which says only once what is counted and when."""
        first = min(filter(None, [self.on, self.since, self.charts.get(item.key)]))
        columns, (inner, params) = _rows(item)
        # The inner query is Django's own, with its parameters apart; nothing of a user's is pasted in.
        sql = f"""
            SELECT %s::text, count(*), min(lower(counted.span)),
                coalesce(bool_or(lower_inf(counted.span)), false),
                coalesce(bool_or(counted.made_up AND counted.span && daterange(%s, %s, '[]')), false),
                coalesce({item.measure.value} FILTER (WHERE counted.span @> %s), 0)::bigint,
                coalesce({item.measure.value} FILTER (WHERE counted.span @> %s), 0)::bigint,
                array_agg(DISTINCT counted.name) FILTER (WHERE counted.span @> %s)
            FROM ({inner}) AS counted({", ".join(columns)})
        """  # noqa: S608 - see above
        return sql, [item.key, first, self.on, self.on, self.since or self.on, self.on, *params]


def _facts(item: Figure, told: Sequence[Any]) -> Facts:
    rows, begin, is_open, is_made_up, now, before, names = told
    known = Known(item.line, rows, date.min if is_open else begin)
    return Facts(known, is_made_up, now, before, tuple(sorted(names or ())))


@lru_cache(maxsize=100)
def _rows(item: Figure) -> tuple[tuple[str, ...], tuple[str, tuple[Any, ...]]]:
    """The columns of all rows of the figure, whatever the date, and the query with its parameters.

    It asks for no day, so Django compiles it once.
    """
    rows = item.source().order_by()
    told = Case(When(made_up(rows.model, item.row_key), then=Value(True)), default=Value(False))
    columns = (*item.measure.columns, "name", "made_up")
    found = rows.annotate(row_name=Cast(item.row_key, TextField()), row_made_up=told)
    sql, params = found.values(*item.measure.columns, "row_name", "row_made_up").query.sql_with_params()
    return columns, (sql, tuple(params))


def made_up(model: type[Model], row_key: str) -> Q:
    """Rows that are demonstration data, or about something that is: `row_key` leads to what it is about."""
    found = Q(is_demo=True) if _has_mark(model) else Q(pk__in=[])
    path = row_key.split("__")[:-1]
    for depth, name in enumerate(path, start=1):
        model = cast("type[Model]", model._meta.get_field(name).related_model)
        if _has_mark(model):
            found |= Q(**{"__".join([*path[:depth], "is_demo"]): True})
    return found


def _has_mark(model: type[Model]) -> bool:
    return any(item.name == "is_demo" for item in model._meta.get_fields())
