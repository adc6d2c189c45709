"""Other words in a text: what was left alone keeps its figures, footnotes and marks."""

from __future__ import annotations

import pytest

from mvi_portal.core import prose
from mvi_portal.core.prose import FigureNode, FootnoteNode
from mvi_portal.core.prose.merging import merged

FIGURE = str(FigureNode("a.b"))
NOTE = str(FootnoteNode("Een noot."))


def said(node: prose.Node) -> str:
    return "1.234" if isinstance(node, FigureNode) else ""


@pytest.mark.parametrize(
    ("html", "new", "result"),
    [
        ("<p>Het gaat goed.</p>", "Het gaat beter.", "<p>Het gaat beter.</p>"),
        ("<p>Het gaat goed.</p>", "Het  gaat\ngoed.", "<p>Het gaat goed.</p>"),
        ("<p>Het gaat goed.</p>", "Vandaag: Het gaat goed.", "<p>Vandaag: Het gaat goed.</p>"),
        ("<p>Het gaat goed.</p>", "Het gaat goed. Zeker.", "<p>Het gaat goed. Zeker.</p>"),
        ("<p>Het gaat <em>goed</em>.</p>", "Nu gaat goed.", "<p>Nu gaat <em>goed</em>.</p>"),
        ("<p>Het gaat <em>goed</em>.</p>", "Het gaat beter.", "<p>Het gaat beter.</p>"),
        (f"<p>Er zijn {FIGURE}.</p>", "Nu zijn er 1.234!", f"<p>Nu zijn er {FIGURE}!</p>"),
        (f"<p>Zo{NOTE} is het.</p>", "Zo (Een noot.) was het.", f"<p>Zo{NOTE} was het.</p>"),
        ("<ul><li>een</li><li>twee</li></ul>", "een\ndrie", "<ul><li>een</li><li>drie</li></ul>"),
        ("<p>Weg ermee.</p>", "", ""),
        ("<p>a</p>", "<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    ],
)
def test_only_what_differs_is_replaced(html: str, new: str, result: str) -> None:
    found = merged(html, new, said)
    assert (found.html, found.lost) == (result, ())


@pytest.mark.parametrize("new", ["Er zijn 1.300.", "Er zijn 1.234.567.", "Er zijn er veel."])
def test_a_figure_whose_value_was_changed_is_told(new: str) -> None:
    found = merged(f"<p>Er zijn {FIGURE}.</p>", new, said)
    assert found.html == f"<p>{new}</p>"
    assert found.lost == (FigureNode("a.b"),)
