"""Paragraphs: together they are the text, and each is found again after the text changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mvi_portal.core.prose import clean, matched, moved, moves, paragraphs

FIGURE = '<mvi-figure data-key="ondertekenaars.gemeenten"></mvi-figure>'
TEXT = (
    f"<h3>Ondertekenaars</h3><p>Er tekenden {FIGURE} gemeenten.<br>Dat is veel.</p>"
    "<ul><li><p>een</p></li><li>twee</li></ul>"
    '<mvi-table data-keys="a b"></mvi-table><p>Tot slot bedanken wij alle gemeenten voor hun werk.</p>'
)


@given(
    st.text()
    | st.lists(st.sampled_from([TEXT, "<p>a</p>", "<p>b & c</p>", "los", "<ul><li>x</li></ul>"])).map("".join)
)
def test_the_paragraphs_together_are_the_text(html: str) -> None:
    assert "".join(item.html for item in paragraphs(html)) == clean(html)


def test_a_list_a_table_and_a_heading_are_each_one_paragraph() -> None:
    found = paragraphs(TEXT)
    assert [item.html[:4] for item in found] == ["<h3>", "<p>E", "<ul>", "<mvi", "<p>T"]
    assert found[2].text == "een\ntwee"


def test_the_fingerprint_tells_nodes_apart_that_read_the_same() -> None:
    in_words = FIGURE.replace("></", ' data-form="words"></')
    number, words = paragraphs(f"<p>{FIGURE}</p><p>{in_words}</p>")
    assert number.text == words.text
    assert number.sha256 != words.sha256


def test_a_rewritten_paragraph_stands_beside_what_it_was() -> None:
    old = paragraphs("<p>Wij bedanken alle gemeenten voor hun werk.</p><p>Blijft.</p><p>Weg is dit.</p>")
    new = paragraphs("<p>Nieuw vooraan.</p><p>Wij bedanken de gemeenten voor hun werk.</p><p>Blijft.</p>")
    assert [(a and a.text, b and b.text) for a, b in matched(old, new)] == [
        (None, "Nieuw vooraan."),
        ("Wij bedanken alle gemeenten voor hun werk.", "Wij bedanken de gemeenten voor hun werk."),
        ("Blijft.", "Blijft."),
        ("Weg is dit.", None),
    ]
    assert moves(old, new) == [1, 2, None]


def test_of_two_equal_paragraphs_each_is_followed() -> None:
    old = paragraphs("<p>Zie de bijlage.</p><p>Iets anders.</p><p>Zie de bijlage.</p>")
    new = paragraphs("<p>Vooraf.</p><p>Zie de bijlage.</p><p>Iets anders.</p><p>Zie de bijlage.</p>")
    assert moves(old, new) == [1, 2, 3]
    assert moved(old, new, 2) == 3


def test_a_heading_is_not_a_paragraph_rewritten() -> None:
    old, new = paragraphs("<h3>De gemeenten</h3>"), paragraphs("<p>De gemeenten</p>")
    assert matched(old, new) == [(old[0], None), (None, new[0])]


def test_two_long_texts_that_share_nothing_are_compared_at_once() -> None:
    old = paragraphs("".join(f"<p>oud woord nummer {number}</p>" for number in range(2_000)))
    new = paragraphs("".join(f"<p>nieuw woord nummer {number}</p>" for number in range(2_000)))
    assert len(matched(old, new)) == 4_000
