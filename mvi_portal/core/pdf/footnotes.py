"""A footnote stands on the page of its text.

Where one line of a paragraph fits at the foot of a page and two must stay together, WeasyPrint makes room for
the second: it sends the notes of other paragraphs to the next page. In a column it does not do so, and the
paragraph goes to the next one as a whole. Here a page is such a column, as far as that question goes.
"""

from __future__ import annotations

from typing import Any

from weasyprint import Document
from weasyprint.layout import LayoutContext


class WithNotes(Document):
    """A document whose pages keep their notes."""

    @classmethod
    def _build_layout_context(cls, *given: Any, **named: Any) -> LayoutContext:
        context = super()._build_layout_context(*given, **named)
        context.__class__ = Keeping
        return context


class Keeping(LayoutContext):
    """What the layout knows of itself; in a column when it asks whether notes may go."""

    _measuring = False

    @property
    def in_column(self) -> bool:
        """Not while the space for the notes is measured: that is taken from the page."""
        return not self._measuring or bool(self.__dict__["in_column"])

    @in_column.setter
    def in_column(self, value: bool) -> None:
        self.__dict__["in_column"] = value

    def _update_footnote_area(self) -> bool:
        self._measuring = True
        try:
            return bool(super()._update_footnote_area())
        finally:
            self._measuring = False
