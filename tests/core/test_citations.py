"""Citations: every form is recognised, printed in one way, and linked."""

from __future__ import annotations

import itertools
import time
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvi_portal.core.citations import (
    AnnexDocument,
    Citation,
    CitationError,
    Kamerstuk,
    ParliamentDocument,
    Proceedings,
    Staatscourant,
    find,
    parse,
    session_of,
)

SITE = "https://zoek.officielebekendmakingen.nl"
PLAN = Kamerstuk(chamber="II", session="2020/21", dossier="30196", number="746")
LETTER = Kamerstuk(dossier="30196", number="807")

chapters = st.sampled_from(
    ["", "", "I", "IIA", "IV", "VII", "IXB", "XII", "XIII", "XVI", "XX", "A", "J", "08"]
)
sessions = st.integers(1946, 2060).map(lambda year: session_of(date(year, 12, 1)))
dossiers = st.integers(4000, 39999).map(str)
papers = st.builds(
    Kamerstuk,
    chamber=st.sampled_from(["II", ""]),
    session=st.one_of(sessions, st.just("")),
    dossier=dossiers,
    addition=chapters,
    number=st.integers(1, 9999).map(str),
    annex=st.booleans(),
)
senate_papers = st.builds(
    Kamerstuk,
    chamber=st.just("I"),
    session=sessions,
    dossier=dossiers,
    addition=chapters,
    number=st.from_regex(r"[A-Z]{1,2}", fullmatch=True),
)
citations: st.SearchStrategy[Citation] = st.one_of(
    papers,
    senate_papers,
    st.builds(Staatscourant, st.integers(1900, 2099), st.integers(1, 99999)),
    st.from_regex(r"20[0-9]{2}[DZ][0-9]{5}", fullmatch=True).map(ParliamentDocument),
    st.builds(
        Proceedings,
        chamber=st.sampled_from(["I", "II"]),
        session=sessions,
        number=st.integers(1, 120),
        item=st.integers(1, 50),
    ),
    st.builds(AnnexDocument, st.integers(1, 9_999_999)),
)


@pytest.mark.parametrize(
    "text",
    [
        "Kamerstukken II 2020/21, 30 196, nr. 746",
        "Kamerstukken II 2020/2021, 30 196, nr. 746",
        "Kamerstukken II 2020-2021, 30196, nr. 746.",
        "Kamerstukken II, 2020–2021, 30 196 nr. 746",
        "Kamerstukken II 2020/21,  30\u00a0196, nr.\u00a0746",
        "Kamerstukken II 2020/21 30 196, nr.746",
        "kamerstukken ii 2020/21, 30.196, nr 746",
        "Kamerstuk II 2020/21, 30 196, 746",
        "Kamerstukken TK 2020/21, 30 196, nr. 746",
        "Tweede Kamer, vergaderjaar 2020–2021, 30 196, nr. 746",
        "  Kamerstukken II 2020/21, 30 196,\n nr. 746 ",
    ],
)
def test_a_paper_is_recognised_however_it_is_written(text: str) -> None:
    assert parse(text) == PLAN


@pytest.mark.parametrize(
    "text",
    [
        "kst-30196-807",
        "KST-30196-807",
        "kst-30196-807.html",
        f"{SITE}/kst-30196-807.html",
        f"{SITE}/kst-30196-807",
        f"{SITE}/kst-30196-807.pdf",
        "http://zoek.officielebekendmakingen.nl/kst-30196-807.html?idp=1#p2",
        f"{SITE}/dossier/30196/kst-30196-807.html",
        "Kamerstuk 30196, nr. 807",
        "Kamerstuk 30196-807",
        "Kamerst. 30 196 nr. 807",
        "Kamerstukken 30 196, nr. 807",
        "30 196, nr. 807",
        "30196, nr. 807",
    ],
)
def test_a_paper_without_session_is_recognised(text: str) -> None:
    assert parse(text) == LETTER
    assert str(parse(text)) == "Kamerstukken 30 196, nr. 807"


@pytest.mark.parametrize(
    ("text", "printed", "key"),
    [
        (
            "Kamerstukken II 2023-2024, 36 410 XIII, nr. 66",
            "Kamerstukken II 2023/24, 36 410 XIII, nr. 66",
            "kst-36410-XIII-66",
        ),
        (
            "Kamerstukken I 2022/23, 36 200 XII, A",
            "Kamerstukken I 2022/23, 36 200 XII, A",
            "kst-36200-XII-A",
        ),
        ("Kamerstukken I 2021/22, 35 925, nr. E", "Kamerstukken I 2021/22, 35 925, E", "kst-35925-E"),
        (
            "Eerste Kamer, vergaderjaar 2021–2022, 35 925, nr. E",
            "Kamerstukken I 2021/22, 35 925, E",
            "kst-35925-E",
        ),
        (
            "Kamerstukken I 1995/96, 23700, nr. 188b",
            "Kamerstukken I 1995/96, 23 700, nr. 188b",
            "kst-23700-188b",
        ),
        ("36350-VII, nr. 12", "Kamerstukken 36 350 VII, nr. 12", "kst-36350-VII-12"),
        ("kst-36600-XII-60", "Kamerstukken 36 600 XII, nr. 60", "kst-36600-XII-60"),
        ("kst-36600-xii-60", "Kamerstukken 36 600 XII, nr. 60", "kst-36600-XII-60"),
        ("kst-36600-A-12", "Kamerstukken 36 600 A, nr. 12", "kst-36600-A-12"),
        ("kst-36200-a", "Kamerstukken 36 200, A", "kst-36200-A"),
        ("Kamerstuk 36410-XIII-66", "Kamerstukken 36 410 XIII, nr. 66", "kst-36410-XIII-66"),
        (
            "Kamerstukken II 2020/21, 21 501-08, nr. 1750",
            "Kamerstukken II 2020/21, 21 501-08, nr. 1750",
            "kst-21501-08-1750",
        ),
        ("Kamerstuk 21501-08-1750", "Kamerstukken 21 501-08, nr. 1750", "kst-21501-08-1750"),
        (
            "bijlage bij Kamerstukken II 2020/21, 30 196, nr. 746",
            "bijlage bij Kamerstukken II 2020/21, 30 196, nr. 746",
            "bijlage-kst-30196-746",
        ),
        (
            "Bijlage bij de kst-30196-746",
            "bijlage bij Kamerstukken 30 196, nr. 746",
            "bijlage-kst-30196-746",
        ),
        ("Kamerstukken II 1958/59, 5380, nr. 3", "Kamerstukken II 1958/59, 5 380, nr. 3", "kst-5380-3"),
        (
            "Kamerstukken II 1999-2000, 26 271, nr. 6",
            "Kamerstukken II 1999/2000, 26 271, nr. 6",
            "kst-26271-6",
        ),
        ("Kamerstukken II 1999/00, 26 271, nr. 6", "Kamerstukken II 1999/2000, 26 271, nr. 6", "kst-26271-6"),
        ("Kamerstukken 2020/21, 30 196, nr. 746", "Kamerstukken 2020/21, 30 196, nr. 746", "kst-30196-746"),
        ("Staatscourant 2024, 806", "Staatscourant 2024, 806", "stcrt-2024-806"),
        ("Staatscourant 2024, nr. 806", "Staatscourant 2024, 806", "stcrt-2024-806"),
        ("Stcrt. 2024, 806", "Staatscourant 2024, 806", "stcrt-2024-806"),
        ("Stcrt 2024-806", "Staatscourant 2024, 806", "stcrt-2024-806"),
        ("stcrt-2024-806", "Staatscourant 2024, 806", "stcrt-2024-806"),
        (f"{SITE}/stcrt-2024-806.html", "Staatscourant 2024, 806", "stcrt-2024-806"),
        ("2023D06254", "Tweede Kamer, document 2023D06254", "2023D06254"),
        ("2023z02701", "Tweede Kamer, zaak 2023Z02701", "2023Z02701"),
        ("document 2023D06254", "Tweede Kamer, document 2023D06254", "2023D06254"),
        (
            "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail?id=2023Z02701&did=2023D06254",
            "Tweede Kamer, document 2023D06254",
            "2023D06254",
        ),
        (
            "Handelingen II 2018/19, nr. 19, item 13",
            "Handelingen II 2018/19, nr. 19, item 13",
            "h-tk-20182019-19-13",
        ),
        ("h-tk-20182019-19-13", "Handelingen II 2018/19, nr. 19, item 13", "h-tk-20182019-19-13"),
        (f"{SITE}/h-ek-19992000-5-3.html", "Handelingen I 1999/2000, nr. 5, item 3", "h-ek-19992000-5-3"),
        ("blg-1014762", "bijlage blg-1014762", "blg-1014762"),
        (f"{SITE}/blg-1014762.pdf", "bijlage blg-1014762", "blg-1014762"),
    ],
)
def test_each_form_has_one_print_and_one_key(text: str, printed: str, key: str) -> None:
    citation = parse(text)
    assert (str(citation), citation.key) == (printed, key)


@given(citations)
def test_what_is_printed_reads_back_the_same(citation: Citation) -> None:
    assert parse(str(citation)) == citation
    assert str(parse(str(citation))) == str(citation)


@given(citations)
def test_key_and_address_lead_to_the_same_paper(citation: Citation) -> None:
    assert parse(citation.key).key == citation.key
    assert parse(citation.url).url == citation.url


@given(
    citations,
    st.sampled_from(["", "Zie ", "(", "“", "vergelijk 2024. ", "1"]),
    st.sampled_from(["", ".", ")", ", p. 3"]),
)
def test_what_is_printed_is_found_in_running_text(citation: Citation, before: str, after: str) -> None:
    printed = str(citation)
    before = before if printed[0].isalpha() else before.rstrip("1")
    (match,) = find(f"{before}{printed}{after}")
    assert (match.start, match.end) == (len(before), len(before) + len(printed))
    assert (match.text, match.citation) == (printed, citation)


def test_hundreds_of_written_forms_come_down_to_one_print() -> None:
    heads = ["Kamerstukken II ", "Kamerstuk II, ", "Kamerstukken TK ", "Tweede Kamer, vergaderjaar "]
    years = ["2023/24", "2023/2024", "2023-2024", "2023–2024", "2023-24"]
    dossiers = ["36 410 XIII", "36410-XIII", "36.410 XIII", "36\u00a0410\u00a0XIII", "36410 XIII"]
    numbers = [", nr. 66", " nr. 66", ", nr 66", ",\u00a0nr.\u00a066"]
    forms = ["".join(parts) for parts in itertools.product(heads, years, [", "], dossiers, numbers)]
    assert len(forms) == 400
    assert {str(parse(form)) for form in forms} == {"Kamerstukken II 2023/24, 36 410 XIII, nr. 66"}


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    for match in find(text):
        assert text[match.start : match.end] == match.text
        assert parse(match.text) == match.citation


def test_finds_all_citations_of_a_paragraph_in_order() -> None:
    text = (
        "Het plan (1Kamerstukken II 2020/21, 30 196, nr. 746, p. 3) volgde op 36350-VII, nr. 12. Zie "
        f"{SITE}/kst-30196-807.html. Ook Stcrt. 2024, 806 en motie 2023D06254 (bijlage bij Kamerstukken II "
        "2013/14, 31 142, nr. 37; Handelingen II 2018/19, nr. 19, item 13)."
    )
    found = find(text)
    assert [match.citation.key for match in found] == [
        "kst-30196-746",
        "kst-36350-VII-12",
        "kst-30196-807",
        "stcrt-2024-806",
        "2023D06254",
        "bijlage-kst-31142-37",
        "h-tk-20182019-19-13",
    ]
    assert all(text[match.start : match.end] == match.text for match in found)
    assert found[5].text.startswith("bijlage bij Kamerstukken")


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 kochten 30 196 mensen 746 boeken.",
        "Kamerstukken II 2020/21, 30 196",
        "Kamerstukken II 2020/21, 36 200, en daarna",
        "kst-30196-746-h1",
        "mailkst-30196-746",
        "nrs. 394 en 395",
        "artikel 2024, nr. 3",
        "12023D062541",
        "A2023D06254",
        "blg-",
        "https://example.org/kst-30196-746",
        "130 196, nr. 746",
        "Kamerstukken II 2020/21, 30 196, nr. 746-748",
    ],
)
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "herkennen we niet"),
        ("Duurzame ontwikkeling en beleid | Tweede Kamer der Staten-Generaal", "herkennen we niet"),
        ("Kamerstukken II 2020/21, 30 196", "Het nummer van het stuk ontbreekt"),
        ("Kamerstukken II 2020/21, 30 196, nr. 746 en nog wat", "herkennen we niet"),
        ("x" * 500, "…” herkennen we niet"),
    ],
)
def test_what_is_no_citation_is_told_in_dutch(text: str, message: str) -> None:
    with pytest.raises(CitationError, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Kamerstukken II 2020/21, 30 196, nr. 746", ()),
        ("Kamerstukken I 2022/23, 36 200 XII, A", ()),
        ("Kamerstukken II 2024/25, 36 600 J, nr. 4", ()),
        ("Kamerstukken II 2020/21, 21 501-08, nr. 1", ()),
        ("Kamerstukken II 30 196, nr. 746", ("Het vergaderjaar ontbreekt.",)),
        (
            "kst-30196-746",
            ("Welke Kamer het is (I of II), ontbreekt.", "Het vergaderjaar ontbreekt."),
        ),
        (
            "Kamerstukken II 2020/22, 30 196, nr. 746",
            ("De jaren van vergaderjaar 2020/22 volgen niet op elkaar.",),
        ),
        (
            "Kamerstukken II 2020/19, 30 196, nr. 746",
            ("De jaren van vergaderjaar 2020/19 volgen niet op elkaar.",),
        ),
        (
            "Kamerstukken II 2020/21, 36 410 XIIII, nr. 66",
            ("XIIII is geen hoofdstuk van de begroting: het is geen Romeins cijfer.",),
        ),
        (
            "Kamerstukken II 2022/23, 36 200 XII, A",
            ("Nummer A is een letter: dat past bij de Eerste Kamer.",),
        ),
        (
            "Kamerstukken I 2022/23, 36 200 XII, nr. 5",
            ("Nummer 5 is een cijfer: dat past bij de Tweede Kamer.",),
        ),
        ("Handelingen II 2018/19, nr. 19, item 13", ()),
        (
            "h-tk-20182020-19-13",
            ("De jaren van vergaderjaar 2018/20 volgen niet op elkaar.",),
        ),
        ("Staatscourant 2024, 806", ()),
        ("2023D06254", ()),
        ("blg-12", ()),
    ],
)
def test_doubts_are_told_and_do_not_stop(text: str, doubts: tuple[str, ...]) -> None:
    citation = parse(text)
    assert citation.doubts == doubts
    assert parse(str(citation)) == citation


@pytest.mark.parametrize(
    "parts",
    [
        {"dossier": "30 196", "number": "746"},
        {"dossier": "30196", "number": ""},
        {"dossier": "30196", "number": "746", "chamber": "III"},
        {"dossier": "30196", "number": "746", "session": "2020"},
        {"dossier": "30196", "number": "746", "addition": "xii"},
        {"dossier": "30196", "number": "<b>"},
    ],
)
def test_a_paper_of_an_impossible_shape_cannot_be_made(parts: dict[str, Any]) -> None:
    with pytest.raises(CitationError, match="Dit kan geen Kamerstuk zijn"):
        Kamerstuk(**parts)


@pytest.mark.parametrize(
    ("day", "session"),
    [
        (date(2021, 1, 22), "2020/21"),
        (date(2020, 9, 14), "2019/20"),
        (date(2020, 9, 15), "2020/21"),  # Prinsjesdag
        (date(2022, 9, 19), "2021/22"),
        (date(2022, 9, 20), "2022/23"),
        (date(2023, 9, 18), "2022/23"),
        (date(2023, 9, 19), "2023/24"),
        (date(2024, 9, 17), "2024/25"),
        (date(1999, 12, 31), "1999/2000"),
        (date(2000, 10, 1), "2000/01"),
    ],
)
def test_the_parliamentary_year_begins_on_the_third_tuesday_of_september(day: date, session: str) -> None:
    assert session_of(day) == session


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_parliamentary_year_changes_on_one_tuesday_between_15_and_21_september(day: date) -> None:
    before, after = session_of(day), session_of(day + timedelta(days=1))
    opens = day + timedelta(days=1)
    is_opening = opens.month == 9 and 15 <= opens.day <= 21 and opens.weekday() == 1
    assert (before != after) is is_opening


@pytest.mark.parametrize(
    "nasty",
    [
        "Kamerstukken II" + " " * 100_000,
        "https://www.tweedekamer.nl/" * 10_000,
        "https://zoek.officielebekendmakingen.nl/kst-30196-807?" * 5_000,
        "30 " * 100_000,
        "2020/21, " * 50_000,
    ],
)
def test_a_hostile_text_costs_no_more_than_its_length(nasty: str) -> None:
    began = time.monotonic()
    find(nasty)
    assert time.monotonic() - began < 10
