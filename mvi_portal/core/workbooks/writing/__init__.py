"""Writing a workbook: CSV, XLSX or ODS, row by row: a large one takes no more memory than a small one.

The same rows give the same bytes: nothing of the clock is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import IO

from mvi_portal.core.workbooks.sheets import Form
from mvi_portal.core.workbooks.writing.delimited import write_csv
from mvi_portal.core.workbooks.writing.ods import write_ods
from mvi_portal.core.workbooks.writing.pages import Page, explanation

__all__ = ["Page", "explanation", "write", "write_book"]


def _write_xlsx(file: IO[bytes], *pages: Page) -> int:
    from mvi_portal.core.workbooks.writing.xlsx import write_xlsx  # XlsxWriter: slow to load

    return write_xlsx(file, *pages)


_WRITERS: dict[Form, Callable[[IO[bytes], Page], int]] = {
    Form.CSV: write_csv,
    Form.XLSX: _write_xlsx,
    Form.ODS: write_ods,
}
_BOOKS: dict[Form, Callable[..., int]] = {Form.XLSX: _write_xlsx, Form.ODS: write_ods}


def write_book(file: IO[bytes], form: Form, pages: Sequence[Page]) -> int:
    """A workbook of several sheets, and one that explains them all; CSV has no sheets."""
    return _BOOKS[form](file, *pages)


def write(file: IO[bytes], form: Form, page: Page) -> int:
    """Writes it all; gives the number of rows."""
    return _WRITERS[form](file, page)
