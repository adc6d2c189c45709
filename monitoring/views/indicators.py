"""What is measured, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import incoming, measured
from monitoring.cited import known
from monitoring.filters import IndicatorFilter
from monitoring.models import Indicator, Measurement
from monitoring.overview import line_href
from monitoring.views import nouns
from monitoring.views.keeping import adding, keeping
from monitoring.views.lists import RoomList, crumbs
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core import charts, exports
from mvi_portal.core.below import BelowExport
from mvi_portal.core.citing import citation_cell
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep

METHOD_COLUMNS = (Column("version", "Versie"), Column("from", "Voor perioden vanaf"), Column("text", "Hoe"))
TARGET_COLUMNS = (
    Column("due", "Te bereiken"),
    Column("value", "Streefwaarde", numeric=True),
    Column("citation", "Vindplaats"),
)


class IndicatorList(RoomList):
    template = "monitoring/indicator_list.html"
    noun = "Indicatoren"
    filters = IndicatorFilter
    columns = (
        Column("name", "Indicator", sort="naam"),
        Column("value", "Laatste waarde", numeric=True),
        Column("unit", "Eenheid", sort="eenheid"),
        Column("period", "Periode"),
        Column("basis", "Grondslag", sort="grondslag"),
    )
    sorts = {"naam": "name", "eenheid": "unit", "grondslag": "basis"}
    default_sort = "naam"
    then = ("slug",)
    empty = "Geen indicatoren gevonden. Zoek op een ander woord, of wis de filters."
    header = (
        "sleutel",
        "naam",
        "lijn",
        "eenheid",
        "laatste waarde",
        "periode",
        "grondslag",
        "definitie",
        "demo",
    )
    export = "monitoring:indicator-export"
    meanings = {
        "eenheid": "Waarin de waarde is uitgedrukt.",
        "laatste waarde": "De laatste waarde op de peildatum.",
        "periode": "Waarover die waarde gaat.",
        "grondslag": "Per jaar, of over de looptijd van contracten: die tellen we nooit op.",
        "definitie": "Wat er gemeten wordt.",
    }
    values: measured.LastValues

    def rows(self) -> QuerySet[Indicator]:
        """Only the export tells the line."""
        visible = Indicator.objects.visible_to(reader(self.request), on=self.today)
        return visible.select_related("line__frame") if self.as_csv else visible

    def paged(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """There are never so many that their keys are better found first."""
        return found

    def prepare(self, items: Sequence[Any]) -> None:
        self.values = measured.told(items, self.on)

    def extra(self) -> dict[str, Any]:
        query = self.request.GET.urlencode()
        address = f"{reverse('monitoring:measurement-export')}{'?' if query else ''}{query}"
        keeps = may(reader(self.request), Action.KEEP_REGISTER)
        return {
            **super().extra(),
            **adding(self.request, nouns.INDICATOR),
            "value_files": exports.links(address),
            "import_url": reverse("imports:import-new", args=[incoming.NAME]) if keeps else "",
        }

    def row(self, item: Any) -> Row:
        return Row(measured.indicator_cells(item, self.values, self.request))

    def cells(self, item: Any) -> list[object]:
        value, moment = self.values[item.pk]
        return [
            item.slug,
            item.name,
            item.line,
            item.unit,
            value,
            moment,
            item.get_basis_display(),
            item.definition,
            item.is_demo,
        ]


class ValueExport(BelowExport, IndicatorList):
    """The values of the indicators: all of them for who keeps them, else those known on the day."""

    title, below_columns = incoming.TITLE, incoming.COLUMNS

    def below(self, above: QuerySet[Any]) -> QuerySet[Any]:
        keeps = may(reader(self.request), Action.KEEP_REGISTER)
        rows = Measurement.objects.all() if keeps else Measurement.objects.filter(measured.known_by(self.on))
        found = rows.filter(method__indicator__in=above).select_related("method__indicator")
        return found.order_by("method__indicator__name", "method__version", "period_from", "pk")

    def below_cells(self, item: Any) -> list[object]:
        return incoming.cells(item)


@require_safe
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = on_of(request)
    visible = Indicator.objects.visible_to(reader(request), on=timezone.localdate())
    indicator = get_object_or_404(visible.select_related("line__frame"), slug=slug)
    values = measured.values_of(indicator, on)
    chart = measured.chart_of(indicator, values, on)
    context = {
        "indicator": indicator,
        "on": on,
        **keeping(request, nouns.INDICATOR, indicator),
        "told": measured.told([indicator], on)[indicator.pk],
        "facts": _facts(indicator, request),
        "chart": chart and charts.svg(chart, name="verloop"),
        "twin": chart and charts.table(chart, caption="De waarden bij de grafiek"),
        "values": None if indicator.figure_key else _values(indicator, values, request),
        "new_value_url": keep(request, reverse("monitoring:measurement-new", args=[indicator.slug])),
        "methods": _methods(indicator),
        "targets": _targets(indicator),
        "crumbs": crumbs(request, ("Indicatoren", "monitoring:indicator-list"), (indicator.name, "")),
    }
    return render(request, "monitoring/indicator_detail.html", context)


def _values(indicator: Indicator, values: Sequence[Measurement], request: HttpRequest) -> Table:
    """With the way to change one, for who may."""
    keeps = may(reader(request), Action.KEEP_REGISTER)

    def edit(value: Measurement) -> str:
        address = reverse("monitoring:measurement-edit", args=[indicator.slug, value.pk])
        return keep(request, address) if keeps else ""

    return measured.values_table(values, on_of(request), edit)


def _facts(indicator: Indicator, request: HttpRequest) -> list[tuple[str, object, str]]:
    line, key = indicator.line, indicator.figure_key
    figure = keep(request, reverse("core:definition-detail", args=[key])) if key and key in registry else ""
    return known(
        ("Eenheid", indicator.unit, ""),
        ("Grondslag", indicator.get_basis_display(), ""),
        ("Richting", indicator.get_direction_display(), ""),
        ("Lijn", f"{line} ({line.frame.name})" if line else "", line_href(line, request) if line else ""),
        ("Cijfer van het register", key, figure),
        ("Bron", indicator.source, ""),
    )


def _methods(indicator: Indicator) -> Table:
    rows = [
        Row(
            [
                Cell(item.version, tag="reeksbreuk" if item.breaks_series else "", tone="warn"),
                Cell(long_date(item.valid_from) if item.valid_from else "het begin"),
                Cell(item.description),
            ]
        )
        for item in indicator.methods.order_by("version")
    ]
    return Table("Versies van de methode", METHOD_COLUMNS, rows, "Er is geen methode vastgelegd.")


def _targets(indicator: Indicator) -> Table:
    rows = [
        Row(
            [
                Cell(item.due_on),
                Cell(number(measured.trimmed(item.value))),
                citation_cell(item.citation),
            ]
        )
        for item in indicator.targets.order_by("due_on")
    ]
    return Table("Streefwaarden", TARGET_COLUMNS, rows, "Er is geen streefwaarde vastgelegd.")
