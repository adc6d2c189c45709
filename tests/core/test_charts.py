"""One chart: its picture, its words and its table tell the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mvi_portal.core.charts import Chart, Point, svg, table, thinned, ticks

SVG = "{http://www.w3.org/2000/svg}"
POINTS = ((date(2022, 11, 24), 46), (date(2023, 2, 15), 50), (date(2025, 1, 31), 1070))


def chart(points: tuple[Point, ...] = POINTS, title: str = "Gemeenten") -> Chart:
    return Chart(title, "gemeenten", points)


def drawn(made: Chart) -> etree._Element:
    return etree.fromstring(str(svg(made, name="c1")))


def months(count: int) -> tuple[Point, ...]:
    return tuple((date(2020 + month // 12, month % 12 + 1, 1), month) for month in range(count))


def words(picture: etree._Element) -> list[str]:
    return [str(text.text) for text in picture.iter(f"{SVG}text")]


def test_a_picture_has_a_title_and_a_description() -> None:
    picture = drawn(chart())
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "c1-title c1-desc"
    assert picture.findtext(f"{SVG}title") == "Gemeenten"
    assert picture.findtext(f"{SVG}desc") == (
        "Van 46 gemeenten op 24 november 2022 naar 1.070 op 31 januari 2025. "
        "De tabel bij de grafiek geeft alle waarden."
    )


def test_the_table_has_every_value() -> None:
    found = etree.fromstring(str(table(chart())))
    rows = [[cell.text for cell in row] for row in found.iterfind("tbody/tr")]
    assert rows == [["24 november 2022", "46"], ["15 februari 2023", "50"], ["31 januari 2025", "1.070"]]
    assert [cell.get("scope") for cell in found.iter("th")] == ["col", "col", "row", "row", "row"]


def test_few_dates_are_bars_with_their_values() -> None:
    picture = drawn(chart())
    assert len(list(picture.iter(f"{SVG}rect"))) == 3
    assert {"46", "50", "1.070"} <= set(words(picture))


def test_a_bar_of_twice_the_value_is_twice_as_high() -> None:
    picture = drawn(chart(((date(2023, 1, 1), 20), (date(2024, 1, 1), 40))))
    low, high = (float(str(bar.get("height"))) for bar in picture.iter(f"{SVG}rect"))
    assert high == pytest.approx(2 * low, abs=0.2)


def test_many_dates_are_a_line_with_the_values_of_its_ends() -> None:
    picture = drawn(chart(months(12)))
    assert not list(picture.iter(f"{SVG}rect"))
    assert len(list(picture.iter(f"{SVG}circle"))) == 12
    assert words(picture).count("11") == 1


def test_points_of_a_line_stand_at_their_distance_in_time() -> None:
    days = [date(2023, 1, 1) + timedelta(days=10 * step) for step in range(9)]
    points = (*((day, 5) for day in days), (days[-1] + timedelta(days=80), 5))
    spots = [float(str(dot.get("cx"))) for dot in drawn(chart(points)).iter(f"{SVG}circle")]
    assert spots[-1] - spots[-2] == pytest.approx(spots[-2] - spots[0], abs=0.5)


def test_labels_of_dates_do_not_crowd() -> None:
    days = tuple((date(2023, 1, 1) + timedelta(days=step), step) for step in range(60))
    assert sum(word == "jan" or word == "feb" for word in words(drawn(chart(days)))) < 15


def test_a_year_is_named_where_it_begins() -> None:
    found = words(drawn(chart(((date(2023, 6, 1), 1), (date(2023, 9, 1), 2), (date(2024, 3, 1), 3)))))
    assert found.count("2023") == found.count("2024") == 1
    assert "mrt" in found


def test_hostile_titles_are_text() -> None:
    made = chart(title='<script>alert("x")</script>')
    assert drawn(made).findtext(f"{SVG}title") == '<script>alert("x")</script>'
    assert "<script" not in svg(made, name="c1")


def test_one_date_is_no_chart() -> None:
    with pytest.raises(ValueError, match="minstens twee"):
        chart(POINTS[:1])


def test_a_figure_that_is_always_zero_can_be_drawn() -> None:
    assert drawn(chart(((date(2023, 1, 1), 0), (date(2024, 1, 1), 0)))) is not None


def test_no_line_crosses_a_break_and_all_three_tell_of_it() -> None:
    broken = Chart("Verloop", "kton", months(12), (date(2020, 7, 1),))
    paths = [str(path.get("d")) for path in drawn(broken).iter(f"{SVG}path") if path.get("fill") == "none"]
    assert [path.count("M") for path in paths] == [2]
    assert "anders gemeten" in words(drawn(broken))
    assert "Bij 1 juli 2020 is anders gemeten dan daarvoor" in broken.description
    assert "1 juli 2020 (anders gemeten dan daarvoor)" in str(table(broken))
    assert "gemeten" not in str(svg(chart(), name="c1"))


def test_values_with_decimals_are_drawn_and_printed() -> None:
    made = chart(((date(2023, 1, 1), Decimal("1.5")), (date(2024, 1, 1), Decimal(3))))
    low, high = (float(str(bar.get("height"))) for bar in drawn(made).iter(f"{SVG}rect"))
    assert high == pytest.approx(2 * low, abs=0.2)
    assert "1,5" in words(drawn(made))


def test_thinning_keeps_the_last_date_at_even_distances() -> None:
    points = thinned(months(61))
    assert len(points) <= 12
    assert points[-1] == months(61)[-1]
    assert len({later[1] - earlier[1] for earlier, later in pairwise(points)}) == 1


def test_thinning_leaves_few_points_alone() -> None:
    assert thinned(POINTS) == POINTS


@given(st.integers(0, 10**9))
def test_ticks_start_at_zero_and_hold_the_highest_value(highest: int) -> None:
    found = ticks(highest)
    assert found[0] == 0
    assert found[-1] >= highest
    assert 2 <= len(found) <= 6
    assert len({later - earlier for earlier, later in pairwise(found)}) == 1
