"""A divided bar says in its table what it draws."""

from __future__ import annotations

import pytest

from mvi_portal.core.spreads import NARROW, Spread, svg, table

SPREAD = Spread(
    "Stap per thema",
    "plannen",
    ("stap 1", "stap 2", "stap 3", "stap 4", "stap 5"),
    (("Klimaat", (1, 0, 2, 30, 0)), ("Ketenverantwoordelijkheid in de hele wereld <b>", (0, 0, 0, 0, 0))),
)


def test_each_part_that_has_room_tells_its_number() -> None:
    drawn = str(svg(SPREAD, name="s"))
    assert ">30</text>" in drawn
    assert ">2</text>" in drawn
    assert drawn.count("<rect") == 3 + 5
    assert "geen oordeel" in drawn
    assert "<b>" not in drawn
    assert 'id="s-title"' in drawn


def test_where_there_is_little_room_a_label_stands_over_its_bar() -> None:
    drawn = str(svg(SPREAD, name="s", layout=NARROW))
    assert 'viewBox="0 0 320 ' in drawn
    assert '<text x="1" y="20" text-anchor="start">Klimaat</text><rect x="1.0" y="24"' in drawn
    assert 'text-anchor="end"' not in drawn


def test_the_table_holds_every_number() -> None:
    twin = str(table(SPREAD, head="Thema"))
    heads = "".join(f'<th scope="col" class="number">{one}</th>' for one in SPREAD.scale)
    assert f'<th scope="col">Thema</th>{heads}' in twin
    cells = "".join(f'<td class="number">{count}</td>' for count in SPREAD.rows[0][1])
    assert f'<th scope="row">Klimaat</th>{cells}' in twin


def test_the_parts_of_a_bar_fit_the_scale() -> None:
    with pytest.raises(ValueError, match="twee, drie of vijf"):
        Spread("x", "y", ("a",), ())
    with pytest.raises(ValueError, match="voor elk deel"):
        Spread("x", "y", ("ja", "nee"), (("a", (1,)),))
