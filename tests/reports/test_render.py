"""A frozen letter as HTML and as PDF: what a reader finds in it, and what keeps it from being printed."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import page
import pypdf
import pytest
from cssselect2 import ElementWrapper
from lxml import etree, html
from pytest_django.fixtures import Settings

from mvi_portal.core import pdf
from mvi_portal.core.printing.tables import BLOCK
from reports import render
from reports.frozen import FrozenLetter, FrozenTable, FrozenUnit, from_json
from tests import verapdf
from tests.factories.frozen import (
    AnnexFactory,
    FigureFactory,
    LetterFactory,
    SenderFactory,
    section,
    signatories,
)


def parsed(letter: FrozenLetter) -> html.HtmlElement:
    return html.document_fromstring(render.to_html(letter))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """What the CSS selector finds in the element, in order."""
    found = ElementWrapper.from_html_root(element).query_all(selector)
    return [wrapper.etree_element for wrapper in found]


def only(element: html.HtmlElement, selector: str) -> html.HtmlElement:
    (found,) = select(element, selector)
    return found


def figure(form: str, key: str = "k") -> str:
    return f'<mvi-figure data-key="{key}" data-form="{form}"></mvi-figure>'


def saying(prose: str, **fields: object) -> str:
    """What the letter prints for this prose, with one figure "k" of these fields."""
    letter = LetterFactory.plain(prose, figures={"k": FigureFactory(key="k", **fields)})
    passage = select(parsed(letter), "section")[0]
    for note in select(passage, ".footnote"):
        note.drop_tree()
    return text(passage)


def problems(prose: str, **fields: object) -> list[str]:
    made = FigureFactory(key="k", **fields)
    return render.check(LetterFactory.plain(prose, title="T", figures={"k": made}))


# Figures in the text


@pytest.mark.parametrize(
    ("form", "fields", "printed"),
    [
        ("number", {"value": 1234}, "1.234"),
        ("words", {"value": 5}, "vijf"),
        ("words", {"value": 12}, "twaalf"),
        ("words", {"value": 13}, "13"),
        ("change", {"value": 70, "previous": 64}, "6 meer"),
        ("change", {"value": 64, "previous": 70}, "6 minder"),
        ("change", {"value": 5000, "previous": 1}, "4.999 meer"),
        ("change", {"value": 5, "previous": 5}, "evenveel"),
        ("trend", {"value": 6, "previous": 5}, "neemt toe"),
        ("trend", {"value": 5, "previous": 6}, "neemt af"),
        ("trend", {"value": 5, "previous": 5}, "blijft gelijk"),
        ("all", {"value": 15, "population": 15}, "alle"),
        ("at-least", {"value": 53}, "53"),
        ("at-least", {"value": 53, "qualifier": "at-least"}, "minstens 53"),
        ("at-least", {"value": 70, "qualifier": "about"}, "zo'n 70"),
    ],
)
def test_a_figure_is_printed_in_its_form(form: str, fields: dict[str, object], printed: str) -> None:
    assert saying(f"<p>er, {figure(form)} dus</p>", **fields) == f"er, {printed} dus"


@pytest.mark.parametrize(
    ("prose", "printed"),
    [
        ("<p>{} gemeenten</p>", "Vijf gemeenten"),
        ("<p><strong>{}</strong> gemeenten</p>", "Vijf gemeenten"),
        ("<ul><li>{} gemeenten</li></ul>", "Vijf gemeenten"),
        ("<p>Dat is zo. {} gemeenten</p>", "Dat is zo. Vijf gemeenten"),
        ("<p>Echt waar? {} gemeenten</p>", "Echt waar? Vijf gemeenten"),
        ("<p>Het zijn er {}.</p>", "Het zijn er vijf."),
        ("<p>Er zijn o.a. {} gemeenten</p>", "Er zijn o.a. vijf gemeenten"),
        ("<p>o.a. {} gemeenten</p>", "o.a. vijf gemeenten"),
        ("<p>Zie nr. {} gemeenten</p>", "Zie nr. vijf gemeenten"),
    ],
)
def test_a_figure_that_begins_a_sentence_has_a_capital(prose: str, printed: str) -> None:
    assert saying(prose.format(figure("words")), value=5) == printed


def test_the_text_around_a_figure_keeps_its_letters() -> None:
    assert saying(f"<p>een. twee <em>drie</em>. {figure('number')} vier</p>", value=7) == (
        "een. twee drie. 7 vier"
    )


# What cannot be printed


def test_an_unknown_figure_is_named_with_its_section() -> None:
    letter = LetterFactory(
        sections=(section(f"<p>{figure('number', 'x.y')}</p>", code="A", title="Borging"),)
    )
    assert render.check(letter) == ["In 'A. Borging': Het cijfer 'x.y' bestaat niet."]
    with pytest.raises(render.RenderError, match=r"In 'A\. Borging': Het cijfer 'x\.y' bestaat niet\."):
        render.to_html(letter)


@pytest.mark.parametrize(
    ("prose", "fields", "said"),
    [
        (figure("change"), {"previous": None}, "Van het cijfer 'k' is geen eerdere waarde bekend"),
        (figure("trend"), {"previous": None}, "Van het cijfer 'k' is geen eerdere waarde bekend"),
        (figure("all"), {"population": None}, "niet bekend hoeveel alle gemeenten zijn"),
        (figure("all"), {"value": 70, "population": 1342}, "het zijn er 70 van de 1.342"),
        (figure("all"), {"value": 0, "population": 0}, "niet bekend hoeveel alle gemeenten zijn"),
        (figure("anders"), {}, "onbekende vorm"),
        ('<mvi-chart data-key="k"></mvi-chart>', {"series": ()}, "te weinig peildata"),
        ('<mvi-chart data-key="z"></mvi-chart>', {}, "Het cijfer 'z' bestaat niet."),
        ('<mvi-table data-keys="k z"></mvi-table>', {}, "Het cijfer 'z' bestaat niet."),
        ('<mvi-citation data-ref="zomaar iets"></mvi-citation>', {}, "zomaar iets"),
    ],
)
def test_what_cannot_be_printed_is_said(prose: str, fields: dict[str, object], said: str) -> None:
    (problem,) = problems(f"<p>Tekst {prose}</p>" if "mvi-figure" in prose else prose, **fields)
    assert said in problem
    assert problem.startswith("In 'de opening': ")


def test_all_problems_are_told_at_once_and_once() -> None:
    letter = LetterFactory(
        sections=(
            section(f"<p>{figure('number', 'x')} {figure('words', 'x')}</p>", title="Een"),
            section(f"<p>{figure('number', 'y')}</p>", title="Twee"),
        )
    )
    assert render.check(letter) == [
        "In 'Een': Het cijfer 'x' bestaat niet.",
        "In 'Twee': Het cijfer 'y' bestaat niet.",
    ]


def test_a_heading_may_not_skip_a_level() -> None:
    letter = LetterFactory(sections=(section("<h4>Diep</h4><p>Tekst</p>", code="A", title="Borging"),))
    assert "tussenkop" in render.check(letter)[0]


def test_a_good_letter_has_no_problems() -> None:
    assert render.check(LetterFactory()) == []


# Headings


def test_a_letter_has_one_first_heading_and_one_for_each_line() -> None:
    found = parsed(LetterFactory())
    assert text(only(found, "h1")) == "Voortgang Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025"
    assert [text(heading) for heading in select(found, "h2")] == [
        "A. Brede borging van MVI in de organisatie",
        "B. Strategische inzet op sectoren",
        "C. Minder vrijblijvendheid",
        "D. Integrale aanpak van MVI",
        "Bijlagen",
        "Verantwoording van de cijfers",
        "Bijlage 1. Ondertekenaars van het Manifest",
    ]


def test_headings_in_a_part_without_a_title_come_one_level_up() -> None:
    found = parsed(LetterFactory.plain("<h3>Kop</h3><h4>Onder</h4><p>Tekst</p>"))
    assert [heading.tag for heading in select(found, "h1, h2, h3, h4")] == ["h1", "h2", "h3"]


# Footnotes


def test_a_citation_becomes_a_linked_footnote() -> None:
    note = select(parsed(LetterFactory()), ".footnote")[0]
    assert text(note) == "Kamerstukken II 2020/21, 30 196, nr. 746"
    assert only(note, "a").get("href") == "https://zoek.officielebekendmakingen.nl/kst-30196-746.html"


def test_a_citation_in_a_footnote_stays_in_it() -> None:
    ref = '<mvi-citation data-ref="Kamerstukken II 2020/21, 30 196, nr. 746"></mvi-citation>'
    found = parsed(LetterFactory.plain(f"<p>Tekst<mvi-footnote>Zie ook {ref}.</mvi-footnote></p>"))
    assert text(only(found, ".footnote")) == "Zie ook Kamerstukken II 2020/21, 30 196, nr. 746."


def test_footnotes_side_by_side_are_told_apart() -> None:
    notes = "<mvi-footnote>Een</mvi-footnote> <mvi-footnote>Twee</mvi-footnote>"
    assert '</span><sup>,</sup><span class="footnote">' in render.to_html(
        LetterFactory.plain(f"<p>Tekst {notes}</p>")
    )


def test_no_space_comes_before_a_footnote() -> None:
    printed = render.to_html(LetterFactory.plain("<p>Tekst. <mvi-footnote>Noot</mvi-footnote> Meer</p>"))
    assert '<p>Tekst.<span class="footnote">Noot</span> Meer</p>' in printed


def test_the_reference_date_of_the_figures_is_said_once() -> None:
    said = "Alle aantallen in deze brief gelden op de peildatum 31 januari 2025."
    notes = [text(note) for note in select(parsed(LetterFactory()), ".footnote")]
    assert notes.count(said) == 1


def test_a_letter_without_figures_speaks_of_no_reference_date() -> None:
    printed = render.to_html(LetterFactory.plain("<p>Zonder cijfers.</p>"))
    assert "eildatum" not in printed
    assert "footnote" not in printed
    assert "Verantwoording" not in printed


# Tables and charts


def test_a_table_of_figures_compares_with_the_previous_letter() -> None:
    table = select(parsed(LetterFactory()), "table.figures")[0]
    assert text(only(table, "caption")) == "Ondertekenaars van het Manifest"
    assert [text(cell) for cell in select(table, "thead th")] == [
        "Aantal",
        "15 februari 2023",
        "31 januari 2025",
        "Verschil",
    ]
    rows = [[text(cell) for cell in row] for row in select(table, "tbody tr")]
    assert rows[-1] == ["Gemeenten die het Manifest ondertekenden", "50", "70", "+20"]


def test_a_table_prints_a_decline_and_a_qualified_value() -> None:
    made = FigureFactory(key="k", value=1053, previous=2060, qualifier="at-least")
    letter = LetterFactory.plain('<mvi-table data-keys="k" data-title="T"></mvi-table>', figures={"k": made})
    cells = [text(cell) for cell in select(parsed(letter), "table.figures td")]
    assert cells == ["2.060", "minstens 1.053", "−1.007"]


@pytest.mark.parametrize(
    "fields", [{"since": None}, {"figures": {"k": FigureFactory(key="k", previous=None)}}]
)
def test_a_table_without_earlier_values_has_one_column(fields: dict[str, object]) -> None:
    made: dict[str, object] = {"figures": {"k": FigureFactory(key="k")}, **fields}
    letter = LetterFactory.plain('<mvi-table data-keys="k"></mvi-table>', **made)
    table = only(parsed(letter), "table.figures")
    assert [text(cell) for cell in select(table, "thead th")] == ["Aantal", "31 januari 2025"]


def test_every_header_of_a_table_has_a_scope_and_numbers_stand_right() -> None:
    found = parsed(LetterFactory())
    assert {head.get("scope") for head in select(found, "thead th")} == {"col"}
    assert {head.get("scope") for head in select(found, "tbody th")} == {"row"}
    assert all("number" in cell.get("class") for cell in select(found, "table.figures td"))


def test_a_chart_has_its_table() -> None:
    picture = only(parsed(LetterFactory()), ".picture")
    assert only(picture, "svg").get("role") == "img"
    rows = select(picture, "tbody tr")
    assert [text(cell) for cell in rows[-1]] == ["31 januari 2025", "70"]
    assert len(rows) <= 12


def test_a_chart_begins_where_it_is_asked_to() -> None:
    months = tuple((date(2023, month, 1), month) for month in range(1, 13))
    letter = LetterFactory.plain(
        '<mvi-chart data-key="k" data-from="2023-10-01"></mvi-chart>',
        figures={"k": FigureFactory(key="k", series=months)},
    )
    assert len(select(parsed(letter), ".picture tbody tr")) == 3


def test_two_charts_have_ids_of_their_own() -> None:
    chart = '<mvi-chart data-key="ondertekenaars.gemeenten"></mvi-chart>'
    ids = parsed(LetterFactory(sections=(section(chart * 2),))).xpath("//@id")
    assert len(ids) == len(set(ids)) == 4


# Annexes


def test_annexes_are_listed_and_the_separate_ones_say_so() -> None:
    found = parsed(LetterFactory())
    assert [text(item) for item in select(found, ".annex-list li")] == [
        "Ondertekenaars van het Manifest",
        "Evaluatie van de actieplannen (afzonderlijk document)",
    ]
    assert len(select(found, ".annex")) == 1
    assert "Bijlagen2" in text(only(found, ".column"))


def test_a_long_table_is_cut_in_blocks_of_the_same_widths() -> None:
    letter = LetterFactory(annexes=(AnnexFactory(tables=(signatories(2 * BLOCK + 1),)),))
    tables = select(parsed(letter), ".annex table")
    assert [len(select(table, "tbody tr")) for table in tables] == [BLOCK, BLOCK, 1]
    assert text(only(tables[1], "caption")) == "Gemeenten (vervolg, vanaf rij 201)"
    assert len({tuple(head.get("class") for head in select(table, "thead th")) for table in tables}) == 1


def test_the_widths_of_columns_fill_the_page() -> None:
    heads = select(parsed(LetterFactory()), ".annex thead th")
    assert sum(int(re.findall(r"w(\d+)", head.get("class"))[0]) for head in heads) == 100


def test_a_table_with_more_columns_than_usual_still_fits() -> None:
    many = FrozenTable("Breed", tuple("ABCDEFGHIJKL"), (tuple("x" * 12),), ())
    heads = select(parsed(LetterFactory(annexes=(AnnexFactory(tables=(many,)),))), ".annex thead th")
    widths = [int(re.findall(r"w(\d+)", head.get("class"))[0]) for head in heads]
    assert sum(widths) == 100
    assert min(widths) >= 3


def test_an_empty_table_says_so() -> None:
    empty = FrozenTable("Plannen", ("Organisatie", "Plan"), ())
    found = parsed(LetterFactory(annexes=(AnnexFactory(tables=(empty,)),)))
    assert "niets op te nemen" in text(only(found, ".annex tbody"))


# Senders, marks and metadata


def test_the_signature_names_office_holder_and_co_senders() -> None:
    assert text(only(parsed(LetterFactory()), ".signature")) == (
        "Hoogachtend, mede namens de minister van Binnenlandse Zaken en Koninkrijksrelaties en de minister "
        "van Economische Zaken, De staatssecretaris van Infrastructuur en Waterstaat - Openbaar Vervoer en "
        "Milieu, A.B. Voorbeeld"
    )


def test_three_co_senders_are_listed_with_commas() -> None:
    senders = tuple(SenderFactory(office=f"De minister van {name}") for name in ("A", "B", "C"))
    said = text(only(parsed(LetterFactory(co_senders=senders)), ".on-behalf"))
    assert said == "mede namens de minister van A, de minister van B en de minister van C,"


def test_a_letter_without_co_senders_and_holder_has_no_empty_places() -> None:
    letter = LetterFactory.plain(
        sender=SenderFactory(holder="", phone="", website="", postal=()), reference=""
    )
    found = parsed(letter)
    assert text(only(found, ".signature")).startswith("Hoogachtend, De staatssecretaris")
    assert "Retouradres Rijnstraat 8 2515 XP Den Haag" in text(only(found, ".return"))
    assert "kenmerk" not in text(found)
    assert not [part for part in select(found, "p") if not text(part)]


def test_a_ministry_begins_with_a_capital() -> None:
    assert text(only(parsed(LetterFactory()), ".sender")) == "Ministerie van Infrastructuur en Waterstaat"


def test_a_demo_letter_says_so_in_the_margin_and_in_the_text() -> None:
    found = parsed(LetterFactory(is_demo=True))
    assert text(only(found, ".running-marks")) == "Bevat demonstratiegegevens"
    assert text(only(found, ".notice")).startswith("Bevat demonstratiegegevens: ")


def test_a_what_if_letter_says_on_which_date() -> None:
    found = parsed(LetterFactory(what_if=True, reference_date=date(2024, 12, 31)))
    assert text(only(found, ".running-marks")) == "WAT ALS — peildatum 31 december 2024"
    assert "niet bedoeld om te verzenden" in text(only(found, ".notice"))


def test_a_concept_says_so_on_paper_on_the_screen_and_in_a_text_document() -> None:
    letter = LetterFactory(is_concept=True, is_demo=True)
    found = parsed(letter)
    marks = [text(mark) for mark in select(found, ".running-marks span")]
    assert marks == ["CONCEPT", "Bevat demonstratiegegevens"]
    assert 'href="print/concept.css"' in render.to_html(letter)
    assert 'href="print/concept.css"' in render.annex_to_html(letter, letter.annexes[0])
    assert '<p class="mark">CONCEPT</p>' in render.to_screen(letter)
    assert '<p class="mark">CONCEPT</p>' in render.to_page(letter)
    first = select(html.document_fromstring(render.to_plain(letter)), "body > *")[0]
    assert text(first) == "CONCEPT Bevat demonstratiegegevens"


def test_a_marking_stands_above_and_below_on_each_page_and_in_each_form() -> None:
    letter = LetterFactory(marking="departementaal vertrouwelijk", annexes=(AnnexFactory(separate=True),))
    told = "DEPARTEMENTAAL VERTROUWELIJK"
    for printed in (render.to_html(letter), render.annex_to_html(letter, letter.annexes[0])):
        for sheet in pages(pdf.write(printed)):
            assert sheet.count(told) == 2
    for shown in (render.to_screen(letter), render.to_page(letter), render.to_plain(letter)):
        assert told in shown
    assert from_json(letter.to_json()) == letter


def test_the_reference_of_what_is_answered_stands_below_our_own() -> None:
    column = only(parsed(LetterFactory(your_reference="2024Z01234")), ".column")
    assert "Ons kenmerkIENW/BSK-2025/000001Uw kenmerk2024Z01234Peildatum" in text(column)
    assert "Uw kenmerk" not in render.to_html(LetterFactory())


def test_what_was_frozen_before_there_were_concepts_keeps_its_hash() -> None:
    letter = LetterFactory()
    assert "is_concept" not in letter.to_json()
    assert "marking" not in letter.to_json()
    assert "your_reference" not in letter.to_json()
    assert not from_json(letter.to_json()).is_concept
    concept = LetterFactory(is_concept=True)
    assert from_json(concept.to_json()) == concept
    assert concept.sha256() != letter.sha256()


def test_an_ordinary_letter_has_no_marks() -> None:
    found = parsed(LetterFactory())
    assert text(only(found, ".running-marks")) == ""
    assert "CONCEPT" not in render.to_html(LetterFactory()) + render.to_screen(LetterFactory())
    assert "concept.css" not in render.to_html(LetterFactory())
    assert not select(found, ".notice")


def test_the_account_defines_the_figures_that_were_used() -> None:
    letter = LetterFactory.plain(f"<p>Er zijn {figure('number', 'actieplannen.ontvangen')} plannen.</p>")
    account = text(only(parsed(letter), ".account"))
    assert "Actieplannen waarvan uiterlijk op de peildatum een versie is ontvangen." in account
    assert "Niet elke organisatie meldt haar plan aan." in account
    assert "Provincies" not in account
    assert "15 februari 2023, de peildatum van de brief “Voortgang" in account


def test_without_a_previous_letter_the_account_compares_with_nothing() -> None:
    prose = f"<p>Er zijn {figure('number', 'actieplannen.ontvangen')} plannen.</p>"
    assert "verschillen" not in text(only(parsed(LetterFactory.plain(prose, since=None)), ".account"))
    typed = only(parsed(LetterFactory.plain(prose, since_title="")), ".account")
    assert "De verschillen zijn die met 15 februari 2023." in text(typed)


def test_the_fingerprint_of_the_content_is_printed() -> None:
    letter = LetterFactory()
    assert letter.sha256() in render.to_html(letter)


def test_the_file_dates_are_those_of_the_letter() -> None:
    found = parsed(LetterFactory())
    assert {meta.get("content") for meta in found.xpath("//meta[starts-with(@name, 'dcterms')]")} == {
        "2025-01-31"
    }


def test_a_logo_can_be_set(settings: Settings, tmp_path: Path) -> None:
    assert only(parsed(LetterFactory()), ".logo").get("src") == "print/logo.svg"
    settings.LETTER_LOGO = tmp_path / "logo.svg"
    assert only(parsed(LetterFactory()), ".logo").get("src") == (tmp_path / "logo.svg").as_uri()


HOSTILE = '<script>alert("x")</script> & {{ letter }} <img src=x>'


def test_hostile_text_is_text_everywhere() -> None:
    made = FigureFactory(
        key="k", label=HOSTILE, definition=HOSTILE, note=HOSTILE, unit=FrozenUnit("x", HOSTILE)
    )
    table = FrozenTable(HOSTILE, (HOSTILE, "B"), ((HOSTILE, HOSTILE),))
    letter = LetterFactory.plain(
        f'<p>{HOSTILE}</p><mvi-table data-keys="k"></mvi-table>',
        figures={"k": made},
        addressee=(HOSTILE,),
        annexes=(AnnexFactory(title=HOSTILE, intro=HOSTILE, tables=(table,)),),
        sender=SenderFactory(office=HOSTILE, holder=HOSTILE, visiting=(HOSTILE,), organisation__name=HOSTILE),
        **dict.fromkeys(
            ("title", "salutation", "closing", "reference", "your_reference", "plan", "since_title"), HOSTILE
        ),
    )
    found = parsed(letter)
    assert not select(found, "script")
    assert len(select(found, "img")) == 1
    assert text(only(found, "h1")) == HOSTILE


def test_the_html_needs_only_the_frozen_content() -> None:
    letter = LetterFactory()
    assert render.to_html(from_json(letter.to_json())) == render.to_html(letter)


# On paper


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.write(render.to_html(LetterFactory(is_demo=True, is_concept=True)))


def pages(content: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_file_conforms(printed: bytes, profile: str) -> None:
    report = page.validate_pdf_bytes(printed, profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing())
def test_the_file_conforms_according_to_verapdf(printed: bytes, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(printed)
    assert verapdf.broken_rules(tmp_path / "letter.pdf") == ""


def test_the_text_stands_in_the_order_of_reading(printed: bytes) -> None:
    whole = " ".join(" ".join(pages(printed)).split())
    expected = (
        "Ministerie van Infrastructuur en Waterstaat",
        "De voorzitter van de Tweede Kamer",
        "Betreft",
        "Geachte voorzitter,",
        "A. Brede borging",
        "B. Strategische inzet",
        "zo'n 35",
        "minstens 53",
        "D. Integrale aanpak",
        "Hoogachtend,",
        "Bijlage 1.",
    )
    places = [whole.index(words) for words in expected]
    assert places == sorted(places)


def test_each_page_has_its_number_and_the_mark_of_a_demo(printed: bytes) -> None:
    found = pages(printed)
    assert all(f"Pagina {number} van {len(found)}" in sheet for number, sheet in enumerate(found, 1))
    assert all("Bevat demonstratiegegevens" in sheet for sheet in found)
    assert all(sheet.count("CONCEPT") == 1 for sheet in found)  # what lies across the page is not read


def test_a_concept_has_the_word_across_each_page_as_an_artifact(printed: bytes) -> None:
    for sheet in pypdf.PdfReader(io.BytesIO(printed)).pages:
        content = sheet.get_contents()
        assert content is not None
        drawn = content.get_data()
        behind = re.search(rb"/Artifact\nBMC\n[^E]*/x\d+ Do\nEMC", drawn)
        assert behind
        assert behind.end() < drawn.index(b"BT")  # under the text


def test_pages_after_the_first_repeat_ministry_date_and_reference(printed: bytes) -> None:
    for sheet in pages(printed)[1:]:
        assert "IENW/BSK-2025/000001" in sheet
        assert "31 januari 2025" in sheet


def test_a_footnote_stands_on_the_page_of_its_text(printed: bytes) -> None:
    assert "Kamerstukken II 2020/21, 30 196, nr. 746" in pages(printed)[0]


def test_a_short_letter_is_one_page() -> None:
    assert len(pages(pdf.write(render.to_html(LetterFactory.plain())))) == 1


def test_two_builds_of_one_content_give_the_same_bytes(printed: bytes) -> None:
    again = from_json(LetterFactory(is_demo=True, is_concept=True).to_json())
    assert pdf.write(render.to_html(again)) == printed


def test_an_annex_that_cannot_be_printed_names_its_place() -> None:
    table = FrozenTable("Lijst", ("Naam", "Land"), (("Ωmega", "x"),))
    letter = LetterFactory.plain(annexes=(AnnexFactory(title="Namen", tables=(table,)),))
    with pytest.raises(pdf.PdfError, match=r"'Ω' \(U\+03A9\).*onder 'Bijlage 1\. Namen'"):
        pdf.write(render.to_html(letter))


def test_the_drawings_are_well_formed() -> None:
    picture = only(parsed(LetterFactory()), ".picture svg")
    assert etree.fromstring(etree.tostring(picture)) is not None
