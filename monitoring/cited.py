"""Where something is written: citations with their address, and prose as it stands on a page."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mvi_portal.core import prose
from mvi_portal.core.citations import CitationError, parse

IN_DOUBT = "(niet herkend als vindplaats)"
Fact = tuple[str, object, str]


def address(text: str) -> str:
    """Where the citation can be read; empty for what is not a citation."""
    try:
        return parse(text).url
    except CitationError:
        return ""


def cited(label: str, text: str) -> Fact:
    """For a list of facts, with the link; one in doubt says so."""
    where = address(text) if text else ""
    return label, text if where or not text else f"{text} {IN_DOUBT}", where


def known(*facts: Fact) -> list[Fact]:
    """Only those that say something."""
    return [fact for fact in facts if fact[1] not in ("", None)]


def on_page(html: str) -> SafeString:
    """Prose as a page shows it. What only a letter can fill in, stands there as words."""
    return mark_safe(prose.render(html, _words))  # noqa: S308 - cleaned by `render`


def _words(node: prose.Node) -> str:
    if isinstance(node, prose.FootnoteNode):
        return f" ({node.html})"
    if isinstance(node, prose.CitationNode):
        return escape(node.ref)
    return escape(prose.plain_text(str(node)))
