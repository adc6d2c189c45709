"""One chart: how a number went over the dates. As SVG with a title and a description, and as its table twin.

No script and no style attributes, so a page with a strict content policy can hold it and a PDF can print it.
The value axis always starts at zero; the points of a line stand at their true distance in time.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .dates import long_date
from .numbers import number

_WIDTH, _HEIGHT = 320, 216
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 16, 34
_INK, _SOFT, _BLUE = "#1a1a1a", "#c9d1d9", "#1d4b7f"
FEWEST = 2
_MOST_BARS = 8  # more dates than this are drawn as a line
_TICKS = 4
_BAR_SHARE = 0.6  # of the room that each date has
_INSET = 14  # from the axis to a line's first point
_LABEL_ROOM = 26
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

Point = tuple[date, int | Decimal]


@dataclass(frozen=True)
class Chart:
    """What is drawn: `points` in the order of their dates, at least two; `unit` in many ("gemeenten").

    `breaks`: the dates of points that were measured in another way than those before them, so that the two
    cannot be compared. No line crosses a break.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    breaks: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if len(self.points) < FEWEST:
            raise ValueError("Een grafiek heeft minstens twee peildata nodig.")

    @property
    def description(self) -> str:
        """The chart in words, for who cannot see it."""
        (first, begin), (last, end) = self.points[0], self.points[-1]
        return (
            f"Van {number(begin)} {self.unit} op {long_date(first)} naar {number(end)} op {long_date(last)}. "
            f"{self._broken}De tabel bij de grafiek geeft alle waarden."
        )

    @property
    def _broken(self) -> str:
        days = " en ".join(long_date(day) for day in self.breaks)
        return f"Bij {days} is anders gemeten dan daarvoor: vergelijk die waarden niet. " if days else ""


def thinned(points: tuple[Point, ...], most: int = 12) -> tuple[Point, ...]:
    """At most `most` points at an even distance, counted back from the last, which always stays."""
    step = math.ceil(len(points) / most)
    return points[::-step][::-1]


def svg(chart: Chart, *, name: str) -> SafeString:
    """The picture; `name` makes its ids unique on the page."""
    frame = _Frame(chart)
    drawn = _bars(frame) if frame.bars else _line(frame)
    return format_html(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{name}-title {name}-desc" font-size="11" fill="{}">'
        '<title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>{}{}{}{}</svg>',
        *(_WIDTH, _HEIGHT, _INK, chart.title, chart.description),
        *(_grid(frame), _breaks(frame), drawn, _days(frame)),
        name=name,
    )


def table(chart: Chart, *, caption: str = "De cijfers bij de grafiek") -> SafeString:
    """The same points for who cannot see the picture."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="number">{}</td></tr>',
        ((_dated(chart, day), number(value)) for day, value in chart.points),
    )
    return format_html(
        '<table class="twin"><caption>{}</caption><thead><tr><th scope="col">Peildatum</th>'
        '<th scope="col" class="number">{}</th></tr></thead><tbody>{}</tbody></table>',
        *(caption, chart.unit[:1].upper() + chart.unit[1:], rows),
    )


def _dated(chart: Chart, day: date) -> str:
    return f"{long_date(day)} (anders gemeten dan daarvoor)" if day in chart.breaks else long_date(day)


def ticks(highest: int | Decimal) -> list[int]:
    """Round values at an even distance, from zero to the first that is not under the highest.

    70 gives 0, 20, 40, 60, 80.
    """
    sizes = (size * 10**power for power in itertools.count() for size in (1, 2, 5))
    step = next(size for size in sizes if size * _TICKS >= highest)
    steps = max(1, math.ceil(highest / step))
    return [step * index for index in range(steps + 1)]


class _Frame:
    """Where dates and values fall on the paper."""

    def __init__(self, chart: Chart) -> None:
        self.points = chart.points
        self.bars = len(chart.points) <= _MOST_BARS
        self.ticks = ticks(max(value for _, value in chart.points))
        self.starts = [index for index, (day, _) in enumerate(chart.points) if day in chart.breaks]
        self.room = (_WIDTH - _LEFT - _RIGHT) / len(chart.points)

    @property
    def spots(self) -> list[tuple[float, float]]:
        """Each point on the paper."""
        return [(self.x(index), self.y(value)) for index, (_, value) in enumerate(self.points)]

    def x(self, index: int) -> float:
        """The middle of a bar, or a line's point at its true place in time."""
        if self.bars:
            return round(_LEFT + (index + 0.5) * self.room, 1)
        first, last = self.points[0][0], self.points[-1][0]
        share = (self.points[index][0] - first).days / max((last - first).days, 1)
        return round(_LEFT + _INSET + share * (_WIDTH - _LEFT - _RIGHT - 2 * _INSET), 1)

    def y(self, value: int | Decimal) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        return round(_TOP + height * (1 - float(value) / self.ticks[-1]), 1)

    @property
    def runs(self) -> list[list[tuple[float, float]]]:
        """The points between two breaks."""
        spots = self.spots
        edges = [0, *(index for index in self.starts if index), len(spots)]
        return [spots[start:end] for start, end in itertools.pairwise(edges)]


def _grid(frame: _Frame) -> SafeString:
    return format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}" stroke-width="0.7"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (_LEFT, y, _WIDTH - _RIGHT, _SOFT if tick else _INK, _LEFT - 6, y + 4, number(tick))
            for tick in frame.ticks
            for y in [frame.y(tick)]
        ),
    )


def _breaks(frame: _Frame) -> SafeString:
    """A dashed line before each point that cannot be compared with the one before it."""
    between = [round((frame.x(index - 1) + frame.x(index)) / 2, 1) for index in frame.starts if index]
    return format_html_join(
        "",
        '<path d="M{} {}V{}" stroke="{}" stroke-width="1" stroke-dasharray="3 3"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="9">anders gemeten</text>',
        ((x, _TOP, _HEIGHT - _BOTTOM, _INK, x, _TOP - 5) for x in between),
    )


def _bars(frame: _Frame) -> SafeString:
    width = round(frame.room * _BAR_SHARE, 1)
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-weight="600">{}</text>',
        (
            (
                round(x - width / 2, 1),
                y,
                width,
                round(frame.y(0) - y, 1),
                _BLUE,
                x,
                round(y - 4, 1),
                number(value),
            )
            for (x, y), (_, value) in zip(frame.spots, frame.points, strict=True)
        ),
    )


def _line(frame: _Frame) -> SafeString:
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in run) for run in frame.runs)
    dots = format_html_join(
        "", '<circle cx="{}" cy="{}" r="2.4" fill="{}"/>', ((x, y, _BLUE) for x, y in frame.spots)
    )
    ends = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" font-weight="600">{}</text>',
        (
            (x, round(y - 7, 1), number(frame.points[index][1]))
            for index in (0, -1)
            for x, y in [frame.spots[index]]
        ),
    )
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.8"/>{}{}', path, _BLUE, dots, ends
    )


def _days(frame: _Frame) -> SafeString:
    """The month under each point that has room for it, and the year where a new one begins."""
    return format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', _labels(frame))


def _labels(frame: _Frame) -> Iterator[tuple[float, int, str | int]]:
    year = 0
    for x, day in _with_room(frame):
        yield x, _HEIGHT - _BOTTOM + 15, _MONTHS[day.month - 1]
        if day.year != year:
            yield x, _HEIGHT - _BOTTOM + 29, day.year
        year = day.year


def _with_room(frame: _Frame) -> list[tuple[float, date]]:
    """Counted back from the last point, those that do not crowd the one after it."""
    kept: list[tuple[float, date]] = []
    for (x, _), (day, _value) in zip(frame.spots[::-1], frame.points[::-1], strict=True):
        if not kept or kept[-1][0] - x >= _LABEL_ROOM:
            kept.append((x, day))
    return kept[::-1]


_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 120, 32, 3


def spark(points: Sequence[Point]) -> SafeString:
    """The bare line, for beside a number that is told in words: hidden from who cannot see it."""
    first, span = points[0][0], max((points[-1][0] - points[0][0]).days, 1)
    highest = float(max(max(value for _day, value in points), 1))
    width, height = _SPARK_WIDTH - 2 * _SPARK_EDGE, _SPARK_HEIGHT - 2 * _SPARK_EDGE
    spots = [
        (
            round(_SPARK_EDGE + width * (day - first).days / span, 1),
            round(_SPARK_EDGE + height * (1 - float(value) / highest), 1),
        )
        for day, value in points
    ]
    path = "M" + "L".join(f"{x} {y}" for x, y in spots)
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true"><path d="{}" fill="none" stroke="{}"'
        ' stroke-width="2"/><circle cx="{}" cy="{}" r="2.6" fill="{}"/></svg>',
        *(_SPARK_WIDTH, _SPARK_HEIGHT, path, _BLUE, *spots[-1], _BLUE),
    )
