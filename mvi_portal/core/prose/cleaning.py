"""Making any string into HTML that may be stored and printed."""

from __future__ import annotations

import re
from collections import Counter

import nh3

from .grammar import ATTRIBUTES, INLINE, LINK, SCOPES, SYNONYMS, TAGS, Tag, tokens
from .writing import Writer, escape

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)
# Controls, direction marks and joiners make a text read otherwise than it is; half characters and
# non-characters cannot be stored or printed. The soft hyphen stays.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_EMPTY_NODE = re.compile(r"<(mvi-[a-z]+)((?:\s[^<>]*)?)/>", re.IGNORECASE)
_OPENS_OR_CLOSES = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
_MAY_STAY_OPEN = frozenset({"p", "li", "tr", "td", "th", "thead", "tbody", "br", "img", "hr", "dt", "dd"})
_MAX_NESTED = 200


def clean(html: str) -> str:
    """The HTML that may be stored: only the elements of the grammar, each where it may stand.

    Text outside a block gets a paragraph; `b`, `i`, `div` and other headings become ours; empty elements,
    links to elsewhere than http(s) or mailto, and invisible characters disappear. Nothing else that can be
    read is lost. Cleaning twice gives the same.
    """
    text = _EMPTY_NODE.sub(r"<\1\2></\1>", _visible(html))
    if _is_too_deep(text):
        text = escape(text)
    writer = Writer()
    for token in tokens(_CLEANER.clean(text)):
        if isinstance(token, Tag):
            _take(token, writer)
        else:
            writer.text(_visible(token))
    return writer.close()


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def _is_too_deep(html: str) -> bool:
    """Elements in elements by the hundred: no person's text, and the parser's time grows with its square."""
    unclosed: Counter[str] = Counter()
    for closes, name in _OPENS_OR_CLOSES.findall(html):
        if name.lower() not in _MAY_STAY_OPEN:
            unclosed[name.lower()] += -1 if closes and unclosed[name.lower()] else not closes
            if unclosed[name.lower()] > _MAX_NESTED:
                return True
    return False


def _take(tag: Tag, writer: Writer) -> None:
    name = SYNONYMS.get(tag.name, tag.name)
    if tag.closes:
        writer.end(name)
        return
    attributes = _attributes(name, tag)
    if name == "a" and "href" not in attributes:
        writer.skip(name)
    else:
        writer.start(Tag(name, attributes))


def _attributes(name: str, tag: Tag) -> dict[str, str]:
    """The attributes that are ours and say something, in one order."""
    found = {key: " ".join(_visible(tag.attributes.get(key, "")).split()) for key in ATTRIBUTES.get(name, ())}
    if not LINK.fullmatch(found.get("href", "")):
        found.pop("href", None)
    if found.get("scope") not in SCOPES:
        found.pop("scope", None)
    return {key: value for key, value in found.items() if value}


def plain_text(html: str) -> str:
    """The words alone, one line per block.

    A figure is "…", a footnote stands in brackets, a table or chart is its title; citations are left out.
    """
    words = (_words(token) for token in tokens(clean(html)))
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(token: Tag | str) -> str:
    """What a piece says to who hears only words."""
    if isinstance(token, str):
        return token.replace("\n", " ")
    if token.name == "mvi-footnote":
        return ")" if token.closes else " ("
    if token.name == "mvi-figure":
        return "" if token.closes else "…"
    title = "" if token.closes else token.attributes.get("data-title", "")
    return title if token.name in INLINE and token.name != "br" else f"\n{title}\n"
