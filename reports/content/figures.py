"""Every figure of the registry as the letter freezes it: value, rows, and the value where "since" begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import BooleanField, Count, DateField, F, Func, Min, Model, Q
from django.db.models.expressions import Combinable
from psycopg.types.range import DateRange

from mvi_portal.core.dates import reference_dates
from mvi_portal.core.figures import Figure, registry
from reports.frozen import FrozenFigure, FrozenUnit


@dataclass(frozen=True)
class Facts:
    """What the register holds of a figure, whatever the date."""

    rows: int
    begin: date | None  # the first day on which something counts; date.min when that is open, None without
    made_up: bool  # a row that counts in the letter's period is demonstration data
    now: int  # the value on the reference date
    before: int  # the value on `since`, known or not


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
        self.frozen = {item.key: self._freeze(item) for item in registry}

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

    def _freeze(self, item: Figure) -> FrozenFigure:
        facts, completeness = self.facts[item.key], item.completeness(self.on)
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
            rows=tuple(item.row_keys(self.on)),
            series=self._series(item),
        )

    def _series(self, item: Figure) -> tuple[tuple[date, int], ...]:
        """What the chart shows; nothing when there is no chart, or nothing to draw."""
        start = self.chart_start(item.key)
        if item.key not in self.charts or start is None or start >= self.on:
            return ()
        return tuple(item.series(reference_dates(start, self.on)))

    def _facts(self, item: Figure) -> Facts:
        """One query over all rows of the figure."""
        first = min(filter(None, [self.on, self.since, self.charts.get(item.key)]))
        period = DateRange(first, self.on, "[]")
        rows = item.source().order_by()
        found: dict[str, Any] = rows.aggregate(
            rows=Count("pk"),
            begin=Min(_lower("span")),
            open=BoolOr(_lower_open("span"), default=False),
            made_up=Count("pk", filter=Q(span__overlap=period) & made_up(rows.model, item.row_key)),
            now=item.measure.over(Q(span__contains=self.on)),
            before=item.measure.over(Q(span__contains=self.since or self.on)),
        )
        begin = date.min if found["open"] else found["begin"]
        return Facts(found["rows"], begin, found["made_up"] > 0, int(found["now"]), int(found["before"]))


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


def _lower(span: str) -> Combinable:
    return Func(F(span), function="lower", output_field=DateField())


def _lower_open(span: str) -> Combinable:
    return Func(F(span), function="lower_inf", output_field=BooleanField())
