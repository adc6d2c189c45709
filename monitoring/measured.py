"""What is measured: indicators, their values by the day, and how these run on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.db.models import Q
from django.http import HttpRequest

from monitoring.models import Indicator, Measurement, Qualifier
from mvi_portal.core import charts
from mvi_portal.core.addresses import address_of
from mvi_portal.core.dates import Step, long_date, reference_dates
from mvi_portal.core.figures import Figure, registry
from mvi_portal.core.numbers import number
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep, qualified
from mvi_portal.core.told import values_on

WORDS = {Qualifier.EXACT: "", Qualifier.AT_LEAST: "minstens ", Qualifier.ABOUT: "circa "}
NOTHING = ("nog geen waarde", "")
YEARS = 5
LastValues = Mapping[int, tuple[str, str]]  # by the key of the indicator: the value, and over which period
COLUMNS = (
    Column("name", "Indicator"),
    Column("value", "Laatste waarde", numeric=True),
    Column("unit", "Eenheid"),
    Column("period", "Periode"),
    Column("basis", "Grondslag"),
)
VALUE_COLUMNS = (
    Column("period", "Periode"),
    Column("value", "Waarde", numeric=True),
    Column("method", "Methode"),
    Column("population", "Waarnemingen"),
    Column("source", "Bron"),
    Column("published", "Gepubliceerd"),
)


def printed(value: Measurement) -> str:
    """As the source states it: "minstens 900"."""
    return WORDS[Qualifier(value.qualifier)] + number(trimmed(value.value))


def trimmed(value: Decimal) -> Decimal:
    """Without the zeros behind the comma."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def known_by(on: date) -> Q:
    """Published on or before the day; without a date of publication, over a period that had passed."""
    published = Q(published_on__isnull=False, published_on__lte=on)
    return published | Q(published_on__isnull=True, period_until__lte=on)


def latest(indicators: Iterable[Indicator], on: date) -> dict[int, Measurement]:
    """The last value of each indicator that was known on the day; one query."""
    known = Measurement.objects.filter(known_by(on), method__indicator__in=list(indicators))
    ordered = known.select_related("method").order_by("period_until", "method__version")
    return {value.method.indicator_id: value for value in ordered}


def told(indicators: Iterable[Indicator], on: date) -> LastValues:
    """Of each the last value that was known on the day, from the register or as measured."""
    rows = list(indicators)
    figures = values_on((row.figure_key for row in rows if row.figure_key in registry), on)
    values = latest((row for row in rows if row.figure_key not in figures), on)
    day = f"op {long_date(on)}"
    counted = {row.pk: (qualified(figures[row.figure_key]), day) for row in rows if row.figure_key in figures}
    measured = {key: (printed(value), value.period) for key, value in values.items()}
    return {row.pk: NOTHING for row in rows} | measured | counted


def indicators_table(indicators: Iterable[Indicator], request: HttpRequest) -> Table:
    rows, on = list(indicators), on_of(request)
    values = told(rows, on)
    caption = f"Indicatoren, stand op {long_date(on)}"
    shown = [Row(indicator_cells(row, values, request)) for row in rows]
    return Table(caption, COLUMNS, shown, "Bij deze lijn staan nog geen indicatoren.")


def indicator_cells(row: Indicator, values: LastValues, request: HttpRequest) -> list[Cell]:
    """In the order of COLUMNS."""
    address = keep(request, address_of("monitoring:indicator-detail", row.slug))
    value, moment = values[row.pk]
    return [
        Cell(row.name, address, "demo" if row.is_demo else "", "warn"),
        Cell(value),
        Cell(row.unit),
        Cell(moment),
        Cell(row.get_basis_display()),
    ]


def values_of(indicator: Indicator, on: date) -> list[Measurement]:
    """What was known on the day, the newest first."""
    known = Measurement.objects.filter(known_by(on), method__indicator=indicator)
    return list(known.select_related("method").order_by("-period_until", "-method__version"))


def values_table(values: Sequence[Measurement], on: date, edit: Callable[[Measurement], str]) -> Table:
    """`edit` gives the address on which a value is changed; empty for who may not."""
    caption = f"Waarden die op {long_date(on)} bekend waren"
    rows = [_value(item, edit(item)) for item in values]
    return Table(caption, VALUE_COLUMNS, rows, "Er is nog geen waarde bekend.")


def _value(item: Measurement, href: str) -> Row:
    watched = number(item.population) if item.population else ""
    report = f", rapport {item.report_number}" if item.report_number else ""
    breaks = item.method.breaks_series
    return Row(
        [
            Cell(item.period, href, "demo" if item.is_demo else "", "warn"),
            Cell(printed(item)),
            Cell(f"versie {item.method.version}", tag="reeksbreuk" if breaks else "", tone="warn"),
            Cell(" ".join(filter(None, (watched, item.population_note))) or "niet vermeld"),
            Cell(f"{item.source}{report}", item.link),
            Cell(item.published_on or "niet vermeld"),
        ]
    )


def chart_of(indicator: Indicator, values: Sequence[Measurement], on: date) -> charts.Chart | None:
    """How it went, with a break where it was measured in another way; None while there are fewer than two."""
    if indicator.figure_key and indicator.figure_key in registry:
        return _of_register(registry.get(indicator.figure_key), on)
    ordered = latest_method(values)
    if len(ordered) < charts.FEWEST:
        return None
    points = tuple((item.period_until, trimmed(item.value)) for item in ordered)
    return charts.Chart(indicator.name, indicator.unit, points, breaks_of(ordered))


def latest_method(values: Sequence[Measurement]) -> list[Measurement]:
    """One value for each period, by the latest version of the method that has it; the oldest first."""
    by_period = {item.period_until: item for item in sorted(values, key=lambda item: item.method.version)}
    return [by_period[day] for day in sorted(by_period)]


def breaks_of(ordered: Sequence[Measurement]) -> tuple[date, ...]:
    """The periods from which values cannot be compared with those before: by a version that says so."""
    return tuple(
        later.period_until
        for earlier, later in pairwise(ordered)
        if earlier.method_id != later.method_id and later.method.breaks_series
    )


def _of_register(figure: Figure, on: date) -> charts.Chart | None:
    """The last five years and what has passed of this one, in halves."""
    start = date(on.year - YEARS - 1, 12, 31)
    points = tuple(figure.series(reference_dates(start, on, Step.HALF_YEAR)))
    if not any(value for _day, value in points):
        return None
    return charts.Chart(figure.label, figure.unit.many, points)
