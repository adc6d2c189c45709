"""Figures as documents stated them, beside what the register says for the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from monitoring.models import PublishedFigure, Qualifier
from mvi_portal.core.figures import made_up_on, registry
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell

ABOUT_WITHIN = 10  # per cent: how far "zo'n" may be off
SAME, FITS, DIFFERS = "gelijk", "past erbij", "verschil"


@dataclass(frozen=True)
class Compared:
    """One statement: `register` is None when the register has no such figure any more."""

    label: str
    stated: PublishedFigure
    register: int | None
    is_demo: bool = False  # whether the register counts what is made up on that day

    @property
    def difference(self) -> int | None:
        return None if self.register is None else self.register - self.stated.value

    @property
    def verdict(self) -> str:
        """Whether the statement, as precise as it is worded, is true of the register."""
        if self.register is None:
            return ""
        if not self.difference:
            return SAME
        return FITS if self._fits(self.register) else DIFFERS

    @property
    def is_unexplained(self) -> bool:
        return self.verdict == DIFFERS and not self.stated.remark

    def _fits(self, register: int) -> bool:
        value = self.stated.value
        if self.stated.qualifier == Qualifier.AT_LEAST:
            return register >= value
        off = abs(register - value) * 100
        return self.stated.qualifier == Qualifier.ABOUT and off <= ABOUT_WITHIN * value

    @property
    def cells(self) -> list[Cell]:
        """The register's value, and the difference with its tag."""
        if self.register is None or self.difference is None:
            return [Cell("het register heeft dit cijfer niet meer"), Cell("")]
        tone = {SAME: "good", FITS: "good", DIFFERS: "warn"}[self.verdict]
        told = (
            f"{'+' if self.difference > 0 else '−'}{number(abs(self.difference))}" if self.difference else ""
        )
        mark = "demo" if self.is_demo else ""
        return [Cell(number(self.register), "", mark, "warn"), Cell(told, tag=self.verdict, tone=tone)]


def compare(rows: Iterable[PublishedFigure]) -> dict[int, Compared]:
    """By primary key; one query for each figure, however often it was stated, and one for what is made up."""
    stated = list(rows)
    days: dict[str, set[date]] = defaultdict(set)
    for row in stated:
        if row.figure_key in registry:
            days[row.figure_key].add(row.refers_on.last_day)
    values = {key: dict(registry.get(key).series(asked)) for key, asked in days.items()}
    demo = made_up_on((registry.get(key), day) for key, asked in days.items() for day in asked)
    return {row.pk: _compared(row, values.get(row.figure_key), demo) for row in stated}


def _compared(row: PublishedFigure, values: dict[date, int] | None, demo: set[tuple[str, date]]) -> Compared:
    label = registry.get(row.figure_key).label if row.figure_key in registry else row.figure_key
    day = row.refers_on.last_day
    return Compared(label, row, values[day] if values else None, (row.figure_key, day) in demo)
