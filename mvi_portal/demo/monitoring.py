"""The RIVM monitor's series, the footprint of public buying, and the register's own figures as indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitoring.models import Basis, Direction, Indicator, IndicatorMethod, Measurement, Qualifier
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import Fields
from mvi_portal.demo.frames import MAIN_LINES, Lines
from mvi_portal.demo.writer import Writer

_PER_PERIOD = "Effect van de aanbestedingen uit twee jaren, zoals de monitor van het RIVM het berekent."
_BREAK = "De ambitieniveaus worden onderscheiden; in 2015-2016 was dat nog niet zo. De reeks is gebroken."
_REPORT = ("rivm.openrepository.com", "2024-0202", PartialDate.month(2025, 2))
_LIFE, _SHARE, _YEARLY = Basis.CONTRACT_LIFE, Basis.SHARE, Basis.YEARLY
_EXACT, _AT_LEAST, _ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT


@dataclass(frozen=True)
class Value:
    """What a source states over a period of whole years; method 2 begins with 2017."""

    years: tuple[int, int]
    value: str
    qualifier: Qualifier
    source: str
    report: str = ""
    published: PartialDate | None = None
    method: int = 1


def _of_2021(value: str, qualifier: Qualifier = _EXACT, method: int = 1) -> Value:
    return Value((2021, 2022), value, qualifier, *_REPORT, method=method)


@dataclass(frozen=True)
class Series:
    slug: str
    name: str
    definition: str
    unit: str
    basis: Basis
    values: tuple[Value, ...]
    direction: Direction = Direction.UP
    broken: bool = False


SERIES = (
    Series(
        "co2-vermeden",
        "Vermeden uitstoot van broeikasgassen",
        f"{_PER_PERIOD} Geteld over de hele looptijd van de contracten.",
        "kiloton CO2-equivalent",
        _LIFE,
        (Value((2015, 2016), "5000", _AT_LEAST, "pianoo.nl"), _of_2021("900", _AT_LEAST, method=2)),
        broken=True,
    ),
    Series(
        "co2-huishoudens",
        "Vermeden uitstoot, in huishoudens",
        "Het aantal huishoudens dat evenveel uitstoot als er is vermeden. Een vergelijking, geen maat.",
        "huishoudens",
        _SHARE,
        (Value((2019, 2020), "345000", _ABOUT, "rivm.nl"),),
    ),
    Series(
        "nox-vermeden",
        "Vermeden uitstoot van stikstofoxiden",
        f"{_PER_PERIOD} Geteld over de hele looptijd van de contracten.",
        "ton NOx",
        _LIFE,
        (_of_2021("540"),),
    ),
    Series(
        "fijnstof-vermeden",
        "Vermeden uitstoot van fijnstof",
        f"{_PER_PERIOD} Geteld over de hele looptijd van de contracten.",
        "ton fijnstof",
        _LIFE,
        (_of_2021("152"),),
    ),
    Series(
        "grondstoffen-vermeden",
        "Vermeden gebruik van grondstoffen",
        f"{_PER_PERIOD} Geteld over de hele looptijd van de contracten.",
        "kiloton grondstoffen",
        _LIFE,
        (_of_2021("317"),),
    ),
    Series(
        "grondstoffen-fossiel-vermeden",
        "Vermeden gebruik van fossiele grondstoffen",
        "Het fossiele deel van het vermeden gebruik van grondstoffen.",
        "kiloton grondstoffen",
        _LIFE,
        (_of_2021("314"),),
    ),
    Series(
        "grondstoffen-mineraal-vermeden",
        "Vermeden gebruik van minerale grondstoffen",
        "Het minerale deel van het vermeden gebruik van grondstoffen.",
        "kiloton grondstoffen",
        _LIFE,
        (_of_2021("3"),),
    ),
    Series(
        "aandacht-voor-mvi",
        "Aanbestedingen met aandacht voor MVI",
        "Het deel van de aanbestedingen in de procesmonitor van het RIVM waarin aandacht was voor MVI.",
        "procent",
        _SHARE,
        (Value((2017, 2018), "87", _EXACT, "rivm.nl"), Value((2019, 2020), "87", _EXACT, "rivm.nl")),
    ),
    Series(
        "social-return",
        "Opbrengst van social return",
        f"{_PER_PERIOD} In euro's, over de looptijd van de contracten.",
        "miljoen euro",
        _LIFE,
        (Value((2015, 2016), "40", _ABOUT, "pianoo.nl"),),
    ),
    Series(
        "voetafdruk-inkoop",
        "Uitstoot door wat overheden inkopen",
        "De uitstoot van broeikasgassen in een jaar die samenhangt met alles wat overheden inkopen.",
        "megaton CO2-equivalent",
        _YEARLY,
        (Value((2019, 2019), "22", _ABOUT, "christenunie.nl, 10 oktober 2023; vng.nl"),),
        Direction.DOWN,
    ),
    Series(
        "voetafdruk-aandeel",
        "Aandeel van de inkoop in de nationale voetafdruk",
        "De uitstoot door wat overheden inkopen, als deel van de Nederlandse voetafdruk.",
        "procent",
        _SHARE,
        (Value((2019, 2019), "18", _ABOUT, "christenunie.nl, 10 oktober 2023; vng.nl"),),
        Direction.DOWN,
    ),
)  # fmt: skip
_OF_REGISTER = (
    ("A", "ondertekenaars.organisaties", "Organisaties onder het Manifest", "organisaties"),
    ("B", "buyergroups.gestart", "Buyer groups sinds 2020", "buyer groups"),
    ("C", "actieplannen.ontvangen", "Ontvangen actieplannen", "actieplannen"),
)


def load(writer: Writer, lines: Lines) -> None:
    """The indicators, each method of measuring, and the values as the sources state them."""
    rows = [*_indicators(lines), *_of_register(lines)]
    indicators = {row.slug: row for row in writer.write(Indicator, rows, key=["slug"]).values()}
    methods = writer.write(IndicatorMethod, _methods(indicators), key=["indicator", "version"])
    writer.write(Measurement, _measurements(indicators, methods), key=["method", "period_from"])


def _indicators(lines: Lines) -> Iterator[Fields]:
    for series in SERIES:
        yield {
            "slug": series.slug,
            "line": lines[MAIN_LINES, "D"],
            "name": series.name,
            "definition": series.definition,
            "unit": series.unit,
            "direction": series.direction,
            "basis": series.basis,
            "source": series.values[-1].source,
        }


def _of_register(lines: Lines) -> Iterator[Fields]:
    for code, key, name, unit in _OF_REGISTER:
        yield {
            "slug": key.replace(".", "-"),
            "line": lines[MAIN_LINES, code],
            "name": name,
            "definition": "Het cijfer van het register met deze sleutel; de definitie staat daar.",
            "unit": unit,
            "direction": Direction.UP,
            "basis": Basis.SHARE,
            "figure_key": key,
        }


def _methods(indicators: dict[str, Indicator]) -> Iterator[Fields]:
    for series in SERIES:
        first = {"indicator": indicators[series.slug], "version": 1, "source": series.values[0].source}
        yield {**first, "description": "Zoals beschreven in de bron.", "breaks_series": False}
        if series.broken:
            yield {
                "indicator": indicators[series.slug],
                "version": 2,
                "valid_from": date(2017, 1, 1),
                "description": _BREAK,
                "breaks_series": True,
                "source": series.values[-1].source,
            }


def _measurements(
    indicators: dict[str, Indicator], methods: dict[tuple[object, ...], IndicatorMethod]
) -> Iterator[Fields]:
    for series in SERIES:
        for value in series.values:
            first, last = value.years
            yield {
                "method": methods[indicators[series.slug].pk, value.method],
                "period_from": date(first, 1, 1),
                "period_until": date(last, 12, 31),
                "value": Decimal(value.value),
                "qualifier": value.qualifier,
                "report_number": value.report,
                "published_on": value.published,
                "source": value.source,
            }
