"""Indicators say what they are, and refuse to be added when that makes no sense."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, F, Max, Subquery, Sum
from django.db.models.functions import Coalesce

from monitoring.models import Basis, Indicator, IndicatorMethod, Measurement, NotSummable
from tests.actionplans.refusals import refused
from tests.factories.monitoring import (
    IndicatorFactory,
    IndicatorMethodFactory,
    IndicatorTargetFactory,
    MeasurementFactory,
)

pytestmark = pytest.mark.django_db


def year(number: int, **fields: Any) -> Measurement:
    return MeasurementFactory(period_from=date(number, 1, 1), period_until=date(number, 12, 31), **fields)


def test_yearly_values_of_one_method_add_up() -> None:
    first = year(2021, value=Decimal("1.5"))
    year(2022, value=Decimal(2), method=first.method)
    assert Measurement.objects.total() == Decimal("3.5")
    assert Measurement.objects.over(date(2022, 1, 1), date(2022, 12, 31)).total() == Decimal(2)
    assert Measurement.objects.none().total() is None


@pytest.mark.parametrize("basis", [Basis.CONTRACT_LIFE, Basis.SHARE])
def test_values_of_another_basis_are_never_added_not_even_one(basis: Basis) -> None:
    year(2021, method__indicator__basis=basis)
    with pytest.raises(NotSummable, match="Alleen waarden per jaar"):
        Measurement.objects.total()


def test_yearly_and_contract_life_values_are_never_added() -> None:
    year(2021)
    year(2021, method__indicator__basis=Basis.CONTRACT_LIFE)
    with pytest.raises(NotSummable):
        Measurement.objects.total()


def test_values_of_two_indicators_or_methods_are_never_added() -> None:
    first = year(2021)
    year(
        2022, method=IndicatorMethodFactory(indicator=first.indicator, version=2, valid_from=date(2022, 1, 1))
    )
    with pytest.raises(NotSummable, match="verschillende indicatoren of methoden"):
        Measurement.objects.total()


@pytest.mark.parametrize("aggregate", [Sum, Avg])
def test_an_aggregate_is_no_way_round(aggregate: Any) -> None:
    year(2021, method__indicator__basis=Basis.CONTRACT_LIFE)
    with pytest.raises(NotSummable):
        Measurement.objects.aggregate(aggregate("value"))
    with pytest.raises(NotSummable):
        Measurement.objects.aggregate(total=aggregate("value"))
    with pytest.raises(NotSummable):
        Measurement.objects.values("method").annotate(total=Coalesce(aggregate("value"), Decimal(0)))
    with pytest.raises(NotSummable):
        Measurement.objects.alias(total=aggregate("value")).annotate(told=F("total"))
    assert Measurement.objects.aggregate(most=Max("value"), rows=Count("pk"))["rows"] == 1


BELOW = {Indicator: "methods__measurements__value", IndicatorMethod: "measurements__value"}


@pytest.mark.parametrize("model", BELOW)
def test_values_are_not_added_from_what_stands_above_them_either(model: Any) -> None:
    """Whatever they are: only the measurements themselves know whether they may be."""
    first = year(2021, value=Decimal(3))
    year(2022, value=Decimal(4), method__indicator__basis=Basis.CONTRACT_LIFE)
    rows, path = model.objects.order_by("pk"), BELOW[model]
    total = rows.annotate(total=Sum(path))
    for add in (
        lambda: rows.aggregate(total=Sum(path)),
        lambda: rows.distinct().aggregate(total=Coalesce(Sum(path), Decimal(0))),
        lambda: list(total),
        lambda: list(total.values_list("total")),
        lambda: list(Indicator.objects.annotate(all=Subquery(total.values("total")[:1]))),
    ):
        with pytest.raises(NotSummable, match="vanuit de metingen zelf"):
            add()
    assert rows.aggregate(most=Max(path), rows=Count(path)) == {"most": Decimal(4), "rows": 2}
    assert [item.most for item in rows.annotate(most=Max(path))] == [Decimal(3), Decimal(4)]
    assert first.method.measurements.aggregate(total=Sum("value")) == {"total": Decimal(3)}


def test_the_values_of_a_method_keep_their_guard_below_it() -> None:
    lifelong = year(2021, method__indicator__basis=Basis.CONTRACT_LIFE).method
    with pytest.raises(NotSummable, match="Alleen waarden per jaar"):
        lifelong.measurements.aggregate(total=Sum("value"))


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("indicator_direction_known", {"direction": "opzij"}),
        ("indicator_basis_known", {"basis": "ooit"}),
        ("indicator_defined", {"definition": ""}),
        ("indicator_defined", {"unit": ""}),
        ("indicator_figure_key_form", {"figure_key": "Gemeenten!"}),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        IndicatorFactory(**fields)


def test_a_figure_is_one_indicator_of_which_nobody_types_values() -> None:
    figure = IndicatorFactory(figure_key="ondertekenaars.gemeenten")
    with refused("indicator_figure_key_once"):
        IndicatorFactory(figure_key="ondertekenaars.gemeenten")
    method = IndicatorMethodFactory(indicator=figure)
    with refused("measurement_not_of_a_figure", "De waarden van deze indicator komen uit het register."):
        MeasurementFactory(method=method)
    with pytest.raises(ValidationError, match="komen uit het register"):
        MeasurementFactory.build(method=method).full_clean()


def test_an_indicator_with_typed_values_does_not_become_a_figure() -> None:
    indicator = MeasurementFactory().indicator
    indicator.figure_key = "ondertekenaars.gemeenten"
    with refused("indicator_figure_without_measurements"):
        indicator.save()


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("indicatormethod_version_positive", {"version": 0, "valid_from": date(2021, 1, 1)}),
        ("indicatormethod_later_versions_start", {"version": 2}),
        ("indicatormethod_first_breaks_nothing", {"breaks_series": True}),
    ],
)
def test_a_method_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        IndicatorMethodFactory(**fields)


def test_versions_of_a_method_are_told_apart() -> None:
    first = IndicatorMethodFactory(valid_from=date(2015, 1, 1))
    with refused("indicatormethod_version_once"):
        IndicatorMethodFactory(indicator=first.indicator)
    with refused("indicatormethod_start_once"):
        IndicatorMethodFactory(indicator=first.indicator, version=2, valid_from=date(2015, 1, 1))
    IndicatorMethodFactory(
        indicator=first.indicator, version=2, valid_from=date(2017, 1, 1), breaks_series=True
    )


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("measurement_qualifier_known", {"qualifier": "misschien"}),
        ("measurement_period_until_after_period_from", {"period_from": date(2023, 1, 1)}),
        ("measurement_population_positive", {"population": 0}),
        ("measurement_sourced", {"source": ""}),
    ],
)
def test_a_measurement_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        MeasurementFactory(**fields)


def test_a_method_gives_one_value_over_a_period() -> None:
    first = MeasurementFactory()
    with refused("measurement_no_overlap"):
        year(2022, method=first.method)
    year(2022, method__indicator=first.indicator, method__version=2, method__valid_from=date(2022, 1, 1))


def test_a_period_is_named_by_its_years_or_its_days() -> None:
    measurement = MeasurementFactory(method__indicator__slug="co2", method__indicator__name="CO2")
    assert measurement.natural == "co2:1:2021-2022"
    assert str(measurement) == "CO2 2021-2022: 900"
    assert year(2023).period == "2023"
    assert MeasurementFactory.build(period_until=date(2021, 6, 30)).period == "2021-01-01/2021-06-30"


def test_an_indicator_has_one_target_for_a_date() -> None:
    target = IndicatorTargetFactory()
    with refused("indicatortarget_once"):
        IndicatorTargetFactory(indicator=target.indicator)
    assert target.natural == f"{target.indicator.slug}:2030-12-31"
