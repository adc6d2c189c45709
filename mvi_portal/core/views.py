"""The pages that make the idea visible, every figure with its definition; and the accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mvi_portal.core import charts, exports, reference
from mvi_portal.core.contributions import Counted, counted_rows
from mvi_portal.core.dates import Step, long_date, reference_dates
from mvi_portal.core.figures import Figure, FigureValue, UnknownFigure, registry
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep, qualified
from mvi_portal.core.workbooks import Column as Heading
from mvi_portal.core.workbooks import Page

YEARS = 5
TWIN = "De waarden bij de grafiek"
REVIEWED_ON = date(2026, 11, 26)  # when what the page on accessibility says was last held to the portal
HEADER = (
    Heading("sleutel", "De vaste naam van het cijfer.", derived=True),
    Heading("cijfer", "Hoe het cijfer heet.", derived=True),
    Heading("hoofdlijn", "De lijn van het plan: A, B, C of D.", derived=True),
    Heading("eenheid", "Wat er geteld wordt.", derived=True),
    Heading("waarde", "De waarde op de peildatum, precies.", derived=True),
    Heading("zoals afgedrukt", "Met “minstens” of “zo'n” als het register niet volledig is.", derived=True),
    Heading("let op", "Waarom het register niet volledig is.", derived=True),
    Heading("definitie", "Wat er precies meetelt.", derived=True),
    Heading("demo", "ja: er zijn verzonnen feiten meegeteld.", derived=True),
)
COUNTED = (
    Heading("sleutel", "De code of sleutel van wat meetelt.", derived=True),
    Heading("naam", "De naam op de peildatum.", derived=True),
    Heading("demo", "ja: verzonnen voor de demonstratie.", derived=True),
)
ROW_COLUMNS = (Column("label", "Naam"), Column("key", "Code"))


@dataclass(frozen=True)
class Told:
    """A figure with how it went: a bare line, and the same as a chart with its table."""

    value: FigureValue
    trend: SafeString | str = ""
    chart: SafeString | str = ""
    twin: SafeString | str = ""


@require_safe
def definition_list(request: HttpRequest) -> HttpResponse:
    """All figures on the reference date with five years of each, by line of the plan."""
    asked = reference.of(request)
    told = [_told(value, points) for value, points in registry.over(_days(asked.day)).values()]
    context = {
        "lines": [
            (line, list(items)) for line, items in groupby(told, key=lambda item: item.value.figure.line)
        ],
        "has_demo": any(item.value.is_demo for item in told),
        "exports": exports.links(keep(request, reverse("core:definition-export"))),
    }
    return render(request, "core/definition_list.html", context, status=400 if asked.error else 200)


@require_safe
def definition_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The same figures as a file."""
    on = reference.on_of(request)
    rows = [_cells(value) for value in registry.collect(on).values()]
    page = Page("Cijfers", HEADER, rows, lambda _count: [f"Stand op {long_date(on)}."])
    return exports.file_answer(f"cijfers-{on.isoformat()}", exports.form_of(request), page)


@require_safe
def definition_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: its definition, its value, five years of it, and what it counts."""
    on, item = reference.on_of(request), _figure(key)
    value, rows = item.at(on), _counted(item, on, request)
    chart = _chart(item, tuple(item.series(_days(on))))
    context = {
        "value": value,
        "chart": chart and charts.svg(chart, name="verloop"),
        "twin": chart and charts.table(chart, caption=TWIN),
        "rows": _table(rows, on, request),
        "is_partial": len(rows) < value.value,
        "exports": exports.links(keep(request, reverse("core:definition-rows", args=[key]))),
        "crumbs": [("Definities", keep(request, reverse("core:definition-list"))), (item.label, "")],
    }
    return render(request, "core/definition_detail.html", context)


@require_safe
def definition_rows(request: HttpRequest, key: str) -> HttpResponse | FileResponse:
    """What a figure counts, as a file."""
    on, item = reference.on_of(request), _figure(key)
    rows = [(row.key, row.label, row.is_demo) for row in _counted(item, on, request)]
    page = Page("Wat meetelt", COUNTED, rows, lambda _count: [f"{item.label}, stand op {long_date(on)}."])
    return exports.file_answer(f"{key}-{on.isoformat()}", exports.form_of(request), page)


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and where to say that something does not. Public by law.

    The status stands in the official statement, that whoever runs the portal draws up: no code can know it.
    """
    context = {
        "contact": settings.ACCESSIBILITY_CONTACT,
        "statement": settings.ACCESSIBILITY_STATEMENT,
        "reviewed_on": REVIEWED_ON,
    }
    return render(request, "core/accessibility.html", context)


@require_safe
@login_not_required
@cache_control(public=True, max_age=86400)
def favicon(_request: HttpRequest) -> HttpResponse:
    """What a browser asks for beside a file that names no icon, as a PDF does."""
    return redirect(static("icons/mark.svg"))


def _figure(key: str) -> Figure:
    try:
        return registry.get(key)
    except UnknownFigure as error:
        raise Http404(str(error)) from error


def _cells(value: FigureValue) -> tuple[object, ...]:
    item = value.figure
    told = (qualified(value), value.completeness.note, item.definition, value.is_demo)
    return (item.key, item.label, item.line, item.unit.many, value.value, *told)


def _counted(item: Figure, on: date, request: HttpRequest) -> list[Counted]:
    """What the reader may see of it, by name."""
    source = counted_rows.get(item.key.partition(".")[0])
    found = source(item, on, request.user) if source else []
    return sorted(found, key=lambda row: (row.label.casefold(), row.key))


def _days(on: date) -> list[date]:
    """The last five years and what has passed of this one, in halves."""
    return reference_dates(date(on.year - YEARS - 1, 12, 31), on, Step.HALF_YEAR)


def _told(value: FigureValue, points: tuple[charts.Point, ...]) -> Told:
    chart = _chart(value.figure, points)
    if chart is None:
        return Told(value)
    drawn = charts.svg(chart, name=f"verloop-{value.figure.key.replace('.', '-')}")
    return Told(value, charts.spark(points), drawn, charts.table(chart, caption=TWIN))


def _chart(item: Figure, points: tuple[charts.Point, ...]) -> charts.Chart | None:
    """None while nothing counted."""
    if not any(value for _day, value in points):
        return None
    return charts.Chart(item.label, item.unit.many, points)


def _table(rows: list[Counted], on: date, request: HttpRequest) -> Table:
    shown = [Row([_name(row, request), Cell(row.key)]) for row in rows]
    empty = "Op deze peildatum is er niets dat meetelt en dat u mag zien."
    return Table(f"Wat meetelt op {long_date(on)}", ROW_COLUMNS, shown, empty)


def _name(row: Counted, request: HttpRequest) -> Cell:
    href = keep(request, row.href) if row.href else ""
    return Cell(row.label, href, "demo" if row.is_demo else "", "warn")
