"""Charts of indicators in a letter: what was measured, as it was known on the reference date."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from monitoring.measured import breaks_of, known_by, latest_method, printed, trimmed
from monitoring.models import Indicator, Measurement
from mvi_portal.core import charts
from mvi_portal.core.dates import long_date
from mvi_portal.core.prose import INDICATOR
from reports.content.demands import Demand
from reports.frozen import FrozenSeries, canonical, series_of
from reports.frozen_register import FrozenRegister
from reports.models import Letter

PART = "reeksen"  # of a freeze


def asked_series(demands: Iterable[Demand], on: date, register: FrozenRegister | None = None) -> Series:
    """Those that the texts draw: frozen, or else as they are known now. One query, or none."""
    keys = {demand.key for demand in demands if demand.is_series}
    if register is not None:
        held: Mapping[str, Any] = register.parts.get(PART, {})
        return Series({key: series_of(held[key]) for key in sorted(keys & held.keys())}, on, is_frozen=True)
    return Series(live_series(on, keys) if keys else {}, on)


def live_series(on: date, keys: Collection[str] | None = None) -> dict[str, FrozenSeries]:
    """Of every indicator with values enough to draw, or only of those; by their keys in a text."""
    rows = Measurement.objects.filter(known_by(on)).select_related("method__indicator")
    if keys is not None:
        rows = rows.filter(method__indicator__slug__in=[key.removeprefix(INDICATOR) for key in keys])
    values: dict[Indicator, list[Measurement]] = defaultdict(list)
    for row in rows.order_by("method__indicator__slug", "period_until", "method__version"):
        values[row.method.indicator].append(row)
    drawn = ((indicator, latest_method(found)) for indicator, found in values.items())
    return {
        f"{INDICATOR}{indicator.slug}": _frozen(indicator, ordered)
        for indicator, ordered in drawn
        if len(ordered) >= charts.FEWEST
    }


def series_part(_letter: Letter, on: date) -> dict[str, Any]:
    """For a freeze, as it comes back from its JSON."""
    told = {key: dataclasses.asdict(item) for key, item in live_series(on).items()}
    found: dict[str, Any] = json.loads(canonical(told))
    return found


def names_of_series(on: date) -> dict[str, str]:
    """What can be drawn on the day: the key in a text, and what the indicator is called."""
    return {key: f"{item.label} ({item.unit})" for key, item in live_series(on).items()}


@dataclasses.dataclass(frozen=True)
class Series:
    """What was found for a text, by the keys in it."""

    found: Mapping[str, FrozenSeries]
    on: date
    is_frozen: bool = False

    def problems(self, demands: Iterable[Demand]) -> Iterator[str]:
        """Charts that cannot be drawn: Dutch sentences that name the section."""
        for demand in demands:
            if not demand.is_series:
                continue
            place, slug = f"In de sectie '{demand.where}' staat", demand.key.removeprefix(INDICATOR)
            series = self.found.get(demand.key)
            if series is None:
                yield f"{place} een grafiek van de indicator '{slug}', {self._missing(slug)}"
            elif len(series.after(demand.chart_from)) < charts.FEWEST:
                since = long_date(demand.chart_from or self.on)
                told = f"maar vanaf {since} zijn er geen twee waarden. Kies een eerdere begindatum."
                yield f"{place} een grafiek van de indicator '{slug}', {told}"

    def _missing(self, slug: str) -> str:
        if self.is_frozen:
            return "maar die is niet bevroren. Bevries de cijfers opnieuw."
        known = list(Indicator.objects.values_list("slug", flat=True))
        if slug not in known:
            likely = get_close_matches(slug, known, n=1)
            hint = f" Bedoelt u '{likely[0]}'?" if likely else ""
            return f"maar die bestaat niet.{hint}"
        return f"maar daarvan waren op {long_date(self.on)} geen twee waarden bekend."


def _frozen(indicator: Indicator, ordered: list[Measurement]) -> FrozenSeries:
    for row in ordered:
        row.method.indicator = indicator  # spares a query for each
    return FrozenSeries(
        key=f"{INDICATOR}{indicator.slug}",
        label=indicator.name,
        unit=indicator.unit,
        points=tuple((row.period_until, f"{trimmed(row.value):f}") for row in ordered),
        values=tuple((row.period, printed(row), _source(row)) for row in ordered),
        breaks=breaks_of(ordered),
        is_demo=any(row.is_demo for row in ordered),
    )


def _source(row: Measurement) -> str:
    return f"{row.source}, rapport {row.report_number}" if row.report_number else row.source
