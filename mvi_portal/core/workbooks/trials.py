"""From bytes to an outcome: read, run, and the workbook that goes back to who sent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mvi_portal.core import statistics
from mvi_portal.core.workbooks.commented import Returned, commented
from mvi_portal.core.workbooks.errors import FileRefused
from mvi_portal.core.workbooks.importing import Importer, Order, Outcome
from mvi_portal.core.workbooks.reading import read
from mvi_portal.core.workbooks.sheets import Book, Form

MANY = 50  # rows: from as many PostgreSQL looks at a table anew by itself, but only after a minute


@dataclass(frozen=True)
class Taken:
    """What came of a file. Without a book it could not be read, and nothing can go back."""

    outcome: Outcome
    book: Book | None = None
    returned: Returned | None = None

    @property
    def form(self) -> Form | None:
        return self.book.form if self.book else None


def take(importer: Importer, content: bytes, order: Callable[[Book], Order]) -> Taken:
    """Never raises for what is in the file: a file that is refused has one error, about itself."""
    book: Book | None = None
    try:
        book = read(content)
        asked = order(book)
        outcome = importer.run(asked)
    except FileRefused as refused:
        outcome = Outcome(errors=[refused.error])
        return Taken(outcome, book, _returned(content, book, outcome) if book else None)
    if asked.write and len(outcome.lines) >= MANY:
        statistics.refresh()
    if not outcome.errors:
        return Taken(outcome, book)
    return Taken(outcome, book, _returned(content, book, outcome))


def _returned(content: bytes, book: Book, outcome: Outcome) -> Returned | None:
    """None when it cannot be made: the errors are told all the same."""
    try:
        return commented(content, book, outcome.errors)
    except FileRefused:
        return None
