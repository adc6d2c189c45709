"""CSV that a Dutch spreadsheet opens, and that runs nothing."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvi_portal.core.dates import PartialDate
from mvi_portal.core.exports import FORMULA, cell, csv_answer


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_list_is_a_download_with_a_mark_and_semicolons() -> None:
    answer = csv_answer("organisaties", ["naam", "aantal"], [["Súdwest-Fryslân; gemeente", 3]])
    assert answer["Content-Disposition"] == 'attachment; filename="organisaties.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbfnaam;aantal\r\n")
    assert lines(answer.content) == [["naam", "aantal"], ["Súdwest-Fryslân; gemeente", "3"]]


def test_what_explains_the_rows_stands_below_them() -> None:
    several = csv_answer("x", ["a"], [["1"]], ["Peildatum 31 januari 2025", ""])
    assert lines(several.content) == [["a"], ["1"], [""], ["Peildatum 31 januari 2025"]]
    assert lines(csv_answer("x", ["a"], [], "Toelichting").content) == [["a"], [""], ["Toelichting"]]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nee"),
        (-3, -3),
        (1.5, 1.5),
        (date(2025, 1, 31), "2025-01-31"),
        (datetime(2025, 1, 31, 9, 30), "2025-01-31T09:30:00"),  # noqa: DTZ001 - printed as it is
        (PartialDate.quarter(2024, 3), "3e kwartaal 2024"),
        ("=1+1", "'=1+1"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_is_plain(value: object, printed: object) -> None:
    assert cell(value) == printed


@given(st.sampled_from(FORMULA), st.text())
def test_no_text_is_a_formula(first: str, rest: str) -> None:
    assert str(cell(first + rest)).startswith("'")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0")), min_size=1))
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    read = lines(csv_answer("x", ["kop"] * len(texts), [texts]).content)[1]
    assert read == [cell(text) for text in texts]
