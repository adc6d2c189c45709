"""Figures as documents stated them, beside what the register says for the same day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.models import PublishedFigure, Qualifier
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell
from mvi_portal.core.told import Told, told_on

ABOUT_WITHIN = 10  # per cent: how far "zo'n" may be off
SAME, FITS, DIFFERS = "gelijk", "past erbij", "wijkt af"


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
    """By primary key; one query for all figures and days."""
    stated = list(rows)
    known = (row for row in stated if row.figure_key in registry)
    told = told_on((registry.get(row.figure_key), row.refers_on.last_day) for row in known)
    return {row.pk: _compared(row, told.get((row.figure_key, row.refers_on.last_day))) for row in stated}


def _compared(row: PublishedFigure, told: Told | None) -> Compared:
    if told is None:
        return Compared(row.figure_key, row, None)
    return Compared(registry.get(row.figure_key).label, row, told.value, told.is_demo)
