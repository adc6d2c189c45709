"""Every figure of the registry, on thirty days, against the same question asked of the rows themselves."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from mvi_portal.core.figures import registry
from mvi_portal.core.told import Told, told_on, values_on
from mvi_portal.demo.loading import Loaded
from tests.demo.counting import QUESTIONS, Rows, told_apart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

FIRST, DAYS = date(2019, 12, 1), 7 * 365


@pytest.fixture(scope="module")
def rows(loaded: Loaded) -> Rows:
    return Rows()


def test_every_figure_is_asked_a_second_time() -> None:
    assert QUESTIONS.keys() == {figure.key for figure in registry}


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_figure_equals_the_rows_on_thirty_days_and_so_does_its_series(key: str, rows: Rows) -> None:
    chance, turns = Random(key), sorted(rows.days())  # noqa: S311 - the same days each time
    some = [FIRST + timedelta(days=day) for day in chance.sample(range(DAYS), 30)]
    days = sorted({*some, *chance.sample(turns, 30)})
    figure, ask = registry.get(key), QUESTIONS[key]
    for on in some:
        assert (on, figure.row_keys(on)) == (on, sorted(ask(rows, on)))
        assert figure.value(on) == len(ask(rows, on)), on
    series = figure.series(days)
    assert series == [(on, len(ask(rows, on))) for on in days]
    assert told_apart(series) > 1, "the demonstration never moves this figure"


def test_all_figures_at_once_tell_what_each_tells_by_itself(django_assert_num_queries: Any) -> None:
    days = [FIRST + timedelta(days=day) for day in range(0, DAYS, 400)]
    with django_assert_num_queries(1):
        told = told_on((figure, on) for figure in registry for on in days)
    for on in days:
        values = registry.collect(on)
        assert values_on(values, on) == values
        assert {key: Told(value.value, value.is_demo) for key, value in values.items()} == {
            key: told[key, on] for key in values
        }
