"""What may stand where in a text, and how it is written down. Everything follows from these tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

INLINE = frozenset({"#text", "strong", "em", "a", "br", "mvi-figure", "mvi-citation", "mvi-footnote"})
BLOCKS = frozenset({"p", "ul", "ol", "blockquote", "table", "mvi-table", "mvi-chart"})
HEADINGS = frozenset({"h3", "h4"})
ROOT = ""

# The children that an element takes.
CHILDREN: Mapping[str, frozenset[str]] = {
    ROOT: BLOCKS | HEADINGS,
    "blockquote": BLOCKS,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "li": INLINE | BLOCKS,
    "table": frozenset({"caption", "thead", "tbody"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "th": INLINE,
    "td": INLINE | BLOCKS,
    **dict.fromkeys(("p", "h3", "h4", "caption", "strong", "em", "a", "mvi-footnote"), INLINE),
}
# The element that is opened when text stands where none may.
IMPLIED = {
    ROOT: "p",
    "blockquote": "p",
    "ul": "li",
    "ol": "li",
    "table": "tbody",
    "tbody": "tr",
    "thead": "tr",
    "tr": "td",
}
# Elements that hold nothing: what stands in them follows behind them.
LEAVES = frozenset({"br", "mvi-figure", "mvi-citation", "mvi-table", "mvi-chart"})
# What may end because something else begins.
CLOSABLE = frozenset({"p", "h3", "h4", "strong", "em", "a"})
# What may not stand inside itself, at whatever depth, and what may not stand in a link.
NOT_IN_ITSELF = frozenset({"strong", "em", "a", "mvi-footnote"})
NOT_IN_LINK = frozenset({"a", "mvi-footnote", "mvi-citation"})
# What can hold itself, so that only a limit ends it; nobody writes a list in the tenth degree.
NESTING = frozenset({"ul", "ol", "blockquote", "table"})
MAX_DEPTH = 24

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "a": ("href",),
    "th": ("scope",),
    "mvi-figure": ("data-key", "data-form"),
    "mvi-citation": ("data-ref",),
    "mvi-table": ("data-keys", "data-title"),
    "mvi-chart": ("data-key", "data-from", "data-title"),
}
SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})
LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
# Other words for the same things, as other editors write them.
SYNONYMS = {
    "b": "strong",
    "i": "em",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
    **dict.fromkeys(("div", "section", "article"), "p"),
}
TAGS = frozenset(CHILDREN) - {ROOT} | LEAVES | frozenset(SYNONYMS)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, or an end tag when `closes`."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False

    def __str__(self) -> str:
        if self.closes:
            return f"</{self.name}>"
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.name}{written}>"


_TOKEN = re.compile(r'<(/?)([a-z0-9-]+)((?: [a-z-]+="[^"]*")*)>|[^<]+')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


def tokens(clean_html: str) -> Iterator[Tag | str]:
    """The tags and (unescaped) texts of HTML as nh3 or we wrote it: quoted, closed, escaped."""
    for token in _TOKEN.finditer(clean_html):
        if token[2]:
            attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(token[3])}
            yield Tag(token[2], attributes, closes=bool(token[1]))
        else:
            yield html.unescape(token[0])
