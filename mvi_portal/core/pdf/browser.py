"""WeasyPrint's own style sheet, with which every page begins, without what it does for nothing.

It gives each element a marker and the calls and marks of notes, six styles an element that are worked out and
never asked: only an item of a list has a marker, and only our footnotes have a call and a mark.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Document
from weasyprint.urls import URLFetcher

from .footnotes import WithNotes
from .parsing import tree

_NOTHING = "<!DOCTYPE html>"
_ONLY = {
    "\n::marker {": "\nli::marker {",
    "\n::footnote-call {": "\n.footnote::footnote-call {",
    "\n::footnote-marker {": "\n.footnote::footnote-marker {",
}
_NOTES = re.compile(r"\n::note-[^\n]*")  # notes beside the text, which no page of ours has


class Page(HTML):
    """A page that begins with fewer styles and looks the same, and that keeps its notes with their text."""

    def __init__(self, html: str, *, base_url: str, url_fetcher: URLFetcher) -> None:
        page = tree(html)
        super().__init__(
            string=html if page is None else _NOTHING, base_url=base_url, url_fetcher=url_fetcher
        )
        if page is not None:
            self.wrapper_element = ElementWrapper.from_html_root(page, content_language=None)
            self.etree_element = page

    def render(
        self, font_config: Any = None, counter_style: Any = None, color_profiles: Any = None, **options: Any
    ) -> Document:
        """As WeasyPrint does it, in a document of ours."""
        told = {**DEFAULT_OPTIONS, **options}
        return WithNotes._render(self, font_config, counter_style, color_profiles, told)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_sheet()]


@cache
def _sheet() -> CSS:
    """A rule that is written in another way by now stays as it is."""
    text = (files("weasyprint") / "css" / "html5_ua.css").read_text()
    for every, some in _ONLY.items():
        text = text.replace(every, some)
    return CSS(string=_NOTES.sub("", text))
