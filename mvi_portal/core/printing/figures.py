"""The register's figures on a day, frozen for a text that is no letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mvi_portal.core import prose
from mvi_portal.core.dates import reference_dates
from mvi_portal.core.figures import Figure, FigureValue, registry
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenUnit
from mvi_portal.core.told import values_on

YEARS = 2  # of a chart that names no first day


def frozen(on: date, *texts: str) -> dict[str, FrozenFigure]:
    """Every figure on the day, to write with; with its series when a text asks for a chart of it."""
    return _told([item.key for item in registry], on, texts)


def one(key: str, on: date) -> FrozenFigure:
    """A single figure on the day. Raises UnknownFigure."""
    return _frozen(registry.get(key).at(on), {})


def said(on: date, *texts: str) -> dict[str, FrozenFigure]:
    """Only the figures that the texts name, to print them."""
    keys = {key for node in _nodes(texts) for key in _keys(node)}
    return _told(sorted(key for key in keys if key in registry), on, texts)


def _told(keys: Sequence[str], on: date, texts: tuple[str, ...]) -> dict[str, FrozenFigure]:
    charts, values = _charts(texts), values_on(keys, on)
    return {key: _frozen(values[key], charts) for key in keys}


def _keys(node: prose.Node) -> tuple[str, ...]:
    match node:
        case prose.FigureNode() | prose.ChartNode():
            return (node.key,)
        case prose.TableNode():
            return node.keys
        case _:
            return ()


def _nodes(texts: tuple[str, ...]) -> Iterator[prose.Node]:
    """A text that says too little says nothing here; printing it tells what is wrong."""
    for text in texts:
        try:
            yield from prose.nodes(text)
        except prose.ProseError:
            continue


def _charts(texts: tuple[str, ...]) -> dict[str, date | None]:
    """Per figure the earliest day that a chart asks for."""
    asked: dict[str, date | None] = {}
    for node in _nodes(texts):
        if isinstance(node, prose.ChartNode):
            days = [day for day in (asked.get(node.key), node.since) if day]
            asked[node.key] = min(days, default=None)
    return asked


def _frozen(found: FigureValue, charts: Mapping[str, date | None]) -> FrozenFigure:
    item = found.figure
    return FrozenFigure(
        key=item.key,
        label=item.label,
        definition=item.definition,
        unit=FrozenUnit(item.unit.one, item.unit.many),
        line=item.line,
        value=found.value,
        qualifier=found.completeness.qualifier.value,
        note=found.completeness.note,
        previous=None,
        population=item.whole(found.on),
        rows=(),
        series=_series(item, found.on, charts),
    )


def _series(item: Figure, on: date, charts: Mapping[str, date | None]) -> tuple[tuple[date, int], ...]:
    if item.key not in charts:
        return ()
    start = charts[item.key] or on.replace(year=on.year - YEARS, day=1)
    return tuple(item.series(reference_dates(start, on))) if start < on else ()
