"""The nodes in prose as printed HTML, from frozen figures only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from mvi_portal.core import charts, citations, prose
from mvi_portal.core.dates import long_date
from mvi_portal.core.printing import tables
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.wording import MARK, NotPrintable, capitalised, phrase

_NOTE = '<span class="footnote">'
_BLOCK_END = re.compile(r"</(?:p|li|h3|h4|td|th|caption|blockquote)>")
_SPACE_BEFORE_NOTE = re.compile(rf"\s+(?={_NOTE})")
_NOTES_TOGETHER = re.compile(rf"</span>(?={_NOTE})")


class Printer:
    """Prints the prose of one document; collects what cannot be printed in `problems`, in Dutch.

    `on` is the reference date of the figures, `since` the day that they are compared with; `document` is
    what the text calls itself.
    """

    def __init__(
        self,
        figures: Mapping[str, FrozenFigure],
        *,
        on: date,
        since: date | None = None,
        document: str = "deze brief",
    ) -> None:
        self.problems: list[str] = []
        self.used: dict[str, FrozenFigure] = {}
        self._figures, self._on, self._since = figures, on, since
        self._document = document
        self._where = ""
        self._charts = 0
        self._dated = False

    def passage(self, html: str, *, where: str) -> SafeString:
        """The text with every node resolved; `where` names the section in what goes wrong.

        Safe: prose.render lets nothing of the text's own through but its grammar, and what this class adds is
        escaped where it is made.
        """
        self._where = where
        try:
            printed = prose.render(html, self._print)
        except prose.ProseError as error:
            self._complain(error)
            return SafeString()
        printed = _SPACE_BEFORE_NOTE.sub("", capitalised(self._date_first_figure(printed)))
        return SafeString(_NOTES_TOGETHER.sub("</span><sup>,</sup>", printed))

    def _complain(self, error: ValueError) -> None:
        self.problems.append(f"In '{self._where}': {error}")

    def _print(self, node: prose.Node) -> str:
        """The HTML for a node; nothing, and a problem, when it cannot be printed."""
        try:
            match node:
                case prose.FigureNode():
                    return MARK + escape(phrase(self._known(node.key), node.form))
                case prose.CitationNode():
                    return _citation(node)
                case prose.FootnoteNode():
                    return _note(node.html)
                case prose.TableNode():
                    figures = [self._known(key) for key in node.keys]
                    return tables.of_figures(figures, on=self._on, since=self._since, title=node.title)
                case prose.ChartNode():
                    return self._chart(node)
        except ValueError as error:
            self._complain(error)
            return ""

    def _known(self, key: str) -> FrozenFigure:
        figure = self._figures.get(key)
        if figure is None:
            raise NotPrintable(f"Het cijfer '{key}' bestaat niet.")
        return self.used.setdefault(key, figure)

    def _chart(self, node: prose.ChartNode) -> str:
        figure = self._known(node.key)
        points = tuple(point for point in figure.series if node.since is None or point[0] >= node.since)
        if len(points) < charts.FEWEST:
            raise NotPrintable(
                f"Van het cijfer '{figure.key}' zijn te weinig peildata bekend voor een grafiek."
            )
        self._charts += 1
        chart = charts.Chart(node.title or figure.label, figure.unit.many, charts.thinned(points))
        return format_html(
            '<div class="picture"><p class="picture-title">{}</p><div>{}{}</div></div>',
            *(chart.title, charts.svg(chart, name=f"grafiek-{self._charts}"), charts.table(chart)),
        )

    def _date_first_figure(self, printed: str) -> str:
        """Say once, behind the first paragraph with a figure, on which day all figures hold."""
        first = -1 if self._dated else printed.find(MARK)
        end = _BLOCK_END.search(printed, first) if first >= 0 else None
        if end is None:
            return printed
        self._dated = True
        note = _note(f"Alle aantallen in {self._document} gelden op de peildatum {long_date(self._on)}.")
        return printed[: end.start()] + note + printed[end.start() :]


def _citation(node: prose.CitationNode) -> str:
    citation = citations.parse(node.ref)
    link = format_html('<a href="{}">{}</a>', citation.url, str(citation))
    return link if node.in_footnote else _note(link)


def _note(html: str) -> str:
    return f"{_NOTE}{html}</span>"
