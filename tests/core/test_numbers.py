"""Numbers as Dutch prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvi_portal.core.numbers import in_words, number


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (70, "70"),
        (999, "999"),
        (1234, "1.234"),
        (1_234_567, "1.234.567"),
        (-1234, "-1.234"),
        (Decimal("12.5"), "12,5"),
        (Decimal("1234.50"), "1.234,50"),
        (Decimal("-0.25"), "-0,25"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("1E-7"), "0,0000001"),
    ],
)
def test_thousands_have_points_and_decimals_a_comma(value: int | Decimal, printed: str) -> None:
    assert number(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0, "nul"), (1, "een"), (5, "vijf"), (12, "twaalf"), (13, "13"), (1234, "1.234"), (-1, "-1")],
)
def test_numbers_up_to_twelve_are_words(value: int, printed: str) -> None:
    assert in_words(value) == printed


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_printed_number_reads_back_the_same(value: Decimal) -> None:
    assert Decimal(number(value).replace(".", "").replace(",", ".")) == value
