"""The empty workbook that somebody fills in: headings, lists to choose from, and a sheet that explains."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from mvi_portal.core.workbooks.columns import Column
from mvi_portal.core.workbooks.sheets import Form
from mvi_portal.core.workbooks.writing import Page, write

SPARE = 1_000  # rows that take the choices


def template(
    name: str,
    columns: Sequence[Column],
    form: Form,
    *,
    told: Sequence[str] = (),
    rows: Sequence[Sequence[object]] = (),
) -> bytes:
    """Of the columns to fill in; `rows` stand in it already, as plans to be evaluated do."""
    asked = [column for column in columns if not column.derived] if not rows else list(columns)
    lines = [
        *told,
        "Vul één rij in per regel. Verander de koppen niet; de volgorde van de kolommen mag anders.",
    ]
    page = Page(name, asked, rows, lambda _count: lines, spare=SPARE, protected=True)
    file = BytesIO()
    write(file, form, page)
    return file.getvalue()
