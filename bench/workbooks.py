"""Workbooks: a trial of 500 rows that are known, that are new and that change, and exports in flat memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

from bench.register import FIRST, grow
from bench.scratch import promise, seconds
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.core.workbooks.importing import Order, Outcome, importers
from mvi_portal.core.workbooks.trials import take
from signatories import incoming
from signatories.models import Manifest, Signature

ROWS = 500
LONGEST = 3.0  # seconds; what is new is truly written by a trial, and taken back
FEW, MANY = 1_000, 10_000  # rows of an export


def measure() -> bool:
    """True when a trial is quick enough, and a long export takes the memory of a short one."""
    manifest, _ = Manifest.objects.get_or_create(
        slug="bench-book", defaults={"name": "Bench", "opened_on": FIRST}
    )
    grow(Manifest.objects.get_or_create(slug="bench", defaults={"name": "B", "opened_on": FIRST})[0], ROWS)
    signed = Signature.objects.filter(manifest__slug="bench").order_by("slug")[:ROWS]
    known = [[item.slug, "bench", item.slug, item.signed_on] for item in signed]
    new = [[item.slug, manifest.slug, "", date(2024, 5, 1)] for item in signed]
    changed = [[*row[:3], date(2024, 5, 1)] for row in known]
    return all([_trial("known", known), _trial("new", new), _trial("changed", changed), *map(_flat, Form)])


def _trial(what: str, rows: list[list[Any]]) -> bool:
    importer, content = importers.get("signatories"), _book(rows)
    told: list[Outcome] = []
    if importer is None:
        return promise("signatories can come in", holds=False)
    took = seconds(
        lambda: told.append(take(importer, content, lambda book: Order(book, None)).outcome), times=3
    )
    good = not told[-1].errors and len(told[-1].lines) == len(rows)
    return promise(f"a trial of {len(rows)} {what} rows: {took:.2f} s", holds=good and took < LONGEST)


def _book(rows: list[list[Any]]) -> bytes:
    file = BytesIO()
    columns = [Column(name) for name in ("code", "manifest", "handtekening", "ondertekend op")]
    write(file, Form.XLSX, Page(incoming.SHEET, columns, rows, lambda _count: []))
    return file.getvalue()


def _flat(form: Form) -> bool:
    """Python's own memory at its highest, many rows against few."""
    few, many = (_peak(form, count) for count in (FEW, MANY))
    ratio = many / few
    size = f"{many / 2**20:.1f} MB at most, {ratio:.2f} times that of {FEW:,}"
    return promise(f"an export of {MANY:,} rows as {form}: {size}", holds=ratio < 1.5)


def _peak(form: Form, count: int) -> int:
    columns = [Column(f"kolom {number}") for number in range(10)]
    tracemalloc.start()
    with TemporaryFile() as file:
        write(file, form, Page("Lijst", columns, _rows(count), lambda _count: []))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _rows(count: int) -> Iterator[list[object]]:
    for number in range(count):
        yield [f"'s-Hertogenbosch {number}", date(2024, 5, 1), number, True, *["tekst"] * 6]
