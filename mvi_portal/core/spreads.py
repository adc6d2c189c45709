"""How things are spread over a scale, as divided bars: SVG with title and description, and its table.

No script and no style attributes, as with `core.charts`. Each part has its number in it where there is room;
the parts differ in lightness, so that they can be told apart in black and white.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .numbers import number

_RIGHT, _BAR, _TOP, _LEGEND = 8, 18, 8, 26
_INK, _LINE = "#1a1a1a", "#55626f"
_FITS = 14  # the narrowest part, in units of the drawing, that holds its number
_SHADES: dict[int, tuple[tuple[str, str], ...]] = {
    2: (("#1d4b7f", "#ffffff"), ("#dce6f0", _INK)),
    3: (("#1d4b7f", "#ffffff"), ("#8fb2d0", _INK), ("#eef2f6", _INK)),
    5: (
        ("#e4edf5", _INK),
        ("#b7cfe2", _INK),
        ("#7fa8ca", _INK),
        ("#3f759f", "#ffffff"),
        ("#123f6d", "#ffffff"),
    ),
}


@dataclass(frozen=True)
class Layout:
    """Where things stand, in units of the drawing: `above` is the height of a label over its bar."""

    width: int
    left: int  # where the bars begin
    row: int
    label: int  # characters of a label on one line
    above: int = 0

    @property
    def room(self) -> int:
        return self.width - self.left - _RIGHT

    def bar(self, index: int) -> int:
        """The top of a bar."""
        return _TOP + index * self.row + self.above


WIDE = Layout(width=640, left=210, row=30, label=32)
NARROW = Layout(width=320, left=1, row=48, label=62, above=16)  # for a phone, where a wide one is cut off


@dataclass(frozen=True)
class Spread:
    """`scale` names the parts of a bar; each row is what is divided, with its count for each part."""

    title: str
    unit: str  # what is counted, in many: "plannen"
    scale: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    def __post_init__(self) -> None:
        if len(self.scale) not in _SHADES:
            raise ValueError("Een verdeling heeft twee, drie of vijf delen.")
        if any(len(counts) != len(self.scale) for _, counts in self.rows):
            raise ValueError("Elke balk heeft een aantal voor elk deel.")

    @property
    def description(self) -> str:
        """The picture in words, for who cannot see it."""
        return (
            f"Per regel het aantal {self.unit} naar {', '.join(self.scale)}. "
            "De tabel bij de grafiek geeft alle aantallen."
        )


def svg(spread: Spread, *, name: str, layout: Layout = WIDE) -> SafeString:
    """The picture; `name` makes its ids unique on the page."""
    height = _TOP + layout.row * len(spread.rows) + _LEGEND
    return format_html(
        '<svg class="chart spread" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{name}-title {name}-desc" font-size="11" fill="{}">'
        '<title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>{}{}</svg>',
        *(layout.width, height, _INK, spread.title, spread.description),
        *(_bars(spread, layout), _legend(spread, layout)),
        name=name,
    )


def table(spread: Spread, *, caption: str = "De aantallen bij de grafiek", head: str = "") -> SafeString:
    """The same counts for who cannot see the picture."""
    heads = format_html_join("", '<th scope="col" class="number">{}</th>', ((one,) for one in spread.scale))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        ((label, _cells(counts)) for label, counts in spread.rows),
    )
    return format_html(
        '<table class="twin"><caption>{}</caption><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        *(caption, head or "Onderdeel", heads, rows),
    )


def _cells(counts: Sequence[int]) -> SafeString:
    return format_html_join("", '<td class="number">{}</td>', ((number(count),) for count in counts))


def _bars(spread: Spread, layout: Layout) -> SafeString:
    return format_html_join(
        "",
        "{}{}",
        (
            (_label(label, layout, index), _bar(counts, layout, layout.bar(index), len(spread.scale)))
            for index, (label, counts) in enumerate(spread.rows)
        ),
    )


def _label(label: str, layout: Layout, index: int) -> SafeString:
    """Over the bar on one line; or in at most two before it, ending where it begins."""
    most = 1 if layout.above else 2
    lines = textwrap.wrap(label, layout.label, max_lines=most, placeholder=" …") or [""]
    y = layout.bar(index) - 4 if layout.above else layout.bar(index) + 13 - 6 * (len(lines) - 1)
    x, anchor = (layout.left, "start") if layout.above else (layout.left - 8, "end")
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        ((x, y + 12 * place, anchor, line) for place, line in enumerate(lines)),
    )


def _bar(counts: Sequence[int], layout: Layout, y: int, parts: int) -> SafeString:
    """The whole row is one width: shares are compared, the numbers tell how many."""
    if not sum(counts):
        place = layout.left + 4
        return format_html('<text x="{}" y="{}" fill="{}">geen oordeel</text>', place, y + 13, _LINE)
    return format_html_join("", "{}", ((part,) for part in _parts(counts, layout, y, parts)))


def _parts(counts: Sequence[int], layout: Layout, y: int, parts: int) -> Iterator[SafeString]:
    x, total = float(layout.left), sum(counts)
    for count, (fill, ink) in zip(counts, _SHADES[parts], strict=True):
        width = round(layout.room * count / total, 1)
        if not count:
            continue
        yield format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.5"/>',
            *(round(x, 1), y, width, _BAR, fill, _LINE),
        )
        if width >= _FITS:
            yield format_html(
                '<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>',
                *(round(x + width / 2, 1), y + 13, ink, number(count)),
            )
        x += width


def _legend(spread: Spread, layout: Layout) -> SafeString:
    y = _TOP + layout.row * len(spread.rows) + 6
    step = layout.room / len(spread.scale)
    places = [round(layout.left + index * step, 1) for index in range(len(spread.scale))]
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="11" height="11" fill="{}" stroke="{}" stroke-width="0.5"/>'
        '<text x="{}" y="{}">{}</text>',
        (
            (x, y, fill, _LINE, round(x + 16, 1), y + 10, one)
            for x, one, (fill, _ink) in zip(places, spread.scale, _SHADES[len(spread.scale)], strict=True)
        ),
    )
