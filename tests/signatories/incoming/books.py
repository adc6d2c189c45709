"""Workbooks of signatories for the tests: made of rows, taken in by the importer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.core.workbooks.importing import Importer, Order, importers
from mvi_portal.core.workbooks.trials import Taken, take

HEADINGS = ("code", "naam", "soort", "manifest", "handtekening", "ondertekend op")


def importer() -> Importer:
    found = importers.get("signatories")
    assert found is not None
    return found


def workbook(
    rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS, form: Form = Form.CSV
) -> bytes:
    file = BytesIO()
    padded = [[*row, *[None] * (len(headings) - len(row))] for row in rows]
    write(file, form, Page("Ondertekenaars", [Column(name) for name in headings], padded, lambda _n: []))
    return file.getvalue()


def taken(
    content: bytes,
    *,
    write: bool = True,
    only_good: bool = False,
    answers: Mapping[int, str] | None = None,
    by: Any = None,
) -> Taken:
    def order(book: Any) -> Order:
        return Order(book, by, write=write, only_good=only_good, answers=answers or {}, why="Proef")

    return take(importer(), content, order)


def verdicts(found: Taken) -> list[str]:
    return [str(line.verdict) for line in found.outcome.lines]


def told(found: Taken) -> list[tuple[int | None, str | None, str]]:
    return [(error.row, error.column, error.rule.name) for error in found.outcome.errors]
