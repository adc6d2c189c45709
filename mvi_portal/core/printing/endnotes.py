"""Footnotes for a page that has no foot: numbered in the text, and all of them under it, with a way back."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_NOTE = re.compile(r'<span class="footnote">(.*?)</span>', re.DOTALL)  # a note holds no span
_CALL = '<sup><a id="verwijzing-{0}" href="#noot-{0}" role="doc-noteref">{0}</a></sup>'
_FOOT = (
    '<li id="noot-{0}">{1} <a href="#verwijzing-{0}" role="doc-backlink" '
    'aria-label="Terug naar noot {0} in de tekst">↩</a></li>'
)


def with_endnotes(html: str) -> SafeString:
    """The printed text with its notes at the end; without notes it stays as it is.

    Safe for what it is given: printed HTML of ours, in which nothing is left to escape.
    """
    notes: list[str] = []

    def call(match: re.Match[str]) -> str:
        notes.append(match[1])
        return _CALL.format(len(notes))

    text = _NOTE.sub(call, html)
    if not notes:
        return SafeString(text)
    told = ((number, SafeString(note)) for number, note in enumerate(notes, 1))
    feet = format_html_join("", _FOOT, told)
    return SafeString(text) + format_html(
        '<section class="notes" role="doc-endnotes"><h2>Noten</h2><ol>{}</ol></section>', feet
    )
