"""Values of indicators from a workbook: one row is one value over a period, by a version of the method.

An indicator that the register counts itself has no values to bring in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from monitoring import services
from monitoring.models import Indicator, IndicatorMethod, Measurement, Qualifier
from monitoring.models.measurements import VALUES_FROM_REGISTER
from mvi_portal.accounts.permissions import Action
from mvi_portal.core.workbooks import Column, Form, Kind, Record, Rule, template
from mvi_portal.core.workbooks.comparing import Comparison, Entry, changes, kept, run
from mvi_portal.core.workbooks.importing import (
    LEFT_ALONE,
    Importer,
    Order,
    Outcome,
    Template,
    importers,
    templates,
)

NAME, TITLE = "measurements", "Waarden van indicatoren"
ADVICE = (
    LEFT_ALONE,
    "Een waarde die niet in het bestand staat, blijft zoals zij is. Verwijderen doet u op haar pagina.",
    "Een andere periode is een andere waarde. Waarden over de looptijd van contracten tellen we nooit op.",
)
PLACES = Decimal("0.0001")  # behind the comma, as many as the register keeps
COLUMNS = (
    Column("sleutel", "De sleutel van de indicator, of zijn naam.", name="indicator", required=True),
    Column("indicator", "De naam, om te lezen.", name="name", derived=True),
    Column("periode vanaf", "De eerste dag van de periode.", Kind.DAY, name="period_from", required=True),
    Column(
        "periode tot en met", "De laatste dag van de periode.", Kind.DAY, name="period_until", required=True
    ),
    Column(
        "methode",
        "De versie van de meetmethode. Leeg: de versie die voor deze periode geldt.",
        Kind.WHOLE,
        name="version",
        lowest=1,
        highest=32_767,
    ),
    Column(
        "precisie",
        "Hoe de bron het zegt. Leeg: precies.",
        Kind.CHOICE,
        "qualifier",
        choices=Qualifier.choices,
    ),
    Column(
        "waarde",
        "In de eenheid van de indicator, met hoogstens vier cijfers achter de komma.",
        Kind.DECIMAL,
        name="value",
        required=True,
        lowest=-1e11,
        highest=1e11,
    ),
    Column("eenheid", "Waarin de waarde is uitgedrukt.", derived=True),
    Column(
        "waarnemingen",
        "Over hoeveel, als dat bekend is.",
        Kind.WHOLE,
        "population",
        lowest=1,
        highest=2**31 - 1,
    ),
    Column("waarnemingen van", "Bijvoorbeeld aanbestedingen.", name="population_note", longest=200),
    Column("bron", "Het rapport of de publicatie.", name="source", longest=300),
    Column("rapportnummer", "Bijvoorbeeld 2024-0202.", name="report_number", longest=60),
    Column("gepubliceerd", "Zo precies als bekend.", Kind.PARTIAL_DATE, "published_on"),
    Column("link", "Het adres van het rapport.", longest=500),
    Column("demo", "ja: verzonnen voor de demonstratie; nee: een feit.", derived=True),
)
PLAIN = ("qualifier", "population", "population_note", "source", "report_number", "published_on", "link")
NOT_KNOWN = "Deze indicator kennen wij niet. Kijk de sleutel na, of leg de indicator eerst vast."
NO_METHOD = "Leg bij deze indicator eerst vast hoe er wordt gemeten, onder ‘Meetmethoden’."
NO_VERSION = "Deze versie van de meetmethode is er niet. Kies uit: {versions}, of laat de cel leeg."
TOO_EARLY = "Deze periode begint voordat deze versie van de methode geldt. Kies een eerdere versie."
NO_SOURCE = "Een waarde heeft een bron: vul in uit welk rapport zij komt."


class Values(Comparison):
    """All indicators with their methods and values, read once."""

    def __init__(self) -> None:
        indicators = list(Indicator.objects.prefetch_related("methods"))
        self.indicators = {item.name.casefold(): item for item in indicators}
        self.indicators.update({item.slug: item for item in indicators})
        values = Measurement.objects.all()
        self.standing = {(row.method_id, row.period_from, row.period_until): row for row in values}
        self.seen: dict[object, int] = {}

    def plan(self, found: Sequence[Record]) -> list[Entry]:
        return [self._entry(record) for record in found]

    def write(self, entry: Entry, order: Order) -> None:
        row = entry.stands or Measurement()
        for name, value in entry.facts.items():
            setattr(row, name, value)
        services.keep_fact(fact=row, by=order.by, why=order.why)

    def _entry(self, record: Record) -> Entry:
        entry = Entry(record, label=record.raw.get("indicator", ""))
        method = self._method(record) if record.is_good else None
        if method is None:
            return entry
        start, end = record.values["period_from"], record.values["period_until"]
        place = (method.pk, start, end)
        _in_order(record, start, end)
        if place in self.seen:
            message = f"Deze waarde staat al in rij {self.seen[place]}."
            record.refuse("period_from", Rule.DOUBLE, message)
        self.seen.setdefault(place, record.row)
        entry.stands = self.standing.get(place)
        entry.facts = {"method": method, "period_from": start, "period_until": end, **_facts(entry)}
        if not entry.facts["source"]:
            record.refuse("source", Rule.REQUIRED, NO_SOURCE)
        if entry.stands is not None:
            entry.changes = changes(entry.stands, {name: entry.facts[name] for name in ("value", *PLAIN)})
        return entry

    def _method(self, record: Record) -> IndicatorMethod | None:
        """The version that is told, else the latest that holds for the period."""
        told = str(record.values["indicator"])
        indicator = self.indicators.get(told) or self.indicators.get(told.casefold())
        if indicator is None or indicator.figure_key:
            message = VALUES_FROM_REGISTER if indicator else NOT_KNOWN
            record.refuse("indicator", Rule.FITS if indicator else Rule.KNOWN, message)
            return None
        methods = sorted(indicator.methods.all(), key=lambda method: method.version)
        if not methods:
            record.refuse("indicator", Rule.FITS, NO_METHOD)
            return None
        return _version(record, methods)


def _version(record: Record, methods: Sequence[IndicatorMethod]) -> IndicatorMethod | None:
    start, wanted = record.values["period_from"], record.values.get("version")
    known = [method for method in methods if wanted in (None, method.version)]
    holding = [method for method in known if method.valid_from is None or method.valid_from <= start]
    if not known:
        versions = ", ".join(str(method.version) for method in methods)
        record.refuse("version", Rule.KNOWN, NO_VERSION.format(versions=versions))
    elif not holding:
        record.refuse("version", Rule.FITS, TOO_EARLY)
    return holding[-1] if holding else None


def _in_order(record: Record, start: date, end: date) -> None:
    if end < start:
        record.refuse("period_until", Rule.FITS, "De laatste dag ligt vóór de eerste.")


def _facts(entry: Entry) -> dict[str, Any]:
    """The value and what goes with it; an empty cell leaves what stands there."""
    stands = entry.stands or Measurement()
    facts = {name: kept(entry.told.get(name), getattr(stands, name)) for name in PLAIN}
    return {"value": _exact(entry.record), **facts}


def _exact(record: Record) -> Decimal:
    """As it was typed: a spreadsheet keeps fifteen digits, and so do we."""
    told = Decimal(repr(float(record.values["value"])))
    value = told.quantize(PLACES)
    if value != told:
        record.refuse("value", Rule.NUMBER, "Dit zijn meer dan vier cijfers achter de komma. Rond af.")
    return value


def cells(row: Measurement) -> list[object]:
    """A row of the export; `row` comes with its method and indicator."""
    method, indicator = row.method, row.method.indicator
    return [
        indicator.slug,
        indicator.name,
        row.period_from,
        row.period_until,
        method.version,
        row.qualifier,
        _plain(row.value),
        indicator.unit,
        row.population,
        row.population_note,
        row.source,
        row.report_number,
        row.published_on,
        row.link,
        row.is_demo,
    ]


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _run(order: Order) -> Outcome:
    return run(order, TITLE, COLUMNS, Values())


def empty(form: Form) -> bytes:
    """The template."""
    return template(TITLE, COLUMNS, form, told=ADVICE)


IMPORTER = Importer(TITLE, lambda: COLUMNS, Action.KEEP_REGISTER, "monitoring:indicator-list", _run, ADVICE)


def register() -> None:
    """Told when the portal starts: values can come in, and have a template."""
    importers.add(NAME, IMPORTER)
    templates.add(NAME, Template("Sjabloon voor waarden van indicatoren", empty))
