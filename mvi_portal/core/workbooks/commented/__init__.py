"""The user's own workbook, back with what is wrong in it: in the form that it came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mvi_portal.core.workbooks.commented.delimited import with_column
from mvi_portal.core.workbooks.commented.ods import with_list
from mvi_portal.core.workbooks.errors import CellError
from mvi_portal.core.workbooks.sheets import Book, Form


@dataclass(frozen=True)
class Returned:
    """The file, and in Dutch what of it could not be kept."""

    content: bytes
    lost: tuple[str, ...] = ()


def commented(content: bytes, book: Book, errors: Sequence[CellError]) -> Returned:
    """XLSX with a comment on each wrong cell, CSV with a column "fouten", ODS with a sheet "Fouten"."""
    if book.form is Form.XLSX:
        return _xlsx(content, errors)
    if book.form is Form.ODS:
        return Returned(with_list(content, errors))
    return Returned(with_column(book, errors))


def _xlsx(content: bytes, errors: Sequence[CellError]) -> Returned:
    from mvi_portal.core.workbooks.commented.xlsx import kept_out, with_comments  # openpyxl: slow to load

    return Returned(with_comments(content, errors), tuple(kept_out(content)))
