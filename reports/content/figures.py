"""Every figure of the registry as the letter freezes it: value, rows, and the value where "since" begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db import connection
from django.db.models import Case, Model, Q, TextField, Value, When
from django.db.models.functions import Cast

from mvi_portal.core.dates import reference_dates
from mvi_portal.core.figures import Figure, Memo, registry
from reports.frozen import FrozenFigure, FrozenUnit


@dataclass(frozen=True)
class Facts:
    """What the register holds of a figure, whatever the date."""

    rows: int
    begin: date | None  # the first day on which something counts; date.min when that is open, None without
    made_up: bool  # a row that counts in the letter's period is demonstration data
    now: int  # the value on the reference date
    before: int  # the value on `since`, known or not
    names: tuple[str, ...]  # the natural keys behind the value on the reference date, sorted


@dataclass
class Figures:
    """All figures on `on`, against `since`; a series for those in `charts`, each from the day asked for.

    A chart that names no day begins where "since" does, else at the first fact.
    """

    on: date
    since: date | None
    charts: Mapping[str, date | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = {item.key: self._facts(item) for item in registry}
        memo = Memo()
        for key, facts in self.facts.items():
            memo.tell(key, self.on, facts.now)
        self.frozen = {item.key: self._freeze(item, memo) for item in registry}

    @property
    def made_up(self) -> bool:
        return any(facts.made_up for facts in self.facts.values())

    def begin(self, key: str) -> date | None:
        """The first day of which the register knows anything on the figure's line of the plan.

        Not of the figure alone: before the first evaluation there were truly no evaluated plans, but
        before the Manifest was opened there is nothing to count.
        """
        line = registry.get(key).line
        days = [
            day for item in registry if item.line == line and (day := self.facts[item.key].begin) is not None
        ]
        return min(days, default=None)

    def knows(self, key: str, day: date) -> bool:
        """Whether the register can tell the figure on that day: a zero is then a true zero."""
        begin = self.begin(key)
        return self.facts[key].rows > 0 and begin is not None and begin <= day

    def chart_start(self, key: str) -> date | None:
        """Where a chart of the figure begins; None when the register has no first day for it."""
        begin = self.begin(key)
        return self.charts.get(key) or self.since or (begin if begin != date.min else None)

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
            previous=facts.before if self.since and self.knows(item.key, self.since) else None,
            population=item.whole(self.on),
            rows=facts.names,
            series=self._series(item),
        )

    def _series(self, item: Figure) -> tuple[tuple[date, int], ...]:
        """What the chart shows; nothing when there is no chart, or nothing to draw."""
        start = self.chart_start(item.key)
        if item.key not in self.charts or start is None or start >= self.on:
            return ()
        return tuple(item.series(reference_dates(start, self.on)))

    def _facts(self, item: Figure) -> Facts:
        """One query over all rows of the figure, which says only once what is counted and when."""
        first = min(filter(None, [self.on, self.since, self.charts.get(item.key)]))
        columns, (inner, params) = _rows(item)
        # The inner query is Django's own, with its parameters apart; nothing of a user's is pasted in.
        sql = f"""
            SELECT count(*), min(lower(counted.span)), coalesce(bool_or(lower_inf(counted.span)), false),
                coalesce(bool_or(counted.made_up AND counted.span && daterange(%s, %s, '[]')), false),
                coalesce({item.measure.value} FILTER (WHERE counted.span @> %s), 0),
                coalesce({item.measure.value} FILTER (WHERE counted.span @> %s), 0),
                array_agg(DISTINCT counted.name) FILTER (WHERE counted.span @> %s)
            FROM ({inner}) AS counted({", ".join(columns)})
        """  # noqa: S608 - see above
        with connection.cursor() as cursor:
            cursor.execute(sql, [first, self.on, self.on, self.since or self.on, self.on, *params])
            rows, begin, is_open, is_made_up, now, before, names = cursor.fetchone()
        begin = date.min if is_open else begin
        return Facts(rows, begin, is_made_up, int(now), int(before), tuple(sorted(names or ())))


def _rows(item: Figure) -> tuple[tuple[str, ...], tuple[str, tuple[Any, ...]]]:
    """The columns of all rows of the figure, whatever the date, and the query with its parameters."""
    rows = item.source().order_by()
    told = Case(When(made_up(rows.model, item.row_key), then=Value(True)), default=Value(False))
    columns = (*item.measure.columns, "name", "made_up")
    found = rows.annotate(row_name=Cast(item.row_key, TextField()), row_made_up=told)
    return columns, found.values(*item.measure.columns, "row_name", "row_made_up").query.sql_with_params()


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
