"""Putting somebody's other words into a text, so that what they left alone stays as it is written.

Who proposes a text sees words: figures as values, no marks. What is the same in their words keeps its nodes
and marks; only what differs is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from mvi_portal.core.differences import tokens as words_of

from .cleaning import clean, plain_text
from .grammar import INLINE, Tag, tokens
from .nodes import FootnoteNode, Node, node_of
from .writing import escape

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Merged:
    """The text, and the nodes that did not survive: their words were changed."""

    html: str
    lost: tuple[Node, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A stretch of the old text: how it is written, and what of it a reader sees."""

    markup: str
    seen: str
    node: Node | None = None
    is_tag: bool = False


@dataclass
class _Plan:
    """Of each character whether it stays, and what comes at which place; and the numbers of the new words."""

    stays: list[bool]
    numbers: frozenset[str]
    comes: dict[int, str] = field(default_factory=dict)


def merged(html: str, new: str, said: Callable[[Node], str]) -> Merged:
    """The block with the words `new`. `said` tells how a node reads; footnotes read " (…)".

    Spaces alone are no difference. The result is clean, and may be empty.
    """
    pieces = list(_pieces(html, said))
    plan = _plan("".join(piece.seen for piece in pieces), " ".join(new.split()))
    written: list[str] = []
    lost: list[Node] = []
    at = 0
    begun = False
    for piece in pieces:
        if not piece.is_tag and not begun:
            begun = True
            written.append(escape(plan.comes.get(0, "")))
        end = at + len(piece.seen)
        written.append(_kept(piece, plan, at, lost))
        at = end
    return Merged(clean("".join(written)), tuple(lost))


def _pieces(html: str, said: Callable[[Node], str]) -> Iterator[_Piece]:
    note: list[str] | None = None
    begun = False
    for token in tokens(clean(html)):
        if isinstance(token, Tag) and token.name == "mvi-footnote":
            if token.closes and note is not None:
                node = FootnoteNode("".join(note))
                yield _Piece(str(node), f" ({plain_text(node.html)})", node)
            note = None if token.closes else []
        elif note is not None:
            note.append(str(token) if isinstance(token, Tag) else escape(token))
        elif isinstance(token, str):
            begun = True
            yield _Piece(escape(token), token)
        elif token.name.startswith("mvi-"):
            if not token.closes:
                begun = True
                node_found = node_of(token, in_footnote=False)
                yield _Piece(str(node_found), said(node_found), node_found)
        else:
            is_break = token.name not in INLINE or token.name == "br"
            yield _Piece(str(token), "\n" if is_break and begun and not token.closes else "", is_tag=True)


def _plan(old: str, new: str) -> _Plan:
    """Word by word; what comes stands where what went begins."""
    before, after = words_of(old), words_of(new)
    plain = [[" " if word.isspace() else word for word in words] for words in (before, after)]
    matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    places = [0]
    for word in before:
        places.append(places[-1] + len(word))
    plan = _Plan([True] * len(old), frozenset(_NUMBER.findall(new)))
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            plan.stays[places[a] : places[b]] = [False] * (places[b] - places[a])
            if text := "".join(after[c:d]):
                plan.comes[places[a]] = plan.comes.get(places[a], "") + text
    return plan


def _kept(piece: _Piece, plan: _Plan, at: int, lost: list[Node]) -> str:
    """What stays of the piece, with what comes behind each of its characters."""
    places = range(at, at + len(piece.seen))
    if piece.is_tag:
        return piece.markup + "".join(escape(plan.comes.get(place + 1, "")) for place in places)
    inside = any(place in plan.comes for place in places if place > at) or _is_other(piece, plan)
    if piece.node is not None and all(plan.stays[place] for place in places) and not inside:
        return piece.markup + escape(plan.comes.get(at + len(piece.seen), "") if piece.seen else "")
    if piece.node is not None:
        lost.append(piece.node)
    return "".join(
        (escape(sign) if plan.stays[place] else "") + escape(plan.comes.get(place + 1, ""))
        for place, sign in zip(places, piece.seen, strict=True)
    )


def _is_other(piece: _Piece, plan: _Plan) -> bool:
    """A value that does not stand in the new words as a number by itself: "1.234" became "1.234.567"."""
    return bool(_NUMBER.fullmatch(piece.seen)) and piece.seen not in plan.numbers
