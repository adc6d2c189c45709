"""The registry of figures, and the command that prints them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import IntegerField, Value
from django.test.utils import CaptureQueriesContext

from mvi_portal.core.definitions import as_markdown
from mvi_portal.core.figures import (
    Completeness,
    Figure,
    Measure,
    Memo,
    Qualifier,
    Registry,
    Rows,
    Unit,
    UnknownFigure,
    figure,
    registry,
)
from mvi_portal.core.spans import daterange
from mvi_portal.core.told import Told, told_on
from signatories.models import Kind, Organisation

DAY = date(2025, 1, 31)
KEYS = {
    "ondertekenaars.departementen",
    "ondertekenaars.provincies",
    "ondertekenaars.gemeenten",
    "ondertekenaars.waterschappen",
    "ondertekenaars.overige",
    "ondertekenaars.organisaties",
    "ondertekenaars.handtekeningen",
    "actieplannen.verwacht",
    "actieplannen.ontvangen",
    "actieplannen.ondertekenaars_met_plan",
    "actieplannen.van_kracht",
    "actieplannen.termijn_verstreken",
    "actieplannen.geevalueerd",
    "buyergroups.gestart",
}


def measured_in_tens() -> Rows:
    return Organisation.objects.annotate(
        span=daterange("valid_from", "valid_until"), amount=Value(10, IntegerField())
    )


def a_figure(**fields: object) -> Figure:
    values = {
        "key": "test.som",
        "label": "Som",
        "definition": "Tien per organisatie.",
        "unit": Unit("punt", "punten"),
        "line": "A",
        "source": measured_in_tens,
        "row_key": "key",
        "measure": Measure.SUM,
    }
    return Figure(**{**values, **fields})  # type: ignore[arg-type]


def test_every_figure_of_the_design_is_registered() -> None:
    assert {item.key for item in registry} >= KEYS


def test_a_key_is_defined_once() -> None:
    own = Registry()
    own.add(a_figure())
    with pytest.raises(ValueError, match="al gedefinieerd"):
        own.add(a_figure())


def test_a_figure_without_a_definition_is_refused() -> None:
    def silent() -> Rows:
        return Organisation.objects.none()

    register = figure("test.stil", label="Stil", unit=Unit("x", "x"), line="A", row_key="key")
    with pytest.raises(ValueError, match="geen definitie"):
        register(silent)
    assert "test.stil" not in registry


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(UnknownFigure) as error:
        registry.get("ondertekenaars.dorpen")
    assert str(error.value) == "Het cijfer 'ondertekenaars.dorpen' bestaat niet."


@pytest.mark.django_db
def test_a_figure_that_is_a_sum_adds_amounts_and_is_zero_without_rows() -> None:
    total = a_figure()
    assert total.value(DAY) == 0
    Organisation.objects.create(key="a", kind=Kind.OTHER)
    Organisation.objects.create(key="b", kind=Kind.OTHER, valid_from=date(2025, 6, 1), is_demo=True)
    assert total.value(DAY) == 10
    later = date(2025, 6, 1)
    assert total.series([later, DAY]) == [(DAY, 10), (later, 20)]
    told = {(total.key, DAY): Told(10, is_demo=False), (total.key, later): Told(20, is_demo=True)}
    assert told_on((total, day) for day in (later, DAY)) == told
    assert told_on([]) == {}


def test_figures_that_are_collected_together_share_an_answer() -> None:
    asked: list[date] = []

    def question(on: date, _memo: Memo) -> int:
        asked.append(on)
        return len(asked)

    memo, later = Memo(), DAY + timedelta(days=1)
    assert [memo.ask(question, on) for on in (DAY, DAY, later)] == [1, 1, 2]
    assert asked == [DAY, later]


@pytest.mark.django_db
def test_a_figure_tells_how_complete_the_register_is() -> None:
    said = Completeness(Qualifier.AT_LEAST, "Niet alles is gemeld.")
    known = a_figure(completeness_of=lambda _on, _memo: said)
    assert known.at(DAY).completeness == said
    assert a_figure().at(DAY).completeness == Completeness()


@pytest.mark.django_db
def test_a_series_is_one_query() -> None:
    days = [date(2020 + month // 12, month % 12 + 1, 1) for month in range(61)]
    for item in registry:
        with CaptureQueriesContext(connection) as queries:
            assert len(item.series(days)) == 61
        assert len(queries) == 1, item.key


def test_the_unit_goes_with_the_value() -> None:
    unit = Unit("gemeente", "gemeenten")
    assert [unit.of(value) for value in (0, 1, 2)] == ["gemeenten", "gemeente", "gemeenten"]


@pytest.mark.django_db
def test_the_command_prints_all_figures_as_json() -> None:
    out = StringIO()
    call_command("figures", "--on", "2025-01-31", "--json", stdout=out)
    printed = json.loads(out.getvalue())
    assert {item["key"] for item in printed} >= KEYS
    for item in printed:
        assert item["value"] == 0
        assert item["reference_date"] == "2025-01-31"
        assert {"label", "unit", "definition", "complete"} <= set(item)


@pytest.mark.django_db
def test_the_command_prints_a_table_for_people() -> None:
    out = StringIO()
    call_command("figures", "--on", "31 januari 2025", stdout=out)
    assert out.getvalue().startswith("Peildatum 31 januari 2025\n")
    assert "ondertekenaars.gemeenten" in out.getvalue()


def test_the_command_refuses_a_day_that_does_not_exist() -> None:
    with pytest.raises(CommandError, match="--on 2025-02-31"):
        call_command("figures", "--on", "2025-02-31")


def test_the_document_of_definitions_is_up_to_date(tmp_path: Path) -> None:
    target = tmp_path / "definities.md"
    call_command("definitions", "--out", str(target))
    assert target.read_text() == as_markdown(registry)
    committed = Path(settings.BASE_DIR) / "docs" / "definities.md"
    assert committed.read_text() == as_markdown(registry), (
        'draai make manage ARGS="definitions --out docs/definities.md"'
    )
