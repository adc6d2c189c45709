"""What a printed text froze of a figure and of a table: all that is printed of it, and nothing else.

No database key, clock or random id lives here, so that the same content gives the same bytes. Rows are named
by their natural key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FrozenUnit:
    """What a figure counts, in one and in many: "gemeente", "gemeenten"."""

    one: str
    many: str


@dataclass(frozen=True)
class FrozenFigure:
    """One figure on the reference date of the text."""

    key: str
    label: str
    definition: str
    unit: FrozenUnit
    line: str
    value: int
    qualifier: str  # "exact", "at-least" or "about": printed as "53", "minstens 53", "zo'n 53"
    note: str  # why the register is incomplete for this figure; "" when it is exact
    previous: int | None  # the value on `since`, when the text has such a date
    population: int | None  # what "alle" is measured against, for figures that know their whole
    rows: tuple[str, ...]  # natural keys, sorted
    series: tuple[tuple[date, int], ...] = ()  # only for figures that a chart node asks for


@dataclass(frozen=True)
class FrozenSeries:
    """What was measured of an indicator, to draw it: as it was known on the reference date of the text.

    `points` hold the last day of each period with its value as text, so that none is rounded; `values` tell
    the same points: the period, the value as its source states it, and the source.
    """

    key: str  # as a text names it: "indicator.vermeden-uitstoot"
    label: str
    unit: str
    points: tuple[tuple[date, str], ...]
    values: tuple[tuple[str, str, str], ...]
    breaks: tuple[date, ...] = ()  # the periods that were measured in another way than those before
    is_demo: bool = False

    def after(self, since: date | None) -> tuple[int, ...]:
        """The places of the points from that day on."""
        return tuple(place for place, (day, _) in enumerate(self.points) if since is None or day >= since)


@dataclass(frozen=True)
class FrozenTable:
    """A table, printed as it stands. `numeric` are the indexes of columns that hold numbers."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
