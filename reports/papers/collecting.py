"""What is frozen for these documents beyond the letter: JSON with natural keys, and nobody's name.

The number of queries does not depend on how many rows there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from actionplans.models import Clock, Evaluation, with_clock
from buyergroups.models import BuyerGroup
from buyergroups.models.phases import PhaseKind
from monitoring.measured import breaks_of, known_by, latest_method, printed, trimmed
from monitoring.models import Indicator, Measurement, PolicyLine, ProgressEntry
from monitoring.models.progress import ProgressEntryQuerySet
from monitoring.naming import Names
from mvi_portal.core.dates import PartialDate, Precision, Step, reference_dates
from mvi_portal.core.figures import registry
from reports.models import Letter
from reports.papers.columns import EVALUATIONS, GROUPS, MEASUREMENTS, PLANS, SIGNATORIES, Told
from signatories.models import Organisation, Signature

Table = dict[str, Any]
YEARS = 2  # of a letter that compares with nothing


def register_part(_letter: Letter, on: date) -> dict[str, Table]:
    """The rows behind the figures, by the name of the table."""
    return {
        "ondertekenaars": _table("Ondertekenaars", SIGNATORIES, _signatories(on)),
        "actieplannen": _table("Actieplannen", PLANS, _plans(on)),
        "evaluaties": _table("Evaluaties", EVALUATIONS, _evaluations(on)),
        "buyer-groups": _table("Buyer groups", GROUPS, _groups(on)),
        "metingen": _table("Metingen", MEASUREMENTS, _measurements(on)),
    }


def lines_part(letter: Letter, on: date) -> list[dict[str, Any]]:
    """For each line of the letter's frame: its aim, what was accepted, and what is measured."""
    entries = _entries(letter, on)
    indicators = _indicators(letter, on)
    return [
        {
            "code": line.code,
            "title": line.title,
            "aim": line.aim,
            "entries": entries.get(line.pk, []),
            "indicators": indicators.get(line.pk, []),
            "series": _series(line.code, letter.counts_from, on),
        }
        for line in PolicyLine.objects.filter(frame=letter.frame_id).order_by("order")
    ]


def _table(title: str, columns: Sequence[Told], rows: Iterable[Sequence[Any]]) -> Table:
    told = [column.frozen() for column in columns]
    return {"title": title, "columns": told, "rows": [[_plain(value) for value in row] for row in rows]}


def _plain(value: Any) -> Any:
    """As JSON holds it: a day as ISO text, a vaguer date as it is known."""
    if isinstance(value, PartialDate):
        return value.last_day.isoformat() if value.precision is Precision.DAY else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (bool, int, type(None))) else str(value)


def _signatories(on: date) -> list[list[Any]]:
    found = registry.get("ondertekenaars.organisaties").rows(on).select_related("organisation", "signature")
    rows = sorted(found, key=lambda row: (row.organisation.kind, row.organisation.key, row.signature.slug))
    signatures = Signature.objects.filter(pk__in={row.signature_id for row in rows})
    clocks = {signature.pk: Clock.of(signature) for signature in with_clock(signatures, on=on)}
    names = _names({row.organisation_id for row in rows}, on)
    return [
        [
            row.organisation.key,
            names[row.organisation_id],
            row.organisation.get_kind_display(),
            row.signature.slug,
            row.signature.signed_on,
            row.valid_from,
            clocks[row.signature_id].due_on,
            clocks[row.signature_id].state.label,
            clocks[row.signature_id].received_on,
            clocks[row.signature_id].evaluated_on,
            row.is_demo or row.organisation.is_demo,
        ]
        for row in rows
    ]


def _names(organisations: set[int], on: date) -> dict[int, str]:
    rows: Any = Organisation.objects.filter(pk__in=organisations).with_name(on=on, fields=["name"])
    return {row.pk: row.name_on_day or row.key for row in rows}


def _plans(on: date) -> list[list[Any]]:
    found = registry.get("actieplannen.ontvangen").rows(on).select_related("plan")
    return [
        [
            row.plan.slug,
            row.plan.title,
            row.number,
            row.received_on,
            row.plan.adopted_on,
            row.plan.period_from,
            row.plan.period_until,
            row.is_demo or row.plan.is_demo,
        ]
        for row in found.order_by("plan__slug", "number")
    ]


def _evaluations(on: date) -> list[list[Any]]:
    found = Evaluation.objects.evaluated(on=on).select_related("plan", "round")
    return [
        [
            row.plan.slug,
            row.number,
            row.round.name if row.round else "",
            row.evaluated_on,
            row.published_on,
            row.is_demo,
        ]
        for row in found.order_by("plan__slug", "number")
    ]


def _groups(on: date) -> list[list[Any]]:
    counted = registry.get("buyergroups.gestart").rows(on)
    found = BuyerGroup.objects.filter(pk__in=counted.values("pk")).with_phase(on=on).order_by("slug")
    kinds = dict(PhaseKind.choices)
    return [
        [
            row.slug,
            row.name,
            row.get_sector_display(),
            row.product_group,
            row.get_domain_display(),
            row.started_on,
            kinds.get(row.phase_kind, ""),  # type: ignore[attr-defined] # annotated by with_phase
            row.is_demo,
        ]
        for row in found
    ]


def _measurements(on: date) -> list[list[Any]]:
    return [
        [
            row.method.indicator.slug,
            row.method.indicator.name,
            row.method.indicator.unit,
            row.method.indicator.get_basis_display(),
            row.period_from,
            row.period_until,
            row.get_qualifier_display(),
            f"{trimmed(row.value):f}",
            row.method.version,
            row.method.breaks_series,
            row.source,
            row.report_number,
            row.is_demo,
        ]
        for row in _known(on)
    ]


def _known(on: date) -> list[Measurement]:
    rows = Measurement.objects.filter(known_by(on)).select_related("method__indicator")
    return list(rows.order_by("method__indicator__slug", "period_from", "method__version"))


def entries_of(letter: Letter, on: date) -> ProgressEntryQuerySet:
    """What was accepted since the previous letter; who had nothing new is left out."""
    rows = ProgressEntry.objects.accepted(on=on).filter(line__frame=letter.frame_id).exclude(text="")
    if letter.counts_from:
        rows = rows.filter(accepted_at__date__gt=letter.counts_from)
    return rows.order_by("organisation__key", "accepted_at", "pk")


def _entries(letter: Letter, on: date) -> dict[int, list[dict[str, str]]]:
    found = list(entries_of(letter, on))
    names = Names((row.organisation_id for row in found), on)
    told: dict[int, list[dict[str, str]]] = defaultdict(list)
    for row in found:
        told[row.line_id].append({"organisation": names.of(row.organisation_id), "html": row.text})
    return told


def _series(code: str, since: date | None, on: date) -> dict[str, list[list[Any]]]:
    """How the figures of the line went, by halves of a year from the letter's "since"."""
    start = since or date(on.year - YEARS, 1, 1)
    days = reference_dates(start, on, Step.HALF_YEAR) if start < on else []
    return {
        item.key: [[day.isoformat(), int(value)] for day, value in item.series(days)]
        for item in registry
        if item.line == code and days
    }


def _indicators(letter: Letter, on: date) -> dict[int, list[dict[str, Any]]]:
    """Of the lines of the letter, and of the earlier lines that went over into them."""
    values: dict[int, list[Measurement]] = defaultdict(list)
    for row in _known(on):
        values[row.method.indicator_id].append(row)
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for indicator in Indicator.objects.filter(line__frame=letter.frame_id).order_by("name", "slug"):
        if indicator.line_id and (values[indicator.pk] or indicator.figure_key in registry):
            told[indicator.line_id].append(_indicator(indicator, values[indicator.pk]))
    return told


def _indicator(indicator: Indicator, values: Sequence[Measurement]) -> dict[str, Any]:
    ordered = latest_method(values)
    return {
        "name": indicator.name,
        "unit": indicator.unit,
        "definition": indicator.definition,
        "basis": indicator.get_basis_display(),
        "figure": indicator.figure_key,
        "points": [[row.period_until.isoformat(), f"{trimmed(row.value):f}"] for row in ordered],
        "breaks": [day.isoformat() for day in breaks_of(ordered)],
        "values": [[row.period, printed(row), row.source] for row in ordered],
    }
