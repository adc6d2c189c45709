"""What the text of a letter asks of the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mvi_portal.core import prose
from mvi_portal.core.prose import Form
from reports.models import Written


@dataclass(frozen=True)
class Demand:
    """One figure in one place. In a table or a chart it has no form."""

    where: str  # the section as a reader knows it
    key: str
    form: Form | None = None
    is_chart: bool = False
    chart_from: date | None = None

    @property
    def is_series(self) -> bool:
        """A chart of an indicator, and not of a figure."""
        return self.is_chart and self.key.startswith(prose.INDICATOR)

    @property
    def compares(self) -> bool:
        """Whether it says something of the time since the previous letter."""
        return self.form in {Form.CHANGE, Form.TREND}


def demands_of(sections: Iterable[Written]) -> tuple[list[Demand], list[str]]:
    """In the order of the text, and the problems of what in it cannot be read."""
    demands: list[Demand] = []
    problems: list[str] = []
    for section in sections:
        try:
            demands += _demands(section)
        except prose.ProseError as error:
            problems.append(f"In de sectie '{section}': {error}")
    return demands, problems


def _demands(section: Written) -> Iterator[Demand]:
    where = str(section)
    for node in prose.nodes(section.text):
        match node:
            case prose.FigureNode():
                yield Demand(where, node.key, node.form)
            case prose.TableNode():
                yield from (Demand(where, key) for key in node.keys)
            case prose.ChartNode():
                yield Demand(where, node.key, is_chart=True, chart_from=node.since)
