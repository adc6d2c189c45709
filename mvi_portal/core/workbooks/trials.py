"""From bytes to an outcome: read, run, and the workbook that goes back to who sent it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from mvi_portal.core import statistics
from mvi_portal.core.workbooks.commented import Returned, commented
from mvi_portal.core.workbooks.errors import FileRefused
from mvi_portal.core.workbooks.importing import Importer, Order, Outcome
from mvi_portal.core.workbooks.reading import read
from mvi_portal.core.workbooks.sheets import Book, Form

log = logging.getLogger(__name__)
MANY = 50  # rows: from as many PostgreSQL looks at a table anew by itself, but only after a minute
_NOT_WRITTEN = "Uw bestand komt niet met opmerkingen terug: zijn opmaak kunnen wij niet opnieuw schrijven."
_YOUR_OWN = "Herstel de fouten in uw eigen bestand en stuur dat opnieuw."


@dataclass(frozen=True)
class Taken:
    """What came of a file. Without a book it could not be read, and nothing can go back."""

    outcome: Outcome
    book: Book | None = None
    returned: Returned | None = None
    not_returned: str = ""  # why nothing goes back, when there is a book with errors

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
        return _with_file(content, book, outcome) if book else Taken(outcome)
    if asked.write and len(outcome.lines) >= MANY:
        statistics.refresh()
    if not outcome.errors:
        return Taken(outcome, book)
    return _with_file(content, book, outcome)


def _with_file(content: bytes, book: Book, outcome: Outcome) -> Taken:
    """When the file cannot go back, the errors are told all the same, and that it cannot."""
    try:
        return Taken(outcome, book, commented(content, book, outcome.errors))
    except FileRefused as refused:
        why = refused.message
    except Exception as error:
        log.warning("a workbook cannot be given back with its errors: %s", type(error).__name__)
        why = _NOT_WRITTEN
    return Taken(outcome, book, not_returned=f"{why} {_YOUR_OWN}")
