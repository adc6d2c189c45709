"""The data as files: a workbook with a sheet for each table, and CSV files with a README."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.workbooks import Form, Kind, Page, write, write_book
from reports.frozen import FrozenLetter
from reports.papers.columns import FIGURES
from reports.papers.frozen import Sheet, column_of, sheets
from reports.parcel.plan import Snapshot

_TIME = (2025, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_KINDS = {
    Kind.DAY: "datum",
    Kind.PARTIAL_DATE: "datum, zo precies als bekend",
    Kind.WHOLE: "geheel getal",
    Kind.DECIMAL: "getal",
    Kind.YES_NO: "ja of nee",
}


def all_sheets(snapshot: Snapshot) -> list[Sheet]:
    """The figures first, then the rows behind them."""
    return [_figures(snapshot.letter), *sheets(snapshot).values()]


def book(snapshot: Snapshot, form: Form) -> bytes:
    """A workbook; its last sheet explains every column."""
    file = io.BytesIO()
    write_book(file, form, [_page(sheet, snapshot.letter) for sheet in all_sheets(snapshot)])
    return file.getvalue()


def packed(snapshot: Snapshot) -> bytes:
    """A CSV for each table and the README, in a zip; the same files give the same bytes."""
    out, found = io.BytesIO(), all_sheets(snapshot)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "README.md", "\n".join(readme(snapshot.letter, found)).encode())
        for sheet in found:
            file = io.BytesIO()
            write(file, Form.CSV, _page(sheet, snapshot.letter))
            _add(archive, f"{sheet.name}.csv", file.getvalue())
    return out.getvalue()


def readme(letter: FrozenLetter, found: Sequence[Sheet]) -> Iterator[str]:
    """What is in each file, column by column."""
    yield f"# Gegevens bij de brief “{letter.title}”"
    yield ""
    yield f"Stand op {long_date(letter.reference_date)}. De bestanden zijn CSV in UTF-8, met een puntkomma"
    yield "tussen de kolommen. Onder de rijen staat dezelfde uitleg. Er staan geen persoonsgegevens in."
    if letter.is_demo:
        yield "Een deel van de gegevens is verzonnen voor de demonstratie: zie de kolom “demo”."
    for sheet in found:
        yield from ("", f"## {sheet.name}.csv", "", f"{sheet.title}: {number(len(sheet.rows))} rijen.", "")
        yield from ("| kolom | soort | betekenis |", "|---|---|---|")
        for column in sheet.columns:
            yield f"| {column.heading} | {_KINDS.get(column.kind, 'tekst')} | {column.help} |"
    yield ""


def _figures(letter: FrozenLetter) -> Sheet:
    rows = tuple(
        (
            item.key,
            item.label,
            item.unit.many,
            item.line,
            item.value,
            item.qualifier,
            item.previous,
            item.population,
            item.definition,
            item.note,
        )
        for item in letter.figures.values()
    )
    return Sheet("cijfers", "Cijfers", tuple(column_of(told) for told in FIGURES), rows)


def _page(sheet: Sheet, letter: FrozenLetter) -> Page:
    told = f"{sheet.title} op {long_date(letter.reference_date)}, bij de brief “{letter.title}”."
    return Page(sheet.title, sheet.columns, sheet.rows, lambda count: [told, f"{number(count)} rijen."])


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.external_attr = _MODE
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
