"""A text with its figures as they are printed, to be read beside another."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString

from mvi_portal.core import prose
from mvi_portal.core.differences import marked
from reports.agreement.reading import Saying
from reports.models import Letter, Proposal

ONLY_FORM = "Alleen de opmaak is gewijzigd."


class Words:
    """Of one letter; its figures are asked once, when the first is met."""

    def __init__(self, letter: Letter) -> None:
        self._saying = Saying(letter)

    def __call__(self, html: str) -> str:
        try:
            return prose.plain_text(prose.render(html, self._said))
        except prose.ProseError:
            return prose.plain_text(html)

    def difference(self, old: str, new: str) -> SafeString | str:
        """Word by word."""
        before, after = self(old), self(new)
        return marked(before, after) if before != after or old == new else ONLY_FORM

    def of(self, row: Proposal) -> SafeString | str:
        """What the proposal changes."""
        return self.difference(row.old, row.new) if row.is_html else row.difference

    def _said(self, node: prose.Node) -> str:
        match node:
            case prose.FootnoteNode():
                return f" ({node.html})"
            case prose.CitationNode():
                return f" [{escape(node.ref)}]"
            case prose.FigureNode():
                return escape(self._saying(node))
            case _:
                return f"<p>{escape(self._saying(node))}</p>"
