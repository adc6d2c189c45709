"""Filling the nodes of a text in."""

from __future__ import annotations

from collections.abc import Callable

from .cleaning import clean
from .grammar import Tag, tokens
from .nodes import FootnoteNode, Node, node_of
from .writing import escape


def render(html: str, replace: Callable[[Node], str]) -> str:
    """The text with each node replaced by the (trusted) HTML that `replace` gives for it.

    The text is cleaned first, so that nothing but the grammar's elements gets through; only `replace` may add
    others. Inside a footnote come first its own nodes, then the footnote around them. The same text and the
    same answers give the same HTML. Raises ProseError for a node that says too little.
    """
    written: list[str] = []
    footnote_at: int | None = None
    for token in tokens(clean(html)):
        if not isinstance(token, Tag):
            written.append(escape(token))
        elif token.name == "mvi-footnote":
            if footnote_at is None:
                footnote_at = len(written)
            else:
                written[footnote_at:] = [replace(FootnoteNode("".join(written[footnote_at:])))]
                footnote_at = None
        elif not token.name.startswith("mvi-"):
            written.append(str(token))
        elif not token.closes:
            written.append(replace(node_of(token, in_footnote=footnote_at is not None)))
    return "".join(written)


def nodes(html: str) -> list[Node]:
    """All nodes of the text in order; those inside a footnote before the footnote. Raises ProseError."""
    found: list[Node] = []

    def keep(node: Node) -> str:
        found.append(node)
        return str(node)

    render(html, keep)
    return found
