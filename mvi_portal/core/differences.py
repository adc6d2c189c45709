"""What two texts differ in, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
SAME, GONE, NEW = "same", "gone", "new"
_MARKUP = {
    SAME: "{}",
    GONE: '<del><span class="mvi-hidden">[vervallen: </span>{}<span class="mvi-hidden">]</span></del>',
    NEW: '<ins><span class="mvi-hidden">[nieuw: </span>{}<span class="mvi-hidden">]</span></ins>',
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both, only in the old one, or only in the new one."""

    kind: str
    text: str


def tokens(text: str) -> list[str]:
    """Words, signs and the spaces between them; together they are the text."""
    return _TOKEN.findall(text)


def differences(old: str, new: str) -> list[Piece]:
    """The new text with what went and what came, in reading order; spaces alone are no difference."""
    before, after = tokens(old), tokens(new)
    matcher = SequenceMatcher(
        None, [_plain(item) for item in before], [_plain(item) for item in after], False
    )
    return list(_pieces(matcher.get_opcodes(), before, after))


def _plain(token: str) -> str:
    return " " if token.isspace() else token


def _pieces(
    opcodes: Sequence[tuple[str, int, int, int, int]], before: list[str], after: list[str]
) -> Iterator[Piece]:
    for kind, a, b, c, d in opcodes:
        if kind == "equal":
            yield Piece(SAME, "".join(after[c:d]))
            continue
        if b > a:
            yield Piece(GONE, "".join(before[a:b]))
        if d > c:
            yield Piece(NEW, "".join(after[c:d]))


def marked(old: str, new: str) -> SafeString:
    """The same as HTML, also told to who hears it."""
    return format_html_join(
        "", "{}", ((format_html(_MARKUP[p.kind], p.text),) for p in differences(old, new))
    )
