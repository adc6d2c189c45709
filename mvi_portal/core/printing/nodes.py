"""The nodes in prose as printed HTML, from frozen figures only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from mvi_portal.core import charts, citations, prose
from mvi_portal.core.dates import long_date
from mvi_portal.core.printing import tables
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenSeries
from mvi_portal.core.printing.wording import MARK, NotPrintable, capitalised, phrase

NO_SERIES = "is hier geen reeks om te tekenen."
_OTHERWISE = " (anders gemeten dan daarvoor)"
_NOTE = '<span class="footnote">'
_NUMBER = '<data value="{}">{}</data>'  # stands for a link; the text's own grammar has no such element
_TAGS = re.compile(r'(?P<link></?a\b[^>]*>)|<data value="(?P<href>[^"]*)">|</data>')
_BLOCK_END = re.compile(r"</(?:p|li|h3|h4|td|th|caption|blockquote)>")
_SPACE_BEFORE_NOTE = re.compile(rf"\s+(?={_NOTE})")
_NOTES_TOGETHER = re.compile(rf"</span>(?={_NOTE})")


class Printer:
    """Prints the prose of one document; collects what cannot be printed in `problems`, in Dutch.

    With `is_dated` an earlier part of the document has said on which day all figures hold.
    `on` is the reference date of the figures, `since` the day that they are compared with; `document` is
    what the text calls itself. `link` tells, by a figure's key, where a reader on a screen is told of it.
    `series` holds the indicators that can be drawn.
    """

    def __init__(
        self,
        figures: Mapping[str, FrozenFigure],
        *,
        on: date,
        since: date | None = None,
        document: str = "deze brief",
        link: Callable[[str], str] | None = None,
        is_dated: bool = False,
        series: Mapping[str, FrozenSeries] | None = None,
    ) -> None:
        self.problems: list[str] = []
        self.used: dict[str, FrozenFigure] = {}
        self._figures, self._on, self._since = figures, on, since
        self._series = series or {}
        self._document, self._link = document, link
        self._where = ""
        self._charts = 0
        self._dated = is_dated

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
        printed = _SPACE_BEFORE_NOTE.sub("", capitalised(self._date_first_figure(_linked(printed))))
        return SafeString(_NOTES_TOGETHER.sub("</span><sup>,</sup>", printed))

    def _complain(self, error: ValueError) -> None:
        self.problems.append(f"In '{self._where}': {error}")

    def _print(self, node: prose.Node) -> str:
        """The HTML for a node; nothing, and a problem, when it cannot be printed."""
        try:
            match node:
                case prose.FigureNode():
                    return self._opened(node.key, MARK + escape(phrase(self._known(node.key), node.form)))
                case prose.CitationNode():
                    return _citation(node)
                case prose.FootnoteNode():
                    return _note(node.html)
                case prose.TableNode():
                    figures = [self._known(key) for key in node.keys]
                    return tables.of_figures(
                        figures, on=self._on, since=self._since, title=node.title, link=self._link
                    )
                case prose.ChartNode():
                    return self._chart(node)
        except ValueError as error:
            self._complain(error)
            return ""

    def _opened(self, key: str, said: str) -> str:
        """The figure as a way to its definition, where there is one."""
        return format_html(_NUMBER, self._link(key), SafeString(said)) if self._link else said

    def _known(self, key: str) -> FrozenFigure:
        figure = self._figures.get(key)
        if figure is None:
            raise NotPrintable(f"Het cijfer '{key}' bestaat niet.")
        return self.used.setdefault(key, figure)

    def _chart(self, node: prose.ChartNode) -> str:
        if node.key.startswith(prose.INDICATOR):
            return self._measured(node)
        figure = self._known(node.key)
        points = tuple(point for point in figure.series if node.since is None or point[0] >= node.since)
        if len(points) < charts.FEWEST:
            raise NotPrintable(
                f"Van het cijfer '{figure.key}' zijn te weinig peildata bekend voor een grafiek."
            )
        chart = charts.Chart(node.title or figure.label, figure.unit.many, charts.thinned(points))
        return self._drawn(chart, charts.table(chart))

    def _measured(self, node: prose.ChartNode) -> str:
        """An indicator: the table tells period, value and source, and on which day that was known."""
        series = self._series.get(node.key)
        if series is None:
            name = node.key.removeprefix(prose.INDICATOR)
            raise NotPrintable(f"Van de indicator '{name}' {NO_SERIES}")
        shown = series.after(node.since)
        if len(shown) < charts.FEWEST:
            raise NotPrintable(f"Van '{series.label}' zijn te weinig waarden bekend voor een grafiek.")
        points = tuple((day, _number(text)) for day, text in (series.points[place] for place in shown))
        breaks = tuple(day for day in series.breaks if day > points[0][0])
        chart = charts.Chart(node.title or series.label, series.unit, points, breaks)
        return self._drawn(chart, _twin(series, shown, breaks, self._on), "picture measured")

    def _drawn(self, chart: charts.Chart, twin: str, kind: str = "picture") -> str:
        self._charts += 1
        return format_html(
            '<div class="{}"><p class="picture-title">{}</p><div>{}{}</div></div>',
            *(kind, chart.title, charts.svg(chart, name=f"grafiek-{self._charts}"), twin),
        )

    def _date_first_figure(self, printed: str) -> str:
        """Say once, behind the first paragraph with a figure, on which day all figures hold."""
        first = -1 if self._dated else printed.find(MARK)
        end = _BLOCK_END.search(printed, first) if first >= 0 else None
        if end is None:
            return printed
        self._dated = True
        return printed[: end.start()] + _note(self.dating) + printed[end.start() :]

    @property
    def dating(self) -> str:
        """What the note says that the portal itself adds behind the first figure."""
        return f"Alle aantallen in {self._document} gelden op de peildatum {long_date(self._on)}."


def _linked(printed: str) -> str:
    """Figures become links, but for those that stand in another link: a link cannot hold one."""
    depth = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal depth
        if match["link"]:
            depth += -1 if match["link"].startswith("</") else 1
            return match[0]
        if depth:
            return ""
        return f'<a class="mvi-number" href="{match["href"]}">' if match["href"] else "</a>"

    return _TAGS.sub(tag, printed)


def _number(text: str) -> int | Decimal:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value


def _twin(series: FrozenSeries, shown: tuple[int, ...], breaks: tuple[date, ...], on: date) -> SafeString:
    """The values as their sources state them."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}{}</th><td class="number">{}</td><td>{}</td></tr>',
        (
            (period, _OTHERWISE if series.points[place][0] in breaks else "", value, source)
            for place in shown
            for period, value, source in [series.values[place]]
        ),
    )
    return format_html(
        '<table class="twin"><caption>Waarden die op {} bekend waren</caption><thead><tr>'
        '<th scope="col">Periode</th><th scope="col" class="number">{}</th><th scope="col">Bron</th>'
        "</tr></thead><tbody>{}</tbody></table>",
        *(long_date(on), capfirst(series.unit), rows),
    )


def _citation(node: prose.CitationNode) -> str:
    citation = citations.parse(node.ref)
    link = format_html('<a href="{}">{}</a>', citation.url, str(citation))
    return link if node.in_footnote else _note(link)


def _note(html: str) -> str:
    return f"{_NOTE}{html}</span>"
