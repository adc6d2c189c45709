"""HTML to a PDF that is valid as PDF/A-2a and PDF/UA-1: what is in it, what stops it, that it is stable."""

from __future__ import annotations

import gc
import io
import itertools
import logging
import os
import subprocess
import sys
import threading
import weakref
import zlib
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random

import page
import pikepdf
import pypdf
import pytest
from pytest_django.fixtures import Settings
from weasyprint import HTML, Document

from mvi_portal.core import pdf
from mvi_portal.core.pdf import PdfError, browser, faces, parsing, saving
from mvi_portal.core.pdf.browser import Page
from tests import verapdf

STYLE = """
@page { size: A4; margin: 20mm; @bottom-right { content: "Pagina " counter(page) " van " counter(pages) } }
.footnote { float: footnote }
"""
BODY = """
<main><h1>Onderwerp</h1>
<section><h2>Eerste deel</h2>
<p>Tekst met een noot.<span class="footnote">Zie <a href="https://example.org/stuk">het stuk</a>.</span></p>
<table><caption>Cijfers</caption>
<thead><tr><th scope="col">Soort</th><th scope="col">Aantal</th></tr></thead>
<tbody><tr><th scope="row">Gemeenten</th><td>70</td></tr></tbody></table>
</section></main>
"""


def document(body: str = BODY, *, style: str = STYLE, head: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="nl"><head><title>Een brief</title>'
        '<meta name="author" content="Ministerie van Voorbeelden">'
        '<meta name="dcterms.created" content="2025-01-31">'
        '<meta name="dcterms.modified" content="2025-01-31">'
        f"<style>{style}</style>{head}</head><body>{body}</body></html>"
    )


@pytest.fixture(scope="module")
def written() -> bytes:
    return pdf.write(document())


def test_a_page_begins_with_fewer_styles_and_comes_out_the_same(
    written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = document(f"{BODY}<ol><li>Een</li></ol><ul><li>Twee<br>drie</li></ul><q>Vier</q>")
    made = pdf.write(lists)
    monkeypatch.setattr(Page, "_ua_stylesheets", HTML._ua_stylesheets)
    assert (pdf.write(document()), pdf.write(lists)) == (written, made)


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("Tekst", "Te&nbsp;&lt;kst&gt;<br>op <img src='print/logo.svg' alt=\"a > b\">"),
        '<div><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>T</title></svg></div>',
    ],
)
def test_a_page_that_is_xml_is_read_as_html_is(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parsing.tree(document(body)) is not None
    made = pdf.write(document(body))
    monkeypatch.setattr(browser, "tree", lambda html: None)
    assert pdf.write(document(body)) == made


@pytest.mark.parametrize(
    "body",
    [
        "<p>Een<p>Twee",
        "<p>Voor<ul><li>Een</li></ul></p>",
        "<p><b>Voor<table><tbody><tr><td>Een</td></tr></tbody></table></b></p>",
        "<table><tr><td>Een</td></tr></table>",
        "<P>Een</P>",
        "<p>Caf&eacute;</p>",
        "<div><svg viewBox='0 0 9 9'><title>T</title></svg></div>",
        "<p class=los>Een</p>",
    ],
)
def test_what_an_html_parser_would_read_otherwise_is_left_to_one(body: str) -> None:
    assert parsing.tree(document(body)) is None


def test_only_a_whole_page_is_read_as_xml() -> None:
    assert parsing.tree("<p>Los</p>") is None
    assert parsing.tree("<!DOCTYPE html><p>Los</p>") is None
    assert parsing.tree('<!DOCTYPE x [<!ENTITY a "b">]><html><body>&a;</body></html>') is None


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


@dataclass(frozen=True)
class Tag:
    """An element of the file's structure, read while the file was open."""

    kind: str
    name: str
    alternative: str
    scope: str
    headers: frozenset[str]
    first: str  # the kind of the first element below it


def tags(content: bytes, kind: str) -> list[Tag]:
    """The elements of this kind, in reading order."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        found = [_tag(element) for element in _below(opened.Root.StructTreeRoot.K[0])]
    return [tag for tag in found if tag.kind == kind]


def _below(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [found for kid in _kids(element) for found in (kid, *_below(kid))]


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _tag(element: pikepdf.Object) -> Tag:
    looks = element.get("/A", pikepdf.Dictionary())
    return Tag(
        kind=str(element.S),
        name=str(element.get("/ID", "")),
        alternative=str(element.get("/Alt", "")),
        scope=str(looks.get("/Scope", "")),
        headers=frozenset(str(name) for name in looks.get("/Headers", ())),
        first=next((str(kid.S) for kid in _kids(element)), ""),
    )


def drawing(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return bytes(opened.pages[0].Contents.read_bytes())


def fonts(content: bytes) -> set[str]:
    """The names of the typefaces in the file, without the random-looking part before the plus."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        used = [font for sheet in opened.pages for font in sheet.resources.Font.values()]
        return {str(font.BaseFont).split("+")[1] for font in used}


def catalogue(content: bytes) -> dict[str, str]:
    """What the file says about itself as a whole."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        root = opened.Root
        return {
            "language": str(root.Lang),
            "title shown": str(root.ViewerPreferences.DisplayDocTitle),
            "tagged": str(root.MarkInfo.Marked),
            "embedded": str("/EmbeddedFiles" in root.get("/Names", {}) or "/AF" in root),
        }


def identifiers(content: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [bytes(part) for part in opened.trailer.ID]


# What is in the file


def test_a_file_tells_language_title_and_author(written: bytes) -> None:
    found = reader(written)
    assert found.metadata is not None
    assert found.metadata.title == "Een brief"
    assert found.metadata.author == "Ministerie van Voorbeelden"
    assert catalogue(written) == {
        "language": "nl",
        "title shown": "True",
        "tagged": "True",
        "embedded": "False",
    }


def test_the_dates_of_a_file_are_those_of_the_page(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as opened:
        assert opened.docinfo.CreationDate == opened.docinfo.ModDate == "D:20250131"


def test_headings_become_bookmarks(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as opened, opened.open_outline() as outline:
        assert [mark.title for mark in outline.root] == ["Onderwerp"]
        assert [mark.title for mark in outline.root[0].children] == ["Eerste deel"]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_file_conforms(written: bytes, profile: str) -> None:
    report = page.validate_pdf_bytes(written, profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing())
def test_a_file_conforms_according_to_verapdf(written: bytes, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(written)
    assert verapdf.broken_rules(file) == ""


def test_verapdf_sees_what_is_wrong(tmp_path: Path) -> None:
    assert verapdf.missing() or "ua1 broken" in _broken(tmp_path)


def _broken(folder: Path) -> str:
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(folder / "empty.pdf")
    return verapdf.broken_rules(folder / "empty.pdf")


def test_table_headers_have_a_scope(written: bytes) -> None:
    assert [head.scope for head in tags(written, "/TH")] == ["/Column", "/Column", "/Row"]


def test_a_note_stands_on_the_page_of_its_line_whatever_the_margins_add_up_to() -> None:
    """Lengths that add up a millionth too high sent each line with a note to a page of its own."""
    lines = "".join(f'<p>Alinea {n}.<span class="footnote">Noot {n}.</span></p>' for n in range(3))
    base = (Path(__file__).parents[2] / "static" / "print" / "base.css").read_text()
    for bottom in (24, 25, 26, 29):
        style = f"{base} @page {{ margin: 25mm 22mm {bottom}mm }}"
        assert len(reader(pdf.write(document(f"<main><h1>Noten</h1>{lines}</main>", style=style))).pages) == 1


@pytest.mark.parametrize("seed", [2, 8])  # alone, WeasyPrint sends notes away in both
def test_a_note_stands_with_its_text_wherever_that_is(seed: int) -> None:
    """In a paragraph, a list or a table; short notes and long ones."""
    chance, numbers = Random(seed), itertools.count(1)  # noqa: S311 - the same page each time

    def told(most: int) -> str:
        k, words = next(numbers), "De overheid koopt in. "
        return f'{words * chance.randint(1, most)}x{k}q<span class="footnote">N{k}n {words * k}</span>'

    table = "<table><tbody><tr><td>{}</td></tr></tbody></table>"
    forms = ("<p>{}</p>", "<ul><li>{}</li><li>Kort</li></ul>", table)
    body = "".join(chance.choice(forms).format(told(18)) for _ in range(14))
    base = (Path(__file__).parents[2] / "static" / "print" / "base.css").read_text()
    style = base + "@page { size: A5 }"
    found = reader(pdf.write(document(f"<main><h1>Noten</h1>{body}</main>", style=style))).pages
    pages = [sheet.extract_text() for sheet in found]
    for k in range(1, next(numbers)):
        assert [f"x{k}q" in text for text in pages] == [f"N{k}n" in text for text in pages]


def test_a_footnote_is_a_note_with_its_number_as_label(written: bytes) -> None:
    (note,) = tags(written, "/Note")
    assert (note.name, note.first) == ("note-1", "/Lbl")


def test_page_numbers_are_in_no_readers_way(written: bytes) -> None:
    assert drawing(written).count(b"/Type /Pagination") == 1
    assert "Pagina 1 van 1" in reader(written).pages[0].extract_text()


def test_a_table_over_pages_is_one_table_to_a_reader() -> None:
    rows = "".join(f'<tr><th scope="row">Rij {row}</th><td>{row}</td></tr>' for row in range(1, 121))
    head = '<thead><tr><th scope="col">Rij</th><th scope="col">Aantal</th></tr></thead>'
    content = pdf.write(document(f"<main><h1>Lijst</h1><table>{head}<tbody>{rows}</tbody></table></main>"))
    assert len(reader(content).pages) > 2
    assert len(tags(content, "/Table")) == len(tags(content, "/THead")) == len(tags(content, "/TBody")) == 1
    assert len(tags(content, "/TR")) == 121
    heads = {head.name for head in tags(content, "/TH")}
    assert len(heads) == 122
    assert all(len(cell.headers) == 2 and cell.headers <= heads for cell in tags(content, "/TD"))
    assert page.is_pdf_compliant_bytes(content, profile="ua1")
    assert all("Aantal" in sheet.extract_text() for sheet in reader(content).pages)


def test_two_tables_stay_two() -> None:
    content = pdf.write(document(BODY.replace("</section>", BODY[BODY.index("<table>") :], 1)))
    assert len(tags(content, "/Table")) == 2


def test_a_table_without_headers_is_printed_as_it_is() -> None:
    rows = "<tr><td>Een</td><td>Twee</td></tr>" * 80
    content = pdf.write(document(f"<main><h1>Lijst</h1><table><tbody>{rows}</tbody></table></main>"))
    assert len(tags(content, "/Table")) == len(reader(content).pages)
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


def test_a_picture_is_told_with_its_description() -> None:
    words = "<title>Groei</title><desc>Van 5 naar 6.</desc>"
    picture = f'<svg viewBox="0 0 9 9">{words}<rect width="9" height="9"/></svg>'
    (figure,) = tags(pdf.write(document(f"<main><h1>Een</h1><div>{picture}</div></main>")), "/Figure")
    assert figure.alternative == "Groei. Van 5 naar 6."


# The same bytes


def test_the_same_page_gives_the_same_bytes(written: bytes) -> None:
    pdf.write(document("<main><h1>Iets anders</h1><p><strong>Vet</strong></p></main>"))
    assert pdf.write(document()) == written


def test_another_page_gives_another_identifier(written: bytes) -> None:
    other = pdf.write(document(BODY.replace("70", "71")))
    assert identifiers(other) != identifiers(written)


PROCESS = """
import sys, django
django.setup()
if sys.argv[1] == "plain":
    import weasyprint.pdf.fonts
    weasyprint.pdf.fonts.harfbuzz_subset = None
from mvi_portal.core import pdf
sys.stdout.buffer.write(pdf.write(sys.stdin.read()))
"""


def in_a_process(subsetter: str) -> bytes:
    """The PDF as a new process writes it; "plain" is a machine without harfbuzz-subset."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "random",
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }
    return subprocess.run(
        [sys.executable, "-c", PROCESS, subsetter],
        input=document().encode(),
        capture_output=True,
        check=True,
        env=environment,
    ).stdout


def test_another_process_gives_the_same_bytes(written: bytes) -> None:
    assert in_a_process("best") == written


def test_a_machine_without_harfbuzz_subset_gives_the_same_bytes_twice() -> None:
    assert in_a_process("plain") == in_a_process("plain")


def test_garbage_is_looked_for_again_when_the_outermost_ends() -> None:
    with pdf.collecting_later():
        with pdf.collecting_later():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_pages_are_let_go_when_the_outermost_ends() -> None:
    with pdf.collecting_later():
        pdf.write(document())
        made = [found for found in gc.get_objects() if issubclass(type(found), Document)]
        assert len(made) == 1
        gone = weakref.ref(made.pop())
    gc.collect()
    assert gone() is None


def test_building_leaves_the_environment_as_it_was(written: bytes) -> None:
    assert "SOURCE_DATE_EPOCH" not in os.environ
    assert "FONTCONFIG_FILE" not in os.environ


# Letters


def test_only_our_typeface_is_in_the_file() -> None:
    body = '<main><h1>Een</h1><p style="font-family: monospace">Vreemd <b>vet</b> <i>schuin</i></p></main>'
    assert fonts(pdf.write(document(body))) == {"Fira-Sans", "Fira-Sans-Semi-Bold", "Fira-Sans-Italic"}


def test_all_faces_have_the_same_characters() -> None:
    found = faces.typeface().faces
    assert len(found) == 4
    assert len({face.characters for face in found}) == 1


def test_letters_from_further_away_are_printed_in_all_looks() -> None:
    body = "<main><h1>Łódź</h1><p>Şırnak, <b>Iași</b> <i>Česko</i> <b><i>Ħal</i></b></p></main>"
    content = pdf.write(document(body))
    assert page.is_pdf_compliant_bytes(content, profile="ua1")
    assert "Łódź\nŞırnak, Iași Česko Ħal" in reader(content).pages[0].extract_text()
    assert fonts(content) == {
        "Fira-Sans",
        "Fira-Sans-Semi-Bold",
        "Fira-Sans-Italic",
        "Fira-Sans-Semi-Bold-Italic",
    }


def test_no_more_files_are_used_than_the_text_needs() -> None:
    whole = faces.typeface()
    assert {len(face.paths) for face in whole.holding("Fryslân kost € 5").faces} == {1}
    assert whole.holding("Łódź") == whole


def test_a_character_that_cannot_be_printed_is_named_with_its_place() -> None:
    body = "<main><h1>Een</h1><h2>B. Sectoren</h2><p>Goed zo 👍!</p></main>"
    with pytest.raises(PdfError, match=r"Het teken '👍' \(U\+1F44D\) .* onder 'B\. Sectoren'"):
        pdf.write(document(body))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("CO₂-uitstoot", "CO2-uitstoot"),
        ("10⁶ kilo", "106 kilo"),
        ("e\u0301e\u0301n", "één"),
        ("zero\u2011emissie", "zero-emissie"),
        ("5\u202f%", "5\u00a0%"),
        ("twee\u2003woorden", "twee woorden"),
        ("on\u00adzichtbaar\u200b", "onzichtbaar"),
    ],
)
def test_what_the_typeface_lacks_gets_a_stand_in(typed: str, read: str) -> None:
    content = pdf.write(document(f"<main><h1>Een</h1><p>{typed}</p></main>"))
    assert page.is_pdf_compliant_bytes(content, profile="2a")
    assert read in reader(content).pages[0].extract_text()


def test_another_typeface_can_be_set(settings: Settings, tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(faces.typeface().faces[0].paths[0])
    font.flavor = None
    for record in font["name"].names:
        record.string = "Ander Schrift"
    font.save(tmp_path / "ander.ttf")
    settings.LETTER_FONT_DIR = tmp_path
    assert fonts(pdf.write(document("<main><h1>Een</h1></main>", style="h1 { font-weight: 400 }"))) == {
        "Ander-Schrift"
    }


def test_without_the_typeface_nothing_is_written(settings: Settings, tmp_path: Path) -> None:
    settings.LETTER_FONT_DIR = tmp_path
    with pytest.raises(PdfError, match="lettertype"):
        pdf.write(document())


# What stops a build


def test_a_missing_picture_stops_the_build() -> None:
    with pytest.raises(PdfError, match=r"'weg\.svg' voor de PDF ontbreekt"):
        pdf.write(document('<main><h1>Een</h1><img src="print/weg.svg" alt="Weg"></main>'))


def test_a_missing_style_sheet_stops_the_build() -> None:
    with pytest.raises(PdfError, match=r"weg\.css"):
        pdf.write(document(head='<link rel="stylesheet" href="print/weg.css">'))


def test_a_broken_picture_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "stuk.png").write_bytes(b"not a picture")
    with pytest.raises(PdfError, match="De PDF kon niet goed worden gemaakt"):
        pdf.write(document('<main><h1>Een</h1><img src="stuk.png" alt="Stuk"></main>'), base=tmp_path)


def test_a_picture_without_text_stops_the_build() -> None:
    with pytest.raises(PdfError, match="alt"):
        pdf.write(document('<main><h1>Een</h1><img src="print/logo.svg"></main>'))


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "print/../../manage.py", "data:image/svg+xml,<svg/>"]
)
def test_only_files_of_ours_are_read(address: str) -> None:
    with pytest.raises(PdfError, match=r"mag .* niet gebruiken"):
        pdf.write(document(f'<main><h1>Een</h1><img src="{address}" alt="Iets"></main>'))


def test_the_network_is_not_asked() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        for body in (
            f'<img src="{address}/a.png" alt="A">',
            f'<p style="background: url({address}/b.png)">B</p>',
        ):
            with pytest.raises(PdfError, match=r"mag .* niet gebruiken"):
                pdf.write(document(f"<main><h1>Een</h1>{body}</main>"))
    finally:
        server.shutdown()
    assert asked == []


def test_a_logo_from_elsewhere_may_be_read(settings: Settings, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    body = f'<main><h1>Een</h1><img src="{logo.as_uri()}" alt="Logo"></main>'
    with pytest.raises(PdfError):
        pdf.write(document(body))
    settings.LETTER_LOGO = logo
    assert tags(pdf.write(document(body)), "/Figure")


def test_a_build_adds_no_handler_that_stays() -> None:
    before = list(logging.getLogger("weasyprint").handlers)
    with pytest.raises(PdfError):
        pdf.write(document('<main><img src="weg.svg" alt="Weg"></main>'))
    assert logging.getLogger("weasyprint").handlers == before


# How streams end


def packed(number: int) -> bytes:
    """A drawing that, compressed, ends in another byte for each number up to 255."""
    return zlib.compress(b"q Q %" + b"y" * number)


ENDING = next(number for number in range(256) if packed(number).endswith(b"\r"))


def small(content: bytes) -> pikepdf.Pdf:
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.ViewerPreferences = pikepdf.Dictionary()
    made.pages[0].Contents = made.make_stream(b"")
    made.pages[0].Contents.write(content, filter=pikepdf.Name.FlateDecode)
    return made


def test_all_streams_are_packed_but_what_describes_the_file(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as opened:
        streams = [found for found in opened.objects if isinstance(found, pikepdf.Stream)]
        plain = [str(found.get("/Type")) for found in streams if "/Filter" not in found]
    assert (len(streams) > 5, plain) == (True, ["/Metadata"])


def test_no_stream_ends_in_a_carriage_return() -> None:
    written = [saving.save(small(packed(number))) for number in range(256)]
    assert not [content for content in written if b"\r\nendstream" in content]
    assert drawing(written[ENDING]) == b"q Q %" + b"y" * ENDING + b"\n"


def test_a_font_that_gets_another_ending_tells_its_length() -> None:
    made = small(packed(ENDING))
    made.pages[0].Contents.Length1 = len(zlib.decompress(packed(ENDING)))
    with pikepdf.open(io.BytesIO(saving.save(made))) as opened:
        font = opened.pages[0].Contents
        assert font.Length1 == len(font.read_bytes()) == len(zlib.decompress(packed(ENDING))) + 1
