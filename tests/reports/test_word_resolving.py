"""What comes back in Word as our own text: whatever somebody types, no figure or note goes without a word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mvi_portal.core.prose import clean, nodes
from mvi_portal.core.word import Block, Document, Line, Note, Piece
from reports.word.aligning import aligned
from reports.word.flat import Flat
from reports.word.resolving import resolve
from reports.word.rewriting import rewritten

FIGURE = '<mvi-figure data-key="a" data-form="number"></mvi-figure>'
OTHER = '<mvi-figure data-key="b" data-form="number"></mvi-figure>'
NOTE = "<mvi-footnote>Zie daar.</mvi-footnote>"
NODES = {"mvi_n1": FIGURE, "mvi_n2": OTHER, "mvi_n3": NOTE}
NOTES = {"7": Note((Piece("Zie daar."),))}


def named(text: str, name: str, note: str = "") -> Piece:
    return Piece(text, marks=frozenset({name}), note=note)


BASE = (
    Piece("Er zijn "),
    named("143", "mvi_n1"),
    Piece(" gemeenten en "),
    named("1.234", "mvi_n2"),
    Piece(" plannen"),
    named("", "mvi_n3", "7"),
    Piece("."),
)
_WORDS = st.sampled_from(
    ["Er", "zijn", "143", "1.234", "145", "gemeenten", "en", "plannen", ".", "nieuw", "12,5"]
)
_TYPED = st.lists(
    st.one_of(
        st.builds(lambda word: Piece(f" {word} "), _WORDS),
        st.sampled_from(BASE),
        st.just(Piece("", note="7")),
        st.just(Piece("", note="8")),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(_TYPED)
def test_no_figure_or_note_goes_without_a_word(pieces: list[Piece]) -> None:
    notes = {**NOTES, "8": Note((Piece("Iets anders."),))}
    new = Flat([Line(tuple(pieces))], notes)
    done = resolve(Flat([Line(BASE)], NOTES), new, NODES)
    html = "".join(done.lines)
    missing = [markup for markup in (FIGURE, OTHER, NOTE) if markup not in html]
    assert len(missing) <= len([told for told in done.flags if "niet meer in de alinea" in told])
    assert clean(f"<p>{html}</p>") == clean(clean(f"<p>{html}</p>"))
    nodes(clean(f"<p>{''.join(done.typed)}</p>"))
    assert "\ufffc" not in html + "".join(done.typed)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=5), st.lists(_WORDS, max_size=5))
def test_words_before_and_behind_leave_all_that_is_live_alone(before: list[str], behind: list[str]) -> None:
    pieces = (
        Piece("".join(f"{word} " for word in before)),
        *BASE,
        Piece("".join(f" {word}" for word in behind)),
    )
    done = resolve(Flat([Line(BASE)], NOTES), Flat([Line(pieces)], NOTES), NODES)
    assert done.flags == []
    assert done.lines == done.typed
    assert [str(node) for node in nodes(f"<p>{done.lines[0]}</p>")] == [FIGURE, OTHER, NOTE]


def test_a_number_that_was_typed_on_is_a_changed_one() -> None:
    pieces = (*BASE[:2], Piece("0"), *BASE[2:])
    done = resolve(Flat([Line(BASE)], NOTES), Flat([Line(pieces)], NOTES), NODES)
    assert "Het getal 143 is in Word 1430 geworden." in done.flags[0]
    assert "1430" in done.typed[0]
    assert FIGURE in done.lines[0]


def test_lists_in_lists_quotations_and_tables_keep_their_shape() -> None:
    deep = Block("list", (Line(level=0), Line(level=1, ordered=True), Line(level=0), Line(level=0, row=1)))
    assert rewritten(deep, ["een", "diep", "twee", "vervolg"], "") == (
        "<ul><li>een<ol><li>diep</li></ol></li><li><p>twee</p><p>vervolg</p></li></ul>"
    )
    assert rewritten(Block("quote", (Line(), Line())), ["a", "b"], "") == (
        "<blockquote><p>a</p><p>b</p></blockquote>"
    )
    table = Block("table", (Line(row=0, is_head=True), Line(row=1), Line(row=1)), caption="Tabel")
    assert rewritten(
        table, ["Kop", "rij", "cel"], '<table><tbody><tr><th scope="row">x</th></tr></tbody></table>'
    ) == (
        '<table><caption>Tabel</caption><thead><tr><th scope="col">Kop</th></tr></thead>'
        '<tbody><tr><th scope="row">rij</th><td>cel</td></tr></tbody></table>'
    )
    assert rewritten(Block("h2", (Line(),)), ["Kop"], "<h4>Oud</h4>") == "<h4>Kop</h4>"
    assert rewritten(Block("h5", (Line(),)), ["Kop"], "") == "<h4>Kop</h4>"
    assert rewritten(Block("list", ()), [], "") == ""


_NAMED = st.lists(st.sampled_from([f"mvi_p{number}" for number in range(1, 5)]), max_size=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_NAMED, st.lists(_WORDS, min_size=1, max_size=4)), max_size=8))
def test_each_block_that_came_back_is_told_once(rows: list[tuple[list[str], list[str]]]) -> None:
    def block(words: str, *keys: str) -> Block:
        return Block("p", (Line((Piece(words),)),), keys)

    base = Document(tuple(block(f"Alinea {number} zegt iets", f"mvi_p{number}") for number in range(1, 5)))
    new = Document(tuple(block(" ".join(words), *keys) for keys, words in rows))
    found = aligned(base, new)
    assert set(found.pairs) == {f"mvi_p{number}" for number in range(1, 5)}
    placed = [id(item) for item in found.pairs.values() if item is not None]
    placed += [id(item.block) for item in found.added]
    placed += [id(item) for items in found.split.values() for item in items]
    placed += [id(item) for _fixed, item in found.around if item is not None]
    assert sorted(placed) == sorted(id(item) for item in new.blocks)


def test_notes_that_a_program_let_slide_stay_where_they_were() -> None:
    nodes_of = {"mvi_n1": "<mvi-footnote>Een.</mvi-footnote>", "mvi_n2": "<mvi-footnote>Twee.</mvi-footnote>"}
    base = (named("", "mvi_n1", "1"), Piece("woord"), named("", "mvi_n2", "2"), named("", "mvi_auto1", "3"))
    texts = {"1": Note((Piece("Een."),)), "2": Note((Piece("Twee."),)), "3": Note((Piece("Op een dag."),))}
    slid = {"1": texts["1"], "2": texts["1"], "3": texts["2"]}
    new = (base[0], Piece("ander woord"), Piece("", note="2"), base[3])
    known = {note.text for note in texts.values()}
    done = resolve(Flat([Line(base)], texts), Flat([Line(new)], slid), nodes_of, known)
    assert done.is_shuffled
    assert done.lines == [f"{nodes_of['mvi_n1']}ander woord{nodes_of['mvi_n2']}"]
    assert (done.typed, done.flags) == (done.lines, [])
