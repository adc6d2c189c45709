"""All that is wrong in a workbook, as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mvi_portal.core.workbooks.errors import CellError

HEADINGS = ("Blad", "Cel", "Kolom", "Waarde", "Regel", "Wat er niet klopt")


def listed(errors: Sequence[CellError]) -> Iterator[list[str]]:
    """A row of headings, and one for each error."""
    yield list(HEADINGS)
    for error in errors:
        named = [error.sheet, error.place, error.column or "", error.value]
        yield [*named, str(error.rule.value), error.message]
