"""Where something is written: citations with their address, and prose as it stands on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mvi_portal.core import prose
from mvi_portal.core.citing import address, doubts
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.printing.figures import one
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.wording import NotPrintable, phrase

Fact = tuple[str, object, str]


def cited(label: str, text: str) -> Fact:
    """For a list of facts, with the link; one in doubt says so."""
    doubt = doubts(text) if text else ""
    return label, f"{text} ({doubt})" if doubt else text, address(text)


def known(*facts: Fact) -> list[Fact]:
    """Only those that say something."""
    return [fact for fact in facts if fact[1] not in ("", None)]


class Values:
    """Figures on a day, as the texts of a page say them: each is asked once, however often it is said."""

    def __init__(self, on: date, known: Mapping[str, FrozenFigure] | None = None) -> None:
        self.on = on
        self._known = dict(known or {})

    def shown(self, node: prose.FigureNode) -> str:
        """The value with its definition behind it; three dots for what cannot be said."""
        if node.key not in registry:
            return "…"
        figure = self._known.setdefault(node.key, self._known.get(node.key) or one(node.key, self.on))
        try:
            words = phrase(figure, node.form)
        except NotPrintable:
            return "…"
        told = f"{figure.label}, op {long_date(self.on)}"
        address = reverse("core:definition-detail", args=[node.key])
        return format_html('<a class="mvi-value" href="{}" title="{}">{}</a>', address, told, words)


def on_page(html: str, values: Values | None = None) -> SafeString:
    """Prose as a page shows it. What only a letter can fill in, stands there as words."""
    return mark_safe(prose.render(html, partial(_words, values)))  # noqa: S308 - cleaned by `render`


def _words(values: Values | None, node: prose.Node) -> str:
    if isinstance(node, prose.FigureNode) and values is not None:
        return values.shown(node)
    if isinstance(node, prose.FootnoteNode):
        return f" ({node.html})"
    if isinstance(node, prose.CitationNode):
        return escape(node.ref)
    return escape(prose.plain_text(str(node)))
