"""The annual progress report as HTML, from what was frozen: no query, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mvi_portal.core import charts, prose, spreads
from mvi_portal.core.dates import long_date
from mvi_portal.core.printing import house, tables
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenTable
from mvi_portal.core.printing.nodes import Printer
from reports.frozen import FrozenLetter
from reports.papers import counting
from reports.papers.frozen import Sheet, chart_of, lines, sheets
from reports.parcel.plan import Snapshot

_DRAWN = re.compile(r"<(mvi-table|mvi-chart)\b[^>]*></\1>")


@dataclass(frozen=True)
class Chapter:
    """A part of the report: its heading, the name that the list of contents leads to, and its parts."""

    name: str
    title: str
    html: SafeString


class Report:
    """All that the template asks for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.letter = snapshot, snapshot.letter
        self.printer = Printer(
            self.letter.figures,
            on=self.letter.reference_date,
            since=self.letter.since,
            document="dit verslag",
            series=self.letter.series,
        )
        self.charts = 0
        self.sheets = sheets(snapshot)
        self.chapters = list(self._chapters())

    @property
    def title(self) -> str:
        return f"Jaarlijks voortgangsverslag, stand op {long_date(self.letter.reference_date)}"

    @property
    def head(self) -> house.Head:
        demo = self.letter.is_demo
        notice = f"{house.DEMO}: een deel van de organisaties en de aantallen in dit verslag is verzonnen."
        name = self.letter.sender.organisation.name_with_kind
        return house.Head(
            sender=name[:1].upper() + name[1:],
            title=self.title,
            dated=self.letter.dated,
            addressee=(),
            marks=(house.CONCEPT,) * self.letter.is_concept + (house.DEMO,) * demo,
            notices=(notice,) * demo,
            logo=house.logo(),
            marking=self.letter.marking,
        )

    @property
    def lead(self) -> str:
        return (
            f"Dit verslag hoort bij de brief “{self.letter.title}”. Het gaat over het "
            f"{self.letter.plan}. Per hoofdlijn leest u wat er is gebeurd, met de cijfers en metingen erbij. "
            "Daarna ziet u hoe het staat met de plannen van de ondertekenaars. Alle cijfers gelden op "
            f"{long_date(self.letter.reference_date)}."
        )

    def _chapters(self) -> Iterator[Chapter]:
        yield Chapter("in-het-kort", "In het kort", self._brief())
        for line in lines(self.snapshot):
            title = f"{line['code']}. {line['title']}"
            yield Chapter(f"lijn-{line['code'].lower()}", title, self._line(line))
        if members := self.sheets.get("ondertekenaars"):
            yield Chapter("plannen", "Plannen en evaluaties per soort organisatie", self._kinds(members))
        if found := self.sheets.get("buyer-groups"):
            yield Chapter("buyer-groups", "Buyer groups per sector", self._groups(found))
        yield Chapter("verantwoording", "Verantwoording van de cijfers", self._account())

    def _brief(self) -> SafeString:
        figures = list(self.letter.figures.values())
        return format_html("<p>{}</p>{}", self._basis(), self._of_figures(figures, "Alle cijfers"))

    def _basis(self) -> str:
        since = self.letter.since
        compared = f" Zij worden vergeleken met {long_date(since)}." if since else ""
        return f"De tabel geeft alle cijfers van het register.{compared}"

    def _of_figures(self, figures: Sequence[FrozenFigure], title: str) -> SafeString:
        """Those that have an earlier value beside it, and those that have none, in a table of their own."""
        groups = [
            [item for item in figures if item.previous is not None],
            [item for item in figures if item.previous is None],
        ]
        titles = [title, f"{title}, zonder eerdere waarde" if groups[0] else title]
        return format_html_join(
            "",
            "{}",
            (
                (
                    tables.of_figures(
                        group, on=self.letter.reference_date, since=self.letter.since, title=told
                    ),
                )
                for group, told in zip(groups, titles, strict=True)
                if group
            ),
        )

    def _line(self, line: Mapping[str, Any]) -> SafeString:
        figures = [item for item in self.letter.figures.values() if item.line == line["code"]]
        return format_html_join(
            "",
            "{}",
            (
                (part,)
                for part in (
                    format_html('<p class="lead">{}</p>', line["aim"]) if line["aim"] else SafeString(),
                    self._told_in_letter(line),
                    *self._entries(line["entries"]),
                    self._numbers(figures, line),
                    *(self._indicator(item) for item in line["indicators"]),
                )
            ),
        )

    def _told_in_letter(self, line: Mapping[str, Any]) -> SafeString:
        """What the letter itself says of the line; its tables and charts are among those that follow."""
        found = next((item for item in self.letter.sections if item.code == line["code"]), None)
        if found is None:
            return SafeString()
        printed = self._passage(_DRAWN.sub("", found.html), where=found.title)
        return format_html("<h3>Wat er is gebeurd</h3>{}", printed)

    def _entries(self, entries: Sequence[Mapping[str, str]]) -> Iterator[SafeString]:
        if entries:
            yield format_html("<h3>{}</h3>", "Uit de organisaties")
        for entry in entries:
            yield format_html(
                "<h4>{}</h4>{}", entry["organisation"], self._passage(entry["html"], where="voortgang")
            )

    def _passage(self, html: str, *, where: str) -> SafeString:
        """With its figures; a text of which one cannot be printed is given without its nodes."""
        known = len(self.printer.problems)
        printed = self.printer.passage(html, where=where)
        if len(self.printer.problems) == known:
            return _lowered(printed)
        del self.printer.problems[known:]
        return format_html("<p>{}</p>", prose.plain_text(html))

    def _numbers(self, figures: Sequence[FrozenFigure], line: Mapping[str, Any]) -> SafeString:
        if not figures:
            return SafeString()
        found = (_history(item, line["series"].get(item.key, ())) for item in figures)
        drawn = format_html_join("", "{}", ((self._drawn(chart),) for chart in found))
        table = self._of_figures(figures, f"Cijfers van hoofdlijn {line['code']}")
        return format_html("<h3>Cijfers</h3>{}{}", table, drawn)

    def _indicator(self, indicator: Mapping[str, Any]) -> SafeString:
        """Measured elsewhere: with where each value comes from. Of the register: drawn with its figure."""
        if not indicator["values"]:
            return SafeString()
        chart = chart_of(indicator)
        header = ("Periode", f"Waarde ({indicator['unit']})", "Bron")
        rows = tuple(tuple(row) for row in indicator["values"])
        told = f"{indicator['definition']} Grondslag: {indicator['basis']}."
        return format_html(
            "<h3>{}</h3><p>{}</p>{}{}",
            indicator["name"],
            told,
            self._drawn(chart) if chart else "",
            tables.of_rows([FrozenTable(f"Metingen: {indicator['name']}", header, rows, (1,))]),
        )

    def _drawn(self, chart: charts.Chart | None) -> SafeString:
        if chart is None:
            return SafeString()
        self.charts += 1
        return format_html(
            '<div class="picture"><p class="picture-title">{}</p>{}{}</div>',
            chart.title,
            charts.svg(chart, name=f"verloop-{self.charts}"),
            charts.table(chart),
        )

    def _kinds(self, members: Sheet) -> SafeString:
        told = (
            "Een organisatie telt één keer, bij de verste stand van haar plan. Ingediend is ook een plan dat "
            "nog wordt geëvalueerd. Bij ‘nog geen plan’ kan de termijn nog lopen, uitstel zijn gemeld of de "
            "termijn zijn verstreken."
        )
        picture = counting.spread(members)
        drawn = (
            format_html(
                '<div class="picture">{}{}</div>',
                spreads.svg(picture, name="verdeling-soorten"),
                spreads.table(picture),
            )
            if picture.rows
            else ""
        )
        found = tables.of_rows([counting.per_kind(members), counting.stands(members)])
        lists = (
            "De lijst van alle ondertekenaars, actieplannen en evaluaties staat in het gegevensbestand bij "
            "dit verslag (ODS, XLSX en CSV)."
        )
        return format_html("<p>{}</p>{}{}<p>{}</p>", told, drawn, found, lists)

    def _groups(self, found: Sheet) -> SafeString:
        header = ("Buyer group", "Sector", "Begonnen", "Fase")
        columns = [found.column(name) for name in ("naam", "sector", "begonnen op", "fase")]
        rows = tuple(
            (name, sector, _day(day), phase or "niet bekend")
            for name, sector, day, phase in sorted(
                zip(*columns, strict=True), key=lambda row: (row[1], row[0])
            )
        )
        return tables.of_rows([counting.groups(found)]) + tables.of_rows(
            [FrozenTable("Alle buyer groups", header, rows)]
        )

    def _account(self) -> SafeString:
        told = (
            (item.label, f"{item.definition} {item.note}".strip()) for item in self.letter.figures.values()
        )
        return format_html(
            '<div class="account">{}</div>',
            format_html_join("", "<p><strong>{}.</strong> {}</p>", told),
        )


def to_html(snapshot: Snapshot) -> str:
    """The whole report."""
    report = Report(snapshot)
    return render_to_string(
        "reports/annual_report.html",
        {"report": report, "letter": report.letter, "dated": report.letter.dated},
    )


def figures_of(letter: FrozenLetter) -> dict[str, int]:
    """The report gives every figure of the letter."""
    return {key: item.value for key, item in letter.figures.items()}


def _history(figure: FrozenFigure, series: Sequence[Sequence[Any]]) -> charts.Chart | None:
    """The figure's own course, when it says something."""
    points = tuple((date.fromisoformat(day), int(value)) for day, value in series)
    if len(points) < charts.FEWEST or len({value for _day, value in points}) == 1:
        return None
    return charts.Chart(figure.label, figure.unit.many, points)


def _lowered(html: SafeString) -> SafeString:
    """Headings of a text one level down: it stands under a heading of the report."""
    return SafeString(
        html.replace("<h4", "<h5").replace("</h4", "</h5").replace("<h3", "<h4").replace("</h3", "</h4")
    )


def _day(value: Any) -> str:
    return long_date(value) if hasattr(value, "isoformat") else str(value or "niet bekend")
