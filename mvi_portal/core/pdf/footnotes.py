"""A footnote stands on the page of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure.boxes import FootnoteAreaBox

# Rather than leave one line of a paragraph alone, WeasyPrint sends a note of another one to the next page.
# A page on which it did so is laid out again: a line alone is the lesser evil.
LINES_MAY_STAND_ALONE = "html { orphans: 1; widows: 1 }"


def stray(pages: Sequence[Any]) -> bool:
    """Whether a note stands on another page than its call."""
    return any(set(_called(page._page_box)) != set(_placed(page._page_box)) for page in pages)


def _called(box: Any) -> Iterator[int]:
    """The elements of the notes that are called on a page."""
    return (id(part.footnote.element) for part in box.descendants() if getattr(part, "footnote", None))


def _placed(box: Any) -> Iterator[int]:
    """Those of the notes that stand at its foot."""
    areas = (part for part in box.descendants() if isinstance(part, FootnoteAreaBox))
    return (id(note.element) for area in areas for note in area.children)
