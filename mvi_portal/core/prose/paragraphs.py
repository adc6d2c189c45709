"""The paragraphs of a text, each with a fingerprint, and where each went when the text changed.

What is said about a paragraph (an answer, a remark, a proposal) holds on to its fingerprint: an ordinal tells
nothing once somebody added a paragraph above it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from .cleaning import clean, plain_text
from .grammar import Tag, tokens
from .writing import escape

_ALIKE = 0.5  # the part of the words that two paragraphs share, from which on one is the other rewritten
_MANY = 900  # pairs that are compared word by word; a longer stretch was not rewritten but replaced

Pair = tuple["Paragraph | None", "Paragraph | None"]


@dataclass(frozen=True)
class Paragraph:
    """One block of a text: a paragraph, heading, list, table, quotation or chart, as clean HTML."""

    html: str

    @cached_property
    def text(self) -> str:
        """Its words, as `plain_text` tells them."""
        return plain_text(self.html)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of all that is in it, nodes and marks included."""
        return hashlib.sha256(self.html.encode()).hexdigest()


def paragraphs(html: str) -> tuple[Paragraph, ...]:
    """The blocks of any text, in order; together they are the cleaned text."""
    found: list[str] = []
    written: list[str] = []
    depth = 0
    for token in tokens(clean(html)):
        written.append(str(token) if isinstance(token, Tag) else escape(token))
        depth += _deeper(token)
        if not depth:
            found.append("".join(written))
            written = []
    return tuple(Paragraph(block) for block in found if block.strip())


def _deeper(token: Tag | str) -> int:
    if not isinstance(token, Tag) or token.name == "br":
        return 0
    return -1 if token.closes else 1


def matched(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Pair]:
    """Both states of a text beside each other: the same or rewritten paragraph in one pair.

    A pair without the old one was added, one without the new one went. Order is that of the new text, what
    went stands where it was.
    """
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, [item.sha256 for item in old], [item.sha256 for item in new], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(old[a:b], new[c:d], strict=True)
        else:
            pairs += _rewritten(old[a:b], new[c:d])
    return pairs


def moves(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[int | None]:
    """Per paragraph of the old text where it stands in the new one; None when it went."""
    places = {id(item): place for place, item in enumerate(new)}
    found = {id(before): after for before, after in matched(old, new) if before is not None}
    return [places[id(after)] if (after := found.get(id(item))) is not None else None for item in old]


def moved(old: Sequence[Paragraph], new: Sequence[Paragraph], index: int) -> int | None:
    """The same of one paragraph; who follows several asks `moves` once."""
    return moves(old, new)[index]


def _rewritten(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Pair]:
    """The pairs of a stretch in which nothing stayed the same: in order, each with its nearest."""
    if not old or not new or len(old) * len(new) > _MANY:
        return _replaced(old, new)
    scored = ((_likeness(a, b), i, j) for i, a in enumerate(old) for j, b in enumerate(new))
    likeness, i, j = max(scored, key=lambda found: (found[0], -found[1], -found[2]))
    if likeness < _ALIKE:
        return _replaced(old, new)
    return [*_rewritten(old[:i], new[:j]), (old[i], new[j]), *_rewritten(old[i + 1 :], new[j + 1 :])]


def _replaced(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Pair]:
    return [*((item, None) for item in old), *((None, item) for item in new)]


def _likeness(one: Paragraph, other: Paragraph) -> float:
    """The part of their words that two blocks of one kind share, in order."""
    if one.html.split(">", 1)[0] != other.html.split(">", 1)[0]:
        return 0.0
    return SequenceMatcher(None, one.text.split(), other.text.split(), False).ratio()
