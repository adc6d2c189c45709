"""A citation as it is typed and shown."""

from __future__ import annotations

import pytest

from mvi_portal.core.citing import CitationField, address, citation_cell, doubts

WHOLE = "Kamerstukken II 2020/21, 30 196, nr. 746"
PLACE = "https://zoek.officielebekendmakingen.nl/kst-30196-746.html"


@pytest.mark.parametrize(
    ("typed", "shown", "href", "tag"),
    [
        (WHOLE, WHOLE, PLACE, ""),
        ("kst-30196-746", "Kamerstukken 30 196, nr. 746", PLACE, "niet zeker"),
        ("website van de Kamer", "website van de Kamer", "", "niet herkend"),
        ("", "", "", ""),
    ],
)
def test_a_list_shows_the_form_the_link_and_what_is_in_doubt(
    typed: str, shown: str, href: str, tag: str
) -> None:
    cell = citation_cell(typed)
    assert (str(cell.text), cell.href, cell.tag) == (shown, href, tag)
    assert CitationField().clean(typed) == shown
    assert address(typed) == href


def test_what_is_in_doubt_is_said_in_words() -> None:
    assert doubts(WHOLE) == ""
    told = "niet zeker: Welke Kamer het is (I of II), ontbreekt. Het vergaderjaar ontbreekt"
    assert doubts("kst-30196-746") == told
    assert doubts("website van de Kamer") == "niet herkend als vindplaats"
