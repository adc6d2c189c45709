"""Who was at what, from when until when: a lane for each, over the years. As SVG with title and description.

The page gives the same as a table. No script and no style attributes; what a bar is stands in its own title
and in the legend, and how a lane ends is a sign of its own, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .dates import long_date

_WIDTH, _LEFT, _RIGHT = 960, 270, 16
_LEGEND, _YEARS, _ROW, _BAR, _BELOW = 30, 24, 22, 12, 8
_LABEL_ROOM = 44  # of a year, before the edge
_LONGEST = 38  # characters of a label that fit beside the bars
_INK, _SOFT, _PAPER = "#1a1a1a", "#c9d1d9", "#f5f8fb"
_SHADES = ("#a9c6df", "#5f93bf", "#1d4b7f", "#8896a3")


@dataclass(frozen=True)
class Stretch:
    """From a day up to and including another; `kind` counts in `Lanes.kinds`."""

    start: date
    end: date
    kind: int


@dataclass(frozen=True)
class Lane:
    """One of them. `ended`: its last day, and the sign that it ended with."""

    label: str
    stretches: tuple[Stretch, ...]
    ended: tuple[date, str] | None = None


@dataclass(frozen=True)
class Section:
    """Lanes that belong together, under a heading."""

    heading: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True)
class Lanes:
    """What is drawn: from `since` up to and including `until`; `signs` explains how a lane can end."""

    title: str
    description: str
    since: date
    until: date
    kinds: tuple[str, ...]
    signs: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def svg(lanes: Lanes, *, name: str) -> SafeString:
    """The picture; `name` makes its ids unique on the page."""
    frame = _Frame(lanes)
    return format_html(
        '<svg class="lanes" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{name}-title {name}-desc" font-size="12" fill="{}">'
        '<title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>{}{}{}</svg>',
        *(_WIDTH, frame.height, _INK, lanes.title, lanes.description),
        *(_legend(lanes), _years(frame), _rows(frame)),
        name=name,
    )


class _Frame:
    """Where days and lanes fall on the paper."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.days = max((lanes.until - lanes.since).days, 1)
        self.top = _LEGEND + _YEARS
        self.height = self.top + _BELOW + _ROW * sum(1 + len(item.lanes) for item in lanes.sections)

    def x(self, day: date) -> float:
        day = min(max(day, self.lanes.since), self.lanes.until)
        share = (day - self.lanes.since).days / self.days
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def years(self) -> Iterator[int]:
        return iter(range(self.lanes.since.year, self.lanes.until.year + 1))


def _legend(lanes: Lanes) -> SafeString:
    marks: list[SafeString] = []
    x = 0.0
    for number, kind in enumerate(lanes.kinds):
        marks.append(_swatch(x, kind, _SHADES[number % len(_SHADES)]))
        x += 30 + 7.2 * len(kind)
    for sign, meaning in lanes.signs:
        marks.append(format_html('<text x="{}" y="17">{} {}</text>', round(x, 1), sign, meaning))
        x += 34 + 7.2 * len(meaning)
    return format_html_join("", "{}", ((mark,) for mark in marks))


def _swatch(x: float, kind: str, shade: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="7" width="14" height="12" fill="{}"/><text x="{}" y="17">{}</text>',
        *(round(x, 1), shade, round(x + 19, 1), kind),
    )


def _years(frame: _Frame) -> SafeString:
    return format_html_join(
        "",
        '<path d="M{} {}V{}" stroke="{}" stroke-width="1"/><text x="{}" y="{}">{}</text>',
        (
            (x, _LEGEND, frame.height, _SOFT, x + 4, _LEGEND + 15, year)
            for year in frame.years()
            for x in [frame.x(date(year, 1, 1))]
            if x <= _WIDTH - _LABEL_ROOM
        ),
    )


def _rows(frame: _Frame) -> SafeString:
    drawn: list[SafeString] = []
    y = frame.top
    for section in frame.lanes.sections:
        drawn.append(_heading(section.heading, y))
        for number, lane in enumerate(section.lanes, 1):
            drawn.append(_lane(frame, lane, y + number * _ROW))
        y += _ROW * (1 + len(section.lanes))
    return format_html_join("", "{}", ((item,) for item in drawn))


def _heading(text: str, y: int) -> SafeString:
    return format_html(
        '<rect x="0" y="{}" width="{}" height="{}" fill="{}"/><text x="4" y="{}" font-weight="700">{}</text>',
        *(y, _WIDTH, _ROW, _PAPER, y + 16, text),
    )


def _lane(frame: _Frame, lane: Lane, y: int) -> SafeString:
    return format_html(
        '<g><title>{}</title><text x="4" y="{}">{}</text>{}{}</g>',
        *(lane.label, y + 15, _short(lane.label), _bars(frame, lane.stretches, y), _sign(frame, lane, y)),
    )


def _bars(frame: _Frame, stretches: Sequence[Stretch], y: int) -> SafeString:
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"><title>{}</title></rect>',
        (
            (
                *(x, y + 5, max(round(frame.x(item.end) - x, 1), 2), _BAR),
                *(_SHADES[item.kind % len(_SHADES)], _told(frame.lanes, item)),
            )
            for item in stretches
            for x in [frame.x(item.start)]
        ),
    )


def _told(lanes: Lanes, item: Stretch) -> str:
    return f"{lanes.kinds[item.kind]}: {long_date(item.start)} tot en met {long_date(item.end)}"


def _sign(frame: _Frame, lane: Lane, y: int) -> SafeString:
    if lane.ended is None:
        return SafeString("")
    day, sign = lane.ended
    return format_html('<text x="{}" y="{}" font-weight="700">{}</text>', frame.x(day) + 2, y + 15, sign)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
