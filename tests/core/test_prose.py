"""Prose: what is stored is clean, what is printed is safe, and every node is told."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import Any, ClassVar

import nh3
import pytest
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from hypothesis import given
from hypothesis import strategies as st

from mvi_portal.core.prose import (
    ChartNode,
    CitationNode,
    FigureNode,
    FootnoteNode,
    Form,
    Node,
    ProseError,
    ProseField,
    TableNode,
    clean,
    nodes,
    plain_text,
    render,
)

FIGURE = '<mvi-figure data-key="ondertekenaars.gemeenten" data-form="number"></mvi-figure>'
CITATION = '<mvi-citation data-ref="Kamerstukken II 2020/21, 30 196, nr. 746"></mvi-citation>'
CHART = '<mvi-chart data-key="k" data-from="2022-11-30" data-title="T"></mvi-chart>'

OURS = {
    *("p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
NODES = {"mvi-figure", "mvi-citation", "mvi-footnote", "mvi-table", "mvi-chart"}
FOREIGN = {
    *(
        "h1",
        "b",
        "i",
        "div",
        "section",
        "span",
        "font",
        "body",
        "button",
        "marquee",
        "form",
        "select",
        "object",
    ),
    *("svg", "math", "template", "script", "style", "textarea", "title", "noscript", "iframe"),
}
TAGS = sorted(OURS | NODES | FOREIGN)
ATTRIBUTES = [
    *("", " /", " scope=col", ' onclick="x()"', ' style="color:red"', ' class="x"'),
    *(' href="https://example.org/?a=1&b=2"', ' href="javascript:alert(1)"', ' data-title="&lt;b&gt;&quot;"'),
    *(' data-key="a.b"', ' data-form="words"', ' data-ref="kst-30196-746"', " data-keys='a b'"),
]
TEXTS = [" ", "\n", "woord", "&amp;", "&lt;script&gt;", "<", ">", '"', "'", "{{ x }}", "<!--", "-->", "é"]
pieces = st.one_of(
    st.tuples(st.sampled_from(["<", "</"]), st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)).map(
        lambda parts: "".join(parts) + ">"
    ),
    st.sampled_from(
        [" ", "\n", "woord", "&amp;", "&lt;script&gt;", "<", ">", '"', "'", "{{ x }}", "<!--", "-->", "é"]
    ),
    st.text(max_size=5),
)
markup = st.lists(pieces, max_size=25).map("".join)
OURS = set(
    re.findall(r"[a-z0-9-]+", "p h3 h4 ul ol li strong em a br blockquote table thead tbody tr th td caption")
)
NODES = {"mvi-figure", "mvi-citation", "mvi-footnote", "mvi-table", "mvi-chart"}
STRICT = nh3.Cleaner(
    tags=OURS | NODES,
    attributes={
        "a": {"href"},
        "th": {"scope"},
        "mvi-figure": {"data-key", "data-form"},
        "mvi-citation": {"data-ref"},
        "mvi-table": {"data-keys", "data-title"},
        "mvi-chart": {"data-key", "data-from", "data-title"},
    },
    link_rel=None,
)


def canonical(html: str) -> str:
    """Written as a browser's parser writes it."""
    return STRICT.clean(html).replace("&nbsp;", "\u00a0")


def read_back(html: str) -> str:
    """The same, but for quotes that need no escape in an attribute."""
    return html.replace("&#x27;", "'")


@given(markup)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    assert clean(clean(html)) == clean(html)


@given(markup)
def test_a_browser_reads_back_exactly_what_was_written(html: str) -> None:
    cleaned = clean(html)
    assert canonical(cleaned) == read_back(cleaned)


@given(markup)
def test_nothing_but_the_grammar_gets_through(html: str) -> None:
    cleaned = clean(html)
    assert set(re.findall(r"</?([a-z0-9-]+)", cleaned)) <= OURS | NODES
    assert not re.search(r"<[^>]*\s(on|style|class|src)", cleaned)
    assert all(link.startswith("https://example.org/") for link in re.findall(r'<a href="([^"]*)"', cleaned))


@given(st.text())
def test_text_is_never_taken_for_markup(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert "<" not in re.sub(r"</?p>", "", clean(escaped))
    words = plain_text(escaped)
    assert plain_text(words.replace("&", "&amp;").replace("<", "&lt;")) == words


@given(markup)
def test_rendering_adds_nothing_of_its_own(html: str) -> None:
    calls: list[Node] = []

    def mark(node: Node) -> str:
        calls.append(node)
        return f"[{node.html}]" if isinstance(node, FootnoteNode) else "[]"

    try:
        rendered = render(html, mark)
    except ProseError:
        return
    assert len(calls) == len(nodes(html))
    assert set(re.findall(r"</?([a-z0-9-]+)", rendered)) <= OURS
    assert not re.search(r"mvi-|<script|javascript:|onclick", re.sub(r">[^<]*<", "><", f">{rendered}<"))


@given(markup)
def test_rendering_nodes_as_themselves_is_cleaning(html: str) -> None:
    try:
        rendered = render(html, str)
    except ProseError:
        return
    assert clean(rendered) == rendered
    assert [type(node) for node in nodes(rendered)] == [type(node) for node in nodes(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Tekst", "<p>Tekst</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<p>Een</p>\n\n<p>Twee</p>\n", "<p>Een</p><p>Twee</p>"),
        ("<b>vet</b> en <i>schuin</i>", "<p><strong>vet</strong> en <em>schuin</em></p>"),
        ("<h1>Kop</h1><h6>Kopje</h6>", "<h3>Kop</h3><h4>Kopje</h4>"),
        ("<div>een</div><div>twee</div>", "<p>een</p><p>twee</p>"),
        ("<span class='x'>woord</span>", "<p>woord</p>"),
        ("<p onclick='x()' style='color:red' class='y'>a</p>", "<p>a</p>"),
        ("<p>a<script>alert(1)</script><style>p{}</style></p>", "<p>a</p>"),
        ("<p>a<!-- weg --></p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>", ""),
        ('<a href="javascript:alert(1)">x</a>', "<p>x</p>"),
        ('<a href=" jAvA\nscript:alert(1)">x</a>', "<p>x</p>"),
        ('<a href="data:text/html,x">x</a>', "<p>x</p>"),
        ('<a href="/elders">x</a>', "<p>x</p>"),
        ('<a href="//elders.nl">x</a>', "<p>x</p>"),
        (
            '<a href="https://a.nl/?a=1&b=2" target="_blank">x</a>',
            '<p><a href="https://a.nl/?a=1&amp;b=2">x</a></p>',
        ),
        ('<a href="mailto:a@b.nl">x</a>', '<p><a href="mailto:a@b.nl">x</a></p>'),
        ("{{ geheim }} {% include x %}", "<p>{{ geheim }} {% include x %}</p>"),
        ("<p></p><p> </p><p><br></p><h3></h3><ul><li></li></ul>", ""),
        ("<p>a<strong> </strong>b<em></em></p>", "<p>a b</p>"),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<p><button><p>x</p></button></p>", "<p>x</p>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><ul><li>x", "<ul><li><ul><li>x</li></ul></li></ul>"),
        ("<p>los <li>punt", "<p>los </p><p>punt</p>"),
        ("<blockquote>a<p>b</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<em><em>x</em>y</em>", "<p><em>xy</em></p>"),
        (
            "<table><caption>t</caption><tr><th scope=col>a<th scope=x>b<tr><td>1<td></table>",
            (
                '<table><caption>t</caption><tbody><tr><th scope="col">a</th><th>b</th></tr>'
                "<tr><td>1</td><td></td></tr></tbody></table>"
            ),
        ),
        ("<ul><li>a<h3>kop</h3><b>b</b></li></ul>", "<ul><li>a kop <strong>b</strong></li></ul>"),
        ("<table><tr><th><p>a</p><p>b</p>", "<table><tbody><tr><th>a b</th></tr></tbody></table>"),
        (f"<p>{FIGURE} gemeenten</p>", f"<p>{FIGURE} gemeenten</p>"),
        (
            '<p><mvi-figure data-key="a"/> gemeenten</p>',
            '<p><mvi-figure data-key="a"></mvi-figure> gemeenten</p>',
        ),
        ('<mvi-figure data-key="a">70</mvi-figure>', '<p><mvi-figure data-key="a"></mvi-figure>70</p>'),
        (f"<p>voor{CHART}na</p>", f"<p>voor</p>{CHART}<p>na</p>"),
        ('<mvi-table data-keys=" a\n b "/>', '<mvi-table data-keys="a b"></mvi-table>'),
        (
            f'<a href="https://a.nl">a{CITATION}b</a>',
            f'<p><a href="https://a.nl">a</a>{CITATION}b</p>',
        ),
        (
            "<p>a<mvi-footnote>b<mvi-footnote>c</mvi-footnote></mvi-footnote></p>",
            "<p>a<mvi-footnote>bc</mvi-footnote></p>",
        ),
        ("<p>a<mvi-footnote></mvi-footnote></p>", "<p>a</p>"),
        ("<caption>a</caption>", "<p>a</p>"),
        (f"<table><caption>{CHART}x</caption></table>", "<table><caption>x</caption></table>"),
    ],
)
def test_what_comes_in_becomes_our_grammar(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    "character",
    [
        "\u202e",
        "\u202a",
        "\u2066",
        "\u200f",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\x00",
        "\x07",
        "\x85",
        "\ud800",
        "\ufffe",
        "\U000e0041",
    ],
)
def test_invisible_characters_disappear(character: str) -> None:
    html = f'<p>7{character}0 <mvi-figure data-key="a{character}b"></mvi-figure></p>'
    assert clean(html) == '<p>70 <mvi-figure data-key="ab"></mvi-figure></p>'


def test_invisible_characters_disappear_when_written_as_references_too() -> None:
    assert clean("<p>7&#x202E;0&#8203;&#x0;</p>") == "<p>70\ufffd</p>"


def test_line_ends_nonbreaking_spaces_and_soft_hyphens_stay() -> None:
    assert clean("a\r\nb\rc\u2028d") == "<p>a\nb\nc\nd</p>"
    assert clean("30&nbsp;196 voort\u00adgang") == "<p>30\u00a0196 voort\u00adgang</p>"


def test_lists_within_lists_end_somewhere() -> None:
    cleaned = clean("<ul><li>" * 100 + "diep")
    assert cleaned.count("<ul>") < 20
    assert "diep" in cleaned
    assert clean("<blockquote>" * 300 + "tekst").startswith("<p>&lt;blockquote&gt;")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (FIGURE, FigureNode("ondertekenaars.gemeenten", Form.NUMBER)),
        ('<mvi-figure data-key="a">', FigureNode("a", Form.NUMBER)),
        ('<mvi-figure data-key="a" data-form="at-least">', FigureNode("a", Form.AT_LEAST)),
        (CITATION, CitationNode("Kamerstukken II 2020/21, 30 196, nr. 746")),
        ("<mvi-footnote>zie <b>daar</b></mvi-footnote>", FootnoteNode("zie <strong>daar</strong>")),
        ('<mvi-table data-keys="a b  c" data-title="Tabel">', TableNode(("a", "b", "c"), "Tabel")),
        (CHART, ChartNode("k", date(2022, 11, 30), "T")),
        ('<mvi-chart data-key="k">', ChartNode("k")),
    ],
)
def test_each_node_is_told_and_written_again(html: str, expected: Node) -> None:
    assert nodes(html) == [expected]
    assert nodes(str(expected)) == [expected]


def test_nodes_come_in_order_and_inner_ones_before_their_footnote() -> None:
    html = f"<h3>{FIGURE}</h3><p>a<mvi-footnote>zie {CITATION}</mvi-footnote> b{CITATION}</p>{CHART}"
    reference = "Kamerstukken II 2020/21, 30 196, nr. 746"
    assert nodes(html) == [
        FigureNode("ondertekenaars.gemeenten"),
        CitationNode(reference, in_footnote=True),
        FootnoteNode(f"zie {CITATION}"),
        CitationNode(reference),
        ChartNode("k", date(2022, 11, 30), "T"),
    ]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<mvi-figure></mvi-figure>", "Een cijfer in de tekst zegt niet waarnaar"),
        ('<mvi-figure data-key=" ">', "data-key ontbreekt"),
        ('<mvi-figure data-key="a" data-form="groot">', "onbekende vorm: “groot”"),
        ("<mvi-citation></mvi-citation>", "Een verwijzing in de tekst"),
        ("<mvi-table></mvi-table>", "Een tabel met cijfers"),
        ("<mvi-chart></mvi-chart>", "Een grafiek in de tekst"),
        (
            '<mvi-chart data-key="a" data-from="2022-02-30">',
            "begint op een dag die niet bestaat: “2022-02-30”",
        ),
    ],
)
def test_a_node_that_says_too_little_is_an_error_in_dutch(html: str, message: str) -> None:
    with pytest.raises(ProseError, match=message):
        nodes(html)
    with pytest.raises(ProseError, match=message):
        render(html, str)


def test_rendering_fills_the_nodes_in_and_leaves_the_text_escaped() -> None:
    def fill(node: Node) -> str:
        match node:
            case FigureNode():
                return "<b>70</b>"
            case CitationNode(ref, in_footnote):
                return ref if in_footnote else f"<i>{ref}</i>"
            case FootnoteNode(html):
                return f"<aside>{html}</aside>"
            case _:
                return "<figure></figure>"

    html = (
        f"<p onclick=x>{FIGURE} &lt;script&gt; {{{{ x }}}} <a href='javascript:x'>y</a>"
        f"<mvi-footnote>noot {FIGURE} {CITATION}</mvi-footnote></p>{CHART}"
    )
    assert render(html, fill) == (
        "<p><b>70</b> &lt;script&gt; {{ x }} y<aside>noot <b>70</b> Kamerstukken II 2020/21, 30 196, nr. 746"
        "</aside></p><figure></figure>"
    )
    assert render(html, fill) == render(html, fill)


def test_plain_text_has_the_words_only() -> None:
    html = (
        f"<h3>Kop</h3><p>Er tekenden {FIGURE} gemeenten"
        f"<mvi-footnote>een &lt;noot&gt;</mvi-footnote>{CITATION}.</p>"
        f"<ul><li>a</li><li>b<br>c</li></ul><table><tr><td>1<td>2</table>{CHART}<p>{{{{ x }}}} &amp; slot</p>"
    )
    assert plain_text(html) == "Kop\nEr tekenden … gemeenten (een <noot>).\na\nb\nc\n1\n2\nT\n{{ x }} & slot"
    assert plain_text("") == clean("") == ""


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Tekst <strong>vet</strong> &amp; {FIGURE}</p>" * 8_000,
        "woord " * 170_000,
        "<blockquote>" * 85_000,
        "<b>" * 300_000,
        "<" * 1_000_000,
        "<ul><li>" * 100_000,
        "<mvi-footnote>" * 70_000,
        FIGURE[:-13] * 10_000,
    ],
)
def test_a_megabyte_takes_seconds_not_minutes(html: str) -> None:
    began = time.monotonic()
    assert clean(html)
    assert time.monotonic() - began < 20


# --- in the database -----------------------------------------------------------------------------------


class Remark(models.Model):
    text = ProseField("tekst", blank=True)
    note = ProseField("noot", null=True, blank=True)

    objects: ClassVar[models.Manager[Remark]] = models.Manager()

    class Meta:
        app_label = "core"
        apps = Apps(["mvi_portal.core"])

    def __str__(self) -> str:
        return plain_text(self.text)


@pytest.fixture
def table(db: None) -> None:
    """Made inside the test's transaction, and gone with it."""
    with connection.schema_editor() as editor:
        editor.create_model(Remark)


@pytest.mark.usefixtures("table")
def test_whatever_way_prose_is_saved_it_is_clean() -> None:
    dirty, tidy = "<b>a</b><script>x</script>", "<p><strong>a</strong></p>"
    remark = Remark.objects.create(text=dirty)
    assert (remark.text, remark.note, str(remark)) == (tidy, None, "a")
    assert Remark.objects.get().text == tidy
    Remark.objects.update(text=dirty, note=dirty)
    assert Remark.objects.values_list("text", "note").get() == (tidy, tidy)
    Remark.objects.bulk_create([Remark(text=dirty)])
    remark.text = "<i>b</i>"
    Remark.objects.bulk_update([remark], ["text"])
    assert sorted(Remark.objects.values_list("text", flat=True)) == ["<p><em>b</em></p>", tidy]
    assert Remark.objects.filter(text__contains="<em>").count() == 1


def test_a_node_that_cannot_be_meant_is_refused_in_a_form() -> None:
    Remark(text=FIGURE).full_clean()
    with pytest.raises(ValidationError) as refused:
        Remark(text='<mvi-figure data-key="a" data-form="groot">').full_clean()
    assert "onbekende vorm" in refused.value.message_dict["text"][0]


def test_migrations_name_the_package() -> None:
    field: Any = Remark._meta.get_field("text")
    assert (
        MigrationWriter.serialize(field)[0]
        == "mvi_portal.core.prose.ProseField(blank=True, verbose_name='tekst')"
    )
