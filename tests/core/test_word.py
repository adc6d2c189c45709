"""Reading a Word document: its text after all changes, who made them, and what a hostile one is told."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mvi_portal.core.word import Document, WordError, opening, read
from tests.documents import torn
from tests.word import docx_of, gone, ins, mark, p, r, rels, xml

JANSEN = ("A. Jansen", date(2025, 3, 12))
LISTS = xml(
    "numbering",
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>',
)
STYLES = xml(
    "styles",
    '<w:style w:styleId="Kop3"><w:name w:val="heading 3"/></w:style>'
    '<w:style w:styleId="Eigen"><w:name w:val="Huisstijl kop"/><w:basedOn w:val="Kop3"/></w:style>'
    '<w:style w:styleId="Punt"><w:name w:val="Lijst"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
    "</w:style>"
    '<w:style w:styleId="Cite"><w:name w:val="Block Text"/></w:style>'
    '<w:style w:styleId="Onder"><w:name w:val="Table Caption"/></w:style>'
    '<w:style w:styleId="Niveau"><w:name w:val="Iets"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
)


def told(body: str, parts: dict[str, bytes] | None = None, *links: tuple[str, str, str]) -> Document:
    return read(BytesIO(docx_of(body, parts, *links)))


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_the_text_is_that_after_all_changes_and_tells_who_made_them() -> None:
    (block,) = told(p(r("Het gaat ") + gone("goed") + ins(r("beter")) + r("."))).blocks
    assert (block.kind, block.text, block.authors) == ("p", "Het gaat beter.", (JANSEN,))


def test_what_was_moved_is_where_it_went() -> None:
    moved = '<w:moveFrom w:author="B" w:date="onzin">{}</w:moveFrom>'.format(r("Weg"))
    came = f'<w:moveTo w:author="B">{r("Weg")}</w:moveTo>'
    first, last = told(p(moved) + p(came)).blocks
    assert (first.is_empty, last.text, last.authors) == (True, "Weg", (("B", None),))


def test_a_bookmark_of_ours_keys_the_paragraph_that_it_begins_in() -> None:
    body = f'<w:bookmarkStart w:id="1" w:name="mvi_p1"/>{p(r("Een"))}<w:bookmarkEnd w:id="1"/>' + p(
        mark("mvi_p2", mark("mvi_n5", r("12"), 3) + r(" plannen"), 2)
    )
    first, second = told(body + p(mark("mvi_p2", r("nog eens"), 8)) + p(mark("_GoBack", r("x"), 9))).blocks[
        :2
    ]
    assert (first.keys, second.keys) == (("mvi_p1",), ("mvi_p2",))
    assert [sorted(piece.marks) for piece in second.lines[0].pieces] == [["mvi_n5", "mvi_p2"], ["mvi_p2"]]


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next() -> None:
    end = '<w:rPr><w:del w:id="3" w:author="A. Jansen" w:date="2025-03-12T10:00:00Z"/></w:rPr>'
    body = p(mark("mvi_p1", r("Een zin. ")), end) + p(mark("mvi_p2", r("Nog een."), 2))
    (block,) = told(body).blocks
    assert (block.text, block.keys, block.authors) == ("Een zin. Nog een.", ("mvi_p1", "mvi_p2"), (JANSEN,))


def test_a_paragraph_that_was_deleted_whole_stays_as_an_empty_one() -> None:
    end = '<w:rPr><w:del w:id="3" w:author="A. Jansen" w:date="2025-03-12T10:00:00Z"/></w:rPr>'
    body = p(mark("mvi_p1", gone("Weg ermee.")), end) + p(mark("mvi_p2", r("Blijft."), 2))
    first, second = told(body).blocks
    assert (first.is_empty, first.keys, second.text, second.keys) == (
        True,
        ("mvi_p1",),
        "Blijft.",
        ("mvi_p2",),
    )
    (last,) = told(p(r("Aan het eind"), end)).blocks
    assert last.text == "Aan het eind"


def test_an_end_that_was_inserted_tells_who_split_the_paragraph() -> None:
    end = '<w:rPr><w:ins w:id="3" w:author="A. Jansen" w:date="2025-03-12T10:00:00Z"/></w:rPr>'
    first, second = told(p(r("Een."), end) + p(r("Twee."))).blocks
    assert (first.authors, second.authors) == ((JANSEN,), ())


def test_lists_quotations_headings_and_tables_are_one_block_each() -> None:
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    cell = "<w:tc>{}</w:tc>"
    table = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell.format(p(r('Soort')))}</w:tr>"
        f"<w:tr>{cell.format(p(r('Gemeenten')))}</w:tr>"
        f'<w:tr><w:trPr><w:del w:author="A. Jansen"/></w:trPr>{cell.format(p(r("Weg")))}</w:tr></w:tbl>'
    )
    body = (
        p(r("Kop"), style("Eigen"))
        + p(r("een"), item.format(0))
        + p(r("diep"), item.format(1))
        + p(r("twee"), style("Punt"))
        + p(r("citaat"), style("Cite"))
        + p(r("vervolg"), style("Cite"))
        + p(r("Tabel 1"), style("Onder"))
        + table
        + p(r("Kop twee"), style("Niveau"))
        + p(r("Los"), style("Onbekend"))
    )
    blocks = told(body, {"word/numbering.xml": LISTS, "word/styles.xml": STYLES}).blocks
    assert [block.kind for block in blocks] == ["h3", "list", "quote", "table", "h2", "p"]
    assert [(line.level, line.ordered) for line in blocks[1].lines] == [(0, True), (1, False), (0, True)]
    assert (blocks[3].caption, blocks[3].text) == ("Tabel 1", "Soort\nGemeenten")
    assert [line.is_head for line in blocks[3].lines] == [True, False]


def test_form_links_and_notes_are_kept_and_a_dangerous_link_is_not() -> None:
    body = p(
        r("vet", "<w:b/>")
        + r("niet", '<w:b w:val="0"/>')
        + f'<w:hyperlink r:id="l1">{r("site")}</w:hyperlink>'
        + f'<w:hyperlink r:id="l2">{r("script")}</w:hyperlink>'
        + '<w:r><w:footnoteReference w:id="4"/></w:r>'
        + r("schuin", "<w:i/>")
        + "<w:r><w:br/></w:r>"
    )
    note = xml(
        "footnotes", f'<w:footnote w:id="4">{p("<w:r><w:footnoteRef/></w:r>" + r(" Zie daar."))}</w:footnote>'
    )
    links = (("l1", "hyperlink", "https://voorbeeld.example/"), ("l2", "hyperlink", "javascript:alert(1)"))
    found = told(body, {"word/footnotes.xml": note}, *links)
    pieces = found.blocks[0].lines[0].pieces
    assert [(x.text, x.bold, x.italic, x.href, x.note) for x in pieces] == [
        ("vet", True, False, "", ""),
        ("niet", False, False, "", ""),
        ("site", False, False, "https://voorbeeld.example/", ""),
        ("script", False, False, "", ""),
        ("", False, False, "", "4"),
        ("schuin", False, True, "", ""),
        ("\n", False, False, "", ""),
    ]
    assert found.notes["4"].text == "Zie daar."


def test_comments_are_told_at_their_paragraph() -> None:
    part = xml(
        "comments",
        '<w:comment w:id="0" w:author="B.  Pieters" w:date="2025-03-13T08:00:00Z">'
        f'{p(r("Klopt dit?"))}{p(r("Echt?"))}</w:comment><w:comment w:id="1"/>',
    )
    body = p('<w:commentRangeStart w:id="0"/>' + r("Tekst") + '<w:r><w:commentReference w:id="0"/></w:r>')
    found = told(body, {"word/comments.xml": part})
    (said,) = [found.comments[key] for key in found.blocks[0].comments]
    assert (said.author, said.day, said.text) == ("B. Pieters", date(2025, 3, 13), "Klopt dit?\nEcht?")


def test_our_properties_and_who_saved_it_last_are_told() -> None:
    ours = b'<property name="mvi-brief"><vt:lpwstr>brief</vt:lpwstr></property>'
    custom = b'<Properties xmlns:vt="v">' + ours + b"</Properties>"
    core = b'<c:coreProperties xmlns:c="c"><c:lastModifiedBy>A. Jansen</c:lastModifiedBy></c:coreProperties>'
    found = told(p(r("x")), {"docProps/custom.xml": custom, "docProps/core.xml": core})
    assert (found.properties["mvi-brief"], found.saved_by) == ("brief", "A. Jansen")


def test_what_cannot_be_read_is_said_and_nothing_is_fetched() -> None:
    outside = rels(("t", "attachedTemplate", "https://elders.example/sjabloon.dotm"))
    box = '<mc:AlternateContent xmlns:mc="m"/>'
    body = p(f"<w:r><w:drawing/>{box}</w:r>" + r("Tekst")) + '<w:altChunk r:id="x"/>'
    links = (("i", "image", "https://elders.example/spion.png"), ("o", "oleObject", "file:///etc/passwd"))
    found = told(body, {"word/_rels/settings.xml.rels": outside}, *links)
    assert found.blocks[0].text == "Tekst"
    assert found.ignored == {
        "afbeeldingen",
        "afbeeldingen van elders",
        "een sjabloon van elders",
        "tekstvakken of ingevoegde bestanden",
        "verwijzingen naar bestanden van elders",
    }


def test_the_words_of_the_strict_standard_are_known() -> None:
    older = xml("document", f"<w:body>{p(r('Tekst'))}</w:body>").decode()
    strict = older.replace(
        "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
    )
    assert told("", {"word/document.xml": strict.encode()}).blocks[0].text == "Tekst"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&a;</w:document>'


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"word/document.xml": BOMB.encode()}, opening.ENTITIES),
        ({"word/document.xml": OUTSIDE.encode()}, opening.ENTITIES),
        ({"word/comments.xml": BOMB.encode()}, opening.ENTITIES),
        ({"docProps/custom.xml": BOMB.encode()}, opening.ENTITIES),
        ({"word/document.xml": b"<w:document"}, opening.BROKEN),
        ({"word/document.xml": b""}, opening.BROKEN),
        ({"word/document.xml": b"<a>" * 200 + b"</a>" * 200}, opening.TOO_DEEP),
        ({"word/document.xml": b"<a>" + b" " * (opening.MOST_BYTES + 1)}, opening.TOO_LARGE),
        ({"../../etc/cron.d/x": b"x"}, opening.NAMES),
        ({"/etc/passwd": b"x"}, opening.NAMES),
        ({"c:\\windows\\x.dll": b"x"}, opening.NAMES),
    ],
)
def test_a_hostile_document_is_refused_with_its_cause(parts: dict[str, bytes], message: str) -> None:
    with pytest.raises(WordError) as caught:
        told(p(r("x")), parts)
    assert str(caught.value) == message


def test_a_part_that_grows_when_it_is_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 10_000)
    with pytest.raises(WordError, match="veel meer dan een brief"):
        told(p(r(" " * 20_000)))
    monkeypatch.setattr(opening, "MOST_BYTES", 10**6)
    monkeypatch.setattr(opening, "MOST_ELEMENTS", 5)
    with pytest.raises(WordError, match="veel meer dan een brief"):
        told(p(r("x")) * 5)


def test_what_is_no_document_is_said_to_be_none() -> None:
    damaged = torn(docx_of(""), "word/document.xml")
    for content, message in (
        (b"geen zip", opening.BROKEN),
        (docx_of("")[:200], opening.BROKEN),
        (damaged, opening.BROKEN),
    ):
        with pytest.raises(WordError) as caught:
            read(BytesIO(content))
        assert str(caught.value) == message
    with pytest.raises(WordError, match="geen tekst"):
        told("", {"_rels/.rels": rels(("a", "officeDocument", "xl/workbook.xml"))})


_INLINE = st.recursive(
    st.sampled_from([r("tekst"), "<w:r><w:br/></w:r>", gone("weg"), '<w:bookmarkEnd w:id="3"/>', "<w:r/>"]),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(
            ["p", "ins", "del", "hyperlink", "sdt", "tbl", "tr", "tc", "r", "moveFrom", "onbekend"]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_INLINE, max_size=4))
def test_any_nesting_is_read_without_a_fault(parts: list[str]) -> None:
    for block in told("".join(parts)).blocks:
        assert "weg" not in block.text


def test_a_text_far_longer_than_a_letter_is_refused_in_time() -> None:
    for body in (p(r("x")) * 3_001, p(r("x" * 20_001))):
        with pytest.raises(WordError, match="veel langer dan een brief"):
            told(body)


def test_a_comment_over_several_paragraphs_belongs_to_the_first() -> None:
    call = '<w:r><w:commentReference w:id="0"/></w:r>'
    first, second = told(p('<w:commentRangeStart w:id="0"/>' + r("Een")) + p(r("Twee") + call)).blocks
    assert (first.comments, second.comments) == (("0",), ())
