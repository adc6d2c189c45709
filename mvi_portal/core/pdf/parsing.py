"""A page of ours as a tree, read as XML: thirty times as fast as an HTML parser written in Python.

What an HTML parser would read in another way is left to one.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

_START = re.compile(r"\s*<!DOCTYPE html>", re.IGNORECASE)
_EMPTY = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"  # elements that are not closed
_UNCLOSED = re.compile(rf"<({_EMPTY})\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)\s*/?>")
_ROWS = {"thead", "tbody", "tfoot"}
_FOREIGN = {"svg", "math"}  # without a namespace of their own
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "data",
        "em",
        "i",
        "img",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)


def tree(html: str) -> Element | None:
    """The whole page; None when it is no XML, or would be another tree as HTML."""
    if (start := _START.match(html)) is None:
        return None
    text = _UNCLOSED.sub(r"<\1\2/>", html[start.end() :]).replace("&nbsp;", "&#160;")
    try:
        page = fromstring(text)  # noqa: S314 - what we wrote ourselves; without its DOCTYPE it declares nothing
    except ParseError:
        return None
    return page if page.tag == "html" and all(map(_is_the_same, page.iter())) else None


def _is_the_same(element: Element) -> bool:
    """An HTML parser knows pictures, ends a paragraph before what cannot stand in one, and groups rows."""
    if not element.tag.startswith("{") and not element.tag.islower():
        return False
    if element.tag == "p":
        return all(child.tag in _INLINE for child in element.iter() if child is not element)
    return element.tag not in _FOREIGN and (element.tag in _ROWS or element.find("tr") is None)
