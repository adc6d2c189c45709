"""Where things stand on the paper of a letter, in millimetres, read back from the PDF."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

import pypdfium2
import pytest

from mvi_portal.core import pdf
from reports import render
from reports.frozen import FrozenLetter, FrozenTable
from tests.factories.frozen import AnnexFactory, LetterFactory, section

MM = 25.4 / 72
LINE = 12 * MM  # the height of a line of text
NEAR = 1.0  # millimetres: ink stands a little within its line
LONG = (
    "<p>" + "De overheid koopt in met aandacht voor mens en milieu, en dat kost tijd en geduld. " * 9 + "</p>"
)


@dataclass(frozen=True)
class Line:
    """A piece of text, by its page and its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    text: str


@cache
def printed(letter: str) -> tuple[Line, ...]:
    return tuple(_lines(pdf.write(letter)))


def lines(letter: FrozenLetter) -> tuple[Line, ...]:
    return printed(render.to_html(letter))


def _lines(content: bytes) -> Iterator[Line]:
    document = pypdfium2.PdfDocument(content)
    for number, sheet in enumerate(document, 1):
        text, height = sheet.get_textpage(), sheet.get_height()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            yield Line(
                number,
                left * MM,
                (height - top) * MM,
                right * MM,
                text.get_text_bounded(left, bottom, right, top).strip(),
            )
        text.close()
    document.close()


def first(found: tuple[Line, ...], text: str) -> Line:
    return next(line for line in found if line.text.startswith(text))


@pytest.mark.parametrize(
    ("text", "left", "top"),
    [
        ("De voorzitter van de Tweede Kamer", 20, 57),
        ("> Retouradres Postbus 20901", 20, 48.5),
        ("Ministerie van", 150, 61.5),
        ("Rijnstraat 8", 150, None),
        ("Ons kenmerk", 150, None),
        ("Uw kenmerk", 150, None),
        ("2024Z01234", 150, None),
        ("Bijlagen", 150, None),
        ("31 januari 2025", 42, 108),
        ("Datum", 20, 108),
        ("Betreft", 20, 108 + LINE),
        ("Voortgang Nationaal plan", 42, 108 + LINE),
        ("Geachte voorzitter,", 20, None),
    ],
)
def test_what_stands_on_the_first_page_stands_in_its_place(text: str, left: float, top: float) -> None:
    letter = LetterFactory(your_reference="2024Z01234")
    found = tuple(line for line in lines(letter) if line.page == 1)
    same = [line for line in found if line.text.startswith(text)]
    assert any(
        (left is None or abs(line.left - left) < NEAR) and (top is None or -NEAR < line.top - top < 2 * NEAR)
        for line in same
    ), same


def test_no_text_of_the_letter_runs_into_the_column() -> None:
    for line in lines(LetterFactory(annexes=())):
        assert line.left < 143 or line.left > 149 or line.page == 1, line
        assert line.left < 149 or line.right < 190 + NEAR, line


def test_the_text_stands_on_lines_of_twelve_points() -> None:
    body = [line.top for line in lines(LetterFactory.plain(LONG)) if line.page == 1 and line.top > 126]
    gaps = [later - earlier for earlier, later in itertools.pairwise(body)][1:8]  # below the salutation
    assert all(abs(gap - LINE) < 0.6 for gap in gaps), gaps  # capitals are taller than the rest


def test_three_blank_lines_stand_above_the_salutation() -> None:
    found = lines(LetterFactory.plain(title="Een korte titel"))
    gap = first(found, "Geachte voorzitter,").top - first(found, "Betreft").top
    assert abs(gap - 4 * LINE) < 0.6
    assert first(found, "Geachte voorzitter,").top > 126


@pytest.mark.parametrize("page", [1, 2, -1])
def test_each_page_has_its_number_in_the_place_of_the_column(page: int) -> None:
    found = lines(LetterFactory())
    last = max(line.page for line in found)
    number = first(found, f"Pagina {page if page > 0 else last} van {last}")
    assert abs(number.left - 150) < NEAR
    assert -NEAR < number.top - 275 < 2 * NEAR


def test_a_letter_can_be_one_page_or_twelve() -> None:
    short = lines(LetterFactory.plain("<p>Kort.</p>"))
    long = lines(LetterFactory.plain(LONG * 60))
    assert "Pagina 1 van 1" in [line.text for line in short]
    assert max(line.page for line in short) == 1
    assert max(line.page for line in long) == 12


def test_no_page_begins_or_ends_with_one_line_of_a_paragraph() -> None:
    body = [line for line in lines(LetterFactory.plain(LONG * 50)) if 20 <= line.left < 143]
    for page in range(2, max(line.page for line in body)):
        tops = sorted({round(line.top) for line in body if line.page == page and 30 < line.top < 265})
        gaps = [later - earlier for earlier, later in itertools.pairwise(tops)]
        assert gaps[0] < 6, f"a widow on page {page}"
        assert gaps[-1] < 6, f"an orphan on page {page}"


@pytest.mark.parametrize("many", [24, 27, 30, 33])
def test_the_signature_is_kept_together(many: int) -> None:
    """However full the page before it is."""
    text = "<p>Een regel.</p>" * many
    found = lines(LetterFactory.plain(text))
    closing, holder = first(found, "Hoogachtend,"), first(found, "A.B. Voorbeeld")
    assert closing.page == holder.page
    assert holder.top > closing.top


def test_two_hundred_signatories_repeat_their_head_on_every_page() -> None:
    rows = tuple(
        (f"Gemeente Voorbeeldstad aan de Lange Voorbeeldrivier {n}", "24 november 2022") for n in range(200)
    )
    table = FrozenTable("Gemeenten (200)", ("Organisatie", "Ondertekend"), rows)
    letter = LetterFactory(
        sections=(section("<p>Tekst.</p>"),), annexes=(AnnexFactory(number=1, tables=(table,)),)
    )
    found = lines(letter)
    pages = {line.page for line in found if line.text.startswith("Gemeente Voorbeeldstad")}
    heads = [line.page for line in found if line.text.startswith("Organisatie")]
    assert len(pages) > 3
    assert pages <= set(heads)
    assert sum(line.text.startswith("Gemeente Voorbeeldstad") for line in found) == 200


@pytest.mark.parametrize(
    "seed", [2, 26]
)  # WeasyPrint alone sends notes away in both, the last for one line too
def test_a_note_never_stands_on_the_page_after_its_text(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same letter each time
    numbers, parts = itertools.count(1), []
    for code in "ABCDEF":
        said = [
            f"<p>Alinea{(n := next(numbers))}x begint.<mvi-footnote>Noot{n}x is dit</mvi-footnote> "
            + "De overheid koopt in met aandacht voor mens en milieu. " * chance.randint(1, 9)
            + "</p>"
            for _ in range(chance.randint(1, 4))
        ]
        parts.append(section("".join(said), code=code, title="Een kop van dit deel"))
    pages = told(LetterFactory(sections=tuple(parts), annexes=()))
    for n in range(1, next(numbers)):
        assert [f"Alinea{n}x" in page for page in pages] == [f"Noot{n}x" in page for page in pages]


def told(letter: FrozenLetter) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(pdf.write(render.to_html(letter)))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
