"""Tables: where a heading leads, and what an address may sort on."""

from __future__ import annotations

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mvi_portal.core.tables import Cell, Column, Row, Table, sort_of

COLUMNS = [Column("naam", "Naam", sort="naam"), Column("aantal", "Aantal", numeric=True)]


def table(query: str = "", *, sort: str = "naam", rows: list[Row] | None = None) -> Table:
    made = [Row([Cell("Heerlen", "/organisaties/gm0917/"), Cell(3, tag="demo", tone="warn")])]
    return Table(
        "Gemeenten", COLUMNS, made if rows is None else rows, "Niets gevonden.", sort, QueryDict(query)
    )


def test_a_heading_turns_the_order_around_and_keeps_the_filter() -> None:
    by_name, number = table("soort=gemeente&pagina=3").headings()
    assert by_name.href == "?soort=gemeente&volgorde=-naam"
    assert by_name.direction == "ascending"
    assert number.href == ""


def test_sorted_the_other_way_the_heading_leads_back() -> None:
    by_name = next(iter(table(sort="-naam").headings()))
    assert (by_name.href, by_name.direction) == ("?volgorde=naam", "descending")


def test_an_address_sorts_only_on_what_is_allowed() -> None:
    allowed = {"naam": "name_on_day"}
    assert sort_of(QueryDict("volgorde=-naam"), allowed, "naam") == ("-naam", "-name_on_day")
    assert sort_of(QueryDict("volgorde=password"), allowed, "naam") == ("naam", "name_on_day")
    assert sort_of(QueryDict(), allowed, "naam") == ("naam", "name_on_day")


def test_a_table_prints_its_caption_headings_links_and_tags() -> None:
    html = render_to_string("_components/table.html", {"table": table()})
    assert "<caption>Gemeenten</caption>" in html
    assert '<a href="/organisaties/gm0917/">Heerlen</a>' in html
    assert 'data-label="Aantal"' in html
    assert '<span class="mvi-tag mvi-tag--warn">demo</span>' in html


def test_an_empty_table_says_so() -> None:
    html = render_to_string("_components/table.html", {"table": table(rows=[])})
    assert "Niets gevonden." in html
    assert "<table" not in html


def test_what_a_user_typed_is_escaped() -> None:
    rows = [Row([Cell("<script>alert(1)</script>"), Cell(1)])]
    assert "<script>" not in render_to_string("_components/table.html", {"table": table(rows=rows)})


def test_what_is_safe_already_stays_as_it_is() -> None:
    assert Cell(SafeString("<b>x</b>")).html == "<b>x</b>"
    assert Cell("<b>x</b>").html == "&lt;b&gt;x&lt;/b&gt;"
