"""Dates as precise as they are known: reading, printing, first and last day."""

from __future__ import annotations

import contextlib
import pickle
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mvi_portal.core.dates import (
    PartialDate,
    PartialDateFormField,
    Precision,
    Step,
    long_date,
    month_name,
    parse_day,
    reference_dates,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
years = st.integers(1900, 2099)
partial_dates = st.one_of(
    days.map(PartialDate.day),
    st.builds(PartialDate.month, years, st.integers(1, 12)),
    st.builds(PartialDate.quarter, years, st.integers(1, 4)),
    st.builds(PartialDate.season, years, st.sampled_from(["voorjaar", "zomer", "najaar", "winter"])),
    st.builds(PartialDate.half_year, years, st.integers(1, 2)),
    years.map(PartialDate.year),
    years.map(PartialDate.begin),
    years.map(PartialDate.mid),
    years.map(PartialDate.end),
)


@given(partial_dates)
def test_what_is_printed_reads_back_the_same(known: PartialDate) -> None:
    assert PartialDate.parse(str(known)) == known
    assert str(PartialDate.parse(str(known))) == str(known)


@given(partial_dates)
def test_the_first_day_is_not_after_the_last(known: PartialDate) -> None:
    assert known.first_day <= known.last_day
    assert (known.first_day == known.last_day) is (known.precision is Precision.DAY)
    assert known.precision is Precision.DAY or known.first_day.day == 1


@given(partial_dates, days)
def test_a_period_is_past_only_when_wholly_past(known: PartialDate, on: date) -> None:
    assert known.is_past(on) is (known.last_day < on)
    assert not known.is_past(known.last_day)
    assert known.is_past(known.last_day + timedelta(days=1))


@given(partial_dates)
def test_a_value_equals_hashes_and_pickles_by_content(known: PartialDate) -> None:
    same = PartialDate(known.last_day, known.precision)
    assert {known: 1}[same] == 1
    assert pickle.loads(pickle.dumps(known)) == known  # noqa: S301  # our own bytes


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert PartialDate.parse(text).first_day


@pytest.mark.parametrize(
    ("text", "printed", "first", "last"),
    [
        ("24 november 2022", "24 november 2022", date(2022, 11, 24), date(2022, 11, 24)),
        ("24-11-2022", "24 november 2022", date(2022, 11, 24), date(2022, 11, 24)),
        ("3/5/2024", "3 mei 2024", date(2024, 5, 3), date(2024, 5, 3)),
        ("03.05.2024", "3 mei 2024", date(2024, 5, 3), date(2024, 5, 3)),
        ("2024-05-03", "3 mei 2024", date(2024, 5, 3), date(2024, 5, 3)),
        ("3 mrt. 2024", "3 maart 2024", date(2024, 3, 3), date(2024, 3, 3)),
        ("1 Sept 2024", "1 september 2024", date(2024, 9, 1), date(2024, 9, 1)),
        ("29 februari 2024", "29 februari 2024", date(2024, 2, 29), date(2024, 2, 29)),
        ("mei 2024", "mei 2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("  Februari   2024 ", "februari 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-05", "mei 2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("05-2024", "mei 2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("3e kwartaal 2024", "3e kwartaal 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("derde kwartaal van 2024", "3e kwartaal 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("Q1 2024", "1e kwartaal 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", "4e kwartaal 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("voorjaar 2024", "voorjaar 2024", date(2024, 3, 1), date(2024, 5, 31)),
        ("lente 2024", "voorjaar 2024", date(2024, 3, 1), date(2024, 5, 31)),
        ("zomer 2024", "zomer 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("herfst 2024", "najaar 2024", date(2024, 9, 1), date(2024, 11, 30)),
        ("winter 2024", "winter 2024-2025", date(2024, 12, 1), date(2025, 2, 28)),
        ("winter 2023/24", "winter 2023-2024", date(2023, 12, 1), date(2024, 2, 29)),
        ("winter 2023–2024", "winter 2023-2024", date(2023, 12, 1), date(2024, 2, 29)),
        ("eerste helft van 2024", "1e helft 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("2e halfjaar 2024", "2e helft 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024", "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("begin 2025", "begin 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("medio 2025", "medio 2025", date(2025, 5, 1), date(2025, 8, 31)),
        ("midden 2025", "medio 2025", date(2025, 5, 1), date(2025, 8, 31)),
        ("einde van 2023", "eind 2023", date(2023, 10, 1), date(2023, 12, 31)),
    ],
)
def test_reads_what_people_write(text: str, printed: str, first: date, last: date) -> None:
    known = PartialDate.parse(text)
    assert (str(known), known.first_day, known.last_day) == (printed, first, last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "begrijpen we niet als datum"),
        ("binnenkort", "begrijpen we niet als datum"),
        ("3-5/2024", "begrijpen we niet als datum"),
        ("mei '24", "begrijpen we niet als datum"),
        ("5e kwartaal 2024", "begrijpen we niet als datum"),
        ("31 april 2024", "De dag 31-4-2024 bestaat niet"),
        ("29-02-2023", "De dag 29-2-2023 bestaat niet"),
        ("2024-13", "Maand 13 bestaat niet"),
        ("derde helft 2024", "geen 3e helft"),
        ("zomer 2024-2025", "loopt niet van 2024 tot 2025"),
        ("winter 2024-2026", "loopt niet van 2024 tot 2026"),
        ("mei 1824", "ligt niet tussen 1900 en 2100"),
        ("0000", "ligt niet tussen 1900 en 2100"),
        ("٢٠٢٤", "begrijpen we niet als datum"),
    ],
)
def test_says_in_dutch_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("last", "precision"),
    [
        (date(2024, 5, 30), Precision.MONTH),
        (date(2024, 2, 28), Precision.MONTH),
        (date(2024, 5, 31), Precision.QUARTER),
        (date(2024, 3, 31), Precision.SEASON),
        (date(2024, 6, 30), Precision.YEAR),
        (date(2024, 5, 31), "ongeveer"),
    ],
)
def test_a_last_day_must_end_its_period(last: date, precision: Any) -> None:
    with pytest.raises(ValueError, match=r"past niet bij precisie|not a valid"):
        PartialDate(last, precision)


@pytest.mark.parametrize(
    "make",
    [
        lambda: PartialDate.month(2024, 13),
        lambda: PartialDate.quarter(2024, 5),
        lambda: PartialDate.season(2024, "moesson"),
        lambda: PartialDate.half_year(2024, 3),
    ],
)
def test_periods_that_do_not_exist_are_refused(make: Any) -> None:
    with pytest.raises(ValueError, match=r"bestaat niet|geen 3e helft"):
        make()


@given(days)
def test_a_day_reads_back_from_its_long_date(day: date) -> None:
    assert parse_day(long_date(day)) == parse_day(day.isoformat()) == day


def test_a_day_is_asked_and_a_month_is_not_enough() -> None:
    assert parse_day("15 februari 2023") == date(2023, 2, 15)
    with pytest.raises(ValueError, match="is geen dag"):
        parse_day("februari 2023")


def test_months_have_their_names() -> None:
    assert (month_name(1), month_name(12)) == ("januari", "december")
    for wrong in (0, 13, -1):
        with pytest.raises(ValueError, match="bestaat niet"):
            month_name(wrong)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.MONTH, ["2024-11-30", "2024-12-31", "2025-01-31"]),
        (Step.QUARTER, ["2024-12-31", "2025-01-31"]),
        (Step.HALF_YEAR, ["2024-12-31", "2025-01-31"]),
        (Step.YEAR, ["2024-12-31", "2025-01-31"]),
    ],
)
def test_a_series_runs_over_period_ends_to_the_last_date(step: Step, expected: list[str]) -> None:
    found = reference_dates(date(2024, 11, 24), date(2025, 1, 31), step)
    assert [day.isoformat() for day in found] == expected


@given(days, days, st.sampled_from(Step))
def test_a_series_rises_stays_within_bounds_and_ends_at_the_end(a: date, b: date, step: Step) -> None:
    start, end = min(a, b), max(a, b)
    found = reference_dates(start, end, step)
    assert found[-1] == end
    assert found == sorted(set(found))
    assert all(start <= day <= end for day in found)
    assert all((day + timedelta(days=1)).day == 1 for day in found[:-1])


def test_a_series_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="vóór de begindatum"):
        reference_dates(date(2025, 1, 2), date(2025, 1, 1))


def test_the_form_field_takes_text_and_shows_it_as_printed() -> None:
    field = PartialDateFormField(required=False)
    assert field.clean(" medio 2025 ") == PartialDate.mid(2025)
    assert field.clean("") is None
    assert field.clean(PartialDate.mid(2025)) == PartialDate.mid(2025)
    assert field.prepare_value(PartialDate.mid(2025)) == "medio 2025"
    assert field.prepare_value("medio 20") == "medio 20"
    with pytest.raises(ValidationError, match="begrijpen we niet"):
        field.clean("straks")
    with pytest.raises(ValidationError):
        PartialDateFormField().clean("   ")
