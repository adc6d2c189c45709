"""What two texts differ in, word by word."""

from __future__ import annotations

import pytest

from mvi_portal.core.differences import GONE, NEW, SAME, Piece, differences, marked


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Het gaat.", "Het gaat.", [Piece(SAME, "Het gaat.")]),
        ("Er zijn 64 plannen.", "Er zijn 68 plannen.", [
            Piece(SAME, "Er zijn "), Piece(GONE, "64"), Piece(NEW, "68"), Piece(SAME, " plannen."),
        ]),
        ("", "Nieuw", [Piece(NEW, "Nieuw")]),
        ("Weg", "", [Piece(GONE, "Weg")]),
        ("twee  spaties", "twee\nspaties", [Piece(SAME, "twee\nspaties")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_words_that_went_and_came_are_told_apart(old: str, new: str, told: list[Piece]) -> None:
    assert differences(old, new) == told


def test_markup_in_a_text_is_shown_as_text() -> None:
    html = marked("<b>oud</b>", "<i>oud</i>")
    assert "<b>" not in html
    assert "&lt;" in html
    assert "[vervallen: " in html
