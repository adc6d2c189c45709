"""Lists as CSV: the form that a spreadsheet in a Dutch office opens as a table, and that runs nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpResponse

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], explain: Sequence[str] | str = ()
) -> HttpResponse:
    """A download `name`.csv: the header, the rows, and after an empty line what explains them.

    UTF-8 with a byte order mark, `;` between cells. The explanation stands below, so that the first line
    is always the header.
    """
    answer = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(text) for text in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    lines = list(filter(None, [explain] if isinstance(explain, str) else explain))
    writer.writerows([cell(line)] for line in ["", *lines] if lines)
    return answer


def cell(value: object) -> object:
    """What a cell holds: nothing for None, "ja" and "nee", ISO days, and text that is never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, (int, float)):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
