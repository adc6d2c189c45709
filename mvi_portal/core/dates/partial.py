"""A date as precise as it is known."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models

from .words import MONTHS, long_date, month_name

YEARS = range(1900, 2101)
_SEASONS = {5: "voorjaar", 8: "zomer", 11: "najaar", 2: "winter"}
_SEASON_ENDS = {"voorjaar": 5, "lente": 5, "zomer": 8, "najaar": 11, "herfst": 11, "winter": 2}


class Precision(models.TextChoices):
    DAY = "day", "dag"
    MONTH = "month", "maand"
    QUARTER = "quarter", "kwartaal"
    SEASON = "season", "seizoen"
    HALF_YEAR = "half_year", "halfjaar"
    YEAR = "year", "jaar"
    BEGIN = "begin", "begin van het jaar"
    MID = "mid", "medio"
    END = "end", "eind van het jaar"


@dataclass(frozen=True)
class _Period:
    """How long a period lasts, and in which months it may end."""

    months: int
    ends: tuple[int, ...]


PERIODS = {
    Precision.MONTH: _Period(1, tuple(range(1, 13))),
    Precision.QUARTER: _Period(3, (3, 6, 9, 12)),
    Precision.SEASON: _Period(3, (2, 5, 8, 11)),
    Precision.HALF_YEAR: _Period(6, (6, 12)),
    Precision.YEAR: _Period(12, (12,)),
    Precision.BEGIN: _Period(3, (3,)),
    Precision.MID: _Period(4, (8,)),
    Precision.END: _Period(3, (12,)),
}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or a period of which no more is known; counted and sorted on its last day.

    Seasons are the meteorological ones; the winter bears the year in which it begins. "Begin" is the first
    quarter, "medio" May to August, "eind" the last quarter. There is no order: sort on `last_day`.
    """

    last_day: date
    precision: Precision

    def __post_init__(self) -> None:
        object.__setattr__(self, "precision", Precision(self.precision))
        if not self._fits():
            raise ValueError(f"{long_date(self.last_day)} past niet bij precisie “{self.precision.label}”.")

    def _fits(self) -> bool:
        if self.precision is Precision.DAY:
            return True
        last = self.last_day
        return last.month in PERIODS[self.precision].ends and last == _month_end(last.year, last.month)

    @property
    def first_day(self) -> date:
        """The first day that may be meant."""
        if self.precision is Precision.DAY:
            return self.last_day
        count = self.last_day.year * 12 + self.last_day.month - PERIODS[self.precision].months
        return date(count // 12, count % 12 + 1, 1)

    def is_past(self, on: date) -> bool:
        """Wholly past: "eind 2023" is past from 1 January 2024."""
        return self.last_day < on

    @classmethod
    def day(cls, day: date) -> PartialDate:
        return cls(day, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> PartialDate:
        month_name(month)
        return cls(_month_end(year, month), Precision.MONTH)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> PartialDate:
        if quarter not in range(1, 5):
            raise ValueError(f"Kwartaal {quarter} bestaat niet.")
        return cls(_month_end(year, quarter * 3), Precision.QUARTER)

    @classmethod
    def season(cls, year: int, name: str) -> PartialDate:
        """`name` is voorjaar, lente, zomer, najaar, herfst or winter; the winter ends in the next year."""
        month = _SEASON_ENDS.get(name.lower())
        if month is None:
            raise ValueError(f"Seizoen {name} bestaat niet.")
        return cls(_month_end(year + (month == 2), month), Precision.SEASON)

    @classmethod
    def half_year(cls, year: int, half: int) -> PartialDate:
        if half not in (1, 2):
            raise ValueError(f"Een jaar heeft geen {half}e helft.")
        return cls(_month_end(year, half * 6), Precision.HALF_YEAR)

    @classmethod
    def year(cls, year: int) -> PartialDate:
        return cls(date(year, 12, 31), Precision.YEAR)

    @classmethod
    def begin(cls, year: int) -> PartialDate:
        return cls(date(year, 3, 31), Precision.BEGIN)

    @classmethod
    def mid(cls, year: int) -> PartialDate:
        return cls(date(year, 8, 31), Precision.MID)

    @classmethod
    def end(cls, year: int) -> PartialDate:
        return cls(date(year, 12, 31), Precision.END)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """What a person types: "3 mei 2024", "03-05-2024", "mei 2024", "Q3 2024", "medio 2025".

        Raises ValueError with a Dutch message.
        """
        words = re.sub(r"\s+", " ", text.replace("\u2013", "-")).strip().lower()
        for pattern, read in _FORMS:
            if match := pattern.fullmatch(words):
                return read(**_whole(match))
        raise ValueError(_not_understood(text))

    def __str__(self) -> str:
        return _PRINT[self.precision](self.last_day)


def parse_day(text: str) -> date:
    """One day; ValueError with a Dutch message for anything less precise."""
    found = PartialDate.parse(text)
    if found.precision is not Precision.DAY:
        raise ValueError(f"“{text.strip()}” is geen dag. Typ een dag, bijvoorbeeld 24-11-2022.")
    return found.last_day


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _winter_or_season(last: date) -> str:
    if last.month == 2:
        return f"winter {last.year - 1}-{last.year}"
    return f"{_SEASONS[last.month]} {last.year}"


_PRINT: dict[Precision, Callable[[date], str]] = {
    Precision.DAY: long_date,
    Precision.MONTH: lambda last: f"{month_name(last.month)} {last.year}",
    Precision.QUARTER: lambda last: f"{last.month // 3}e kwartaal {last.year}",
    Precision.SEASON: _winter_or_season,
    Precision.HALF_YEAR: lambda last: f"{last.month // 6}e helft {last.year}",
    Precision.YEAR: lambda last: str(last.year),
    Precision.BEGIN: lambda last: f"begin {last.year}",
    Precision.MID: lambda last: f"medio {last.year}",
    Precision.END: lambda last: f"eind {last.year}",
}


# --- reading -------------------------------------------------------------------------------------------

_SHORT = {"mrt": 3, "sept": 9, **{name[:3]: n for n, name in enumerate(MONTHS, 1) if name != "maart"}}
_MONTH_NUMBERS = {**_SHORT, **{name: n for n, name in enumerate(MONTHS, 1)}}
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_Y = r"(?P<year>\d{4})"
_M = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_N = rf"(?P<n>[1-4]|{'|'.join(_ORDINALS)})(?:e|ste|de)?"


def _whole(match: re.Match[str]) -> dict[str, int | str]:
    """The parts of a match, numbers as numbers, the year within what can be meant."""
    parts = {k: int(v) if v.isdecimal() else v for k, v in match.groupdict().items() if v is not None}
    if parts["year"] not in YEARS:
        raise ValueError(f"Het jaar {parts['year']} ligt niet tussen {YEARS[0]} en {YEARS[-1]}.")
    return parts


def _not_understood(text: str) -> str:
    return (
        f"“{text.strip()}” begrijpen we niet als datum. "
        "Typ bijvoorbeeld 24-11-2022, mei 2024, najaar 2024, medio 2025 of 2025."
    )


def _read_day(year: int, month: int | str, day: int) -> PartialDate:
    try:
        return PartialDate.day(date(year, _month_number(month), day))
    except ValueError:
        raise ValueError(f"De dag {day}-{_month_number(month)}-{year} bestaat niet.") from None


def _month_number(month: int | str) -> int:
    return _MONTH_NUMBERS[month] if isinstance(month, str) else month


def _ordinal(n: int | str) -> int:
    return _ORDINALS[n] if isinstance(n, str) else n


def _read_season(year: int, name: str, until: int | None = None) -> PartialDate:
    if until is not None and (name != "winter" or until % 100 != (year + 1) % 100):
        raise ValueError(f"Een {name} loopt niet van {year} tot {until}.")
    return PartialDate.season(year, name)


_FORMS: list[tuple[re.Pattern[str], Callable[..., PartialDate]]] = [
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (rf"{_Y}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})", _read_day),
        (rf"(?P<day>\d{{1,2}})([-/.])(?P<month>\d{{1,2}})\2{_Y}", _read_day),
        (rf"(?P<day>\d{{1,2}})[ -]{_M}[ -]{_Y}", _read_day),
        (rf"{_M}[ -]{_Y}", lambda year, month: PartialDate.month(year, _month_number(month))),
        (rf"{_Y}-(?P<month>\d{{2}})", PartialDate.month),
        (rf"(?P<month>\d{{1,2}})[-/]{_Y}", PartialDate.month),
        (rf"{_N} kwartaal (?:van )?{_Y}", lambda year, n: PartialDate.quarter(year, _ordinal(n))),
        (rf"[qk](?P<quarter>[1-4])[ -]{_Y}", PartialDate.quarter),
        (rf"{_Y}[ -][qk](?P<quarter>[1-4])", PartialDate.quarter),
        (rf"(?P<name>{'|'.join(_SEASON_ENDS)}) {_Y}(?:[-/](?P<until>\d{{4}}|\d\d))?", _read_season),
        (
            rf"{_N} (?:helft|halfjaar|half jaar) (?:van )?{_Y}",
            lambda year, n: PartialDate.half_year(year, _ordinal(n)),
        ),
        (rf"begin (?:van )?{_Y}", PartialDate.begin),
        (rf"(?:medio|midden|halverwege) (?:van )?{_Y}", PartialDate.mid),
        (rf"einde? (?:van )?{_Y}", PartialDate.end),
        (_Y, PartialDate.year),
    )
]
