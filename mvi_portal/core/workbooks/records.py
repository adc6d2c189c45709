"""From a sheet to records by its columns: what can be used, and for each wrong cell what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mvi_portal.core.workbooks.cells import letters
from mvi_portal.core.workbooks.columns import Column
from mvi_portal.core.workbooks.errors import CellError, FileRefused, Rule, Wrong
from mvi_portal.core.workbooks.sheets import OWN_SHEETS, Book, Sheet, Value
from mvi_portal.core.workbooks.writing.delimited import NOTE

FAULTS = "fouten"  # the column that a CSV comes back with; passed over when it is read again


def is_faults(cell: object) -> bool:
    """Whether a heading is that of the column that we added; with what is about the whole file behind it."""
    text = str(cell or "").strip().casefold()
    return text == FAULTS or text.startswith(f"{FAULTS}: ")


_FORMULA = "Hier staat een formule. Plak er de waarde: kopieer de cel en kies “Plakken speciaal: waarden”."
_UNKNOWN = "Hier staat een formule waarvan geen uitkomst bewaard is. Typ de waarde zelf."
_NO_TEXT = "In deze cel staat een teken dat geen tekst is (NUL). Typ de waarde opnieuw."
_MERGED = "Deze cel is samengevoegd met andere. Splits de cellen en vul elke cel in."


@dataclass
class Record:
    """One row. `row` counts from 1; `values` by the name of the column; without errors it can be used."""

    sheet: str
    row: int
    values: dict[str, Any]
    raw: dict[str, str]
    places: dict[str, int]
    headings: dict[str, str]
    errors: list[CellError] = field(default_factory=list)
    lacks: bool = False  # a column that must be there: told once, with the headings

    @property
    def is_good(self) -> bool:
        return not self.errors and not self.lacks

    def refuse(self, name: str | None, rule: Rule, message: str) -> None:
        """Something is wrong with the value of the column, or with the row as a whole."""
        self.errors.append(self.error(name, rule, message))

    def error(self, name: str | None, rule: Rule, message: str) -> CellError:
        heading = self.headings.get(name) if name else None
        place = self.places.get(name) if name else None
        value = self.raw.get(name, "") if name else ""
        return CellError(self.sheet, self.row, heading, value, rule, message, place)


@dataclass(frozen=True)
class Records:
    """What a sheet holds. `errors` are about the sheet, its headings and cells outside every record."""

    rows: list[Record]
    errors: list[CellError]

    def all_errors(self) -> list[CellError]:
        """From the file down to its last row."""
        return [*self.errors, *(error for row in self.rows for error in row.errors)]


def record_sheet(book: Book, name: str) -> tuple[Sheet, list[CellError]]:
    """The sheet that holds the rows: the one of that name, else the only one that holds something.

    Hidden sheets are told: nobody sees what stands there. Raises FileRefused.
    """
    filled = [sheet for sheet in book.sheets if sheet.name not in OWN_SHEETS and not sheet.is_empty]
    hidden = [sheet for sheet in filled if sheet.hidden]
    shown = [sheet for sheet in filled if not sheet.hidden]
    errors = [CellError(sheet.name, None, None, "", Rule.HIDDEN, _hidden(sheet)) for sheet in hidden]
    named = [sheet for sheet in shown if sheet.name.casefold() == name.casefold()]
    if len(shown) > 1 and not named:
        names = ", ".join(sheet.name for sheet in shown)
        raise FileRefused(
            Rule.SHEET, f"Dit bestand heeft meer bladen met gegevens ({names}). Noem het goede blad “{name}”."
        )
    if not shown:
        seen = "zichtbare " if hidden else ""
        raise FileRefused(
            Rule.EMPTY, f"In dit bestand staan geen {seen}rijen. Kijk of u het goede bestand koos."
        )
    return (named or shown)[0], errors


def _hidden(sheet: Sheet) -> str:
    return (
        f"Het blad “{sheet.name}” is verborgen. Maak het zichtbaar of verwijder het: wij lezen niets wat u "
        "niet ziet."
    )


def records(sheet: Sheet, columns: Sequence[Column]) -> Records:
    """Its first filled row holds the headings. Raises FileRefused when none of them is known."""
    filled = [(place, row) for place, row in sheet.filled() if not _is_note(row)]
    if not filled:
        raise FileRefused(Rule.EMPTY, "In dit bestand staan geen rijen. Kijk of u het goede bestand koos.")
    head, *lines = filled
    places, errors = _headings(sheet, head, columns)
    known = [column for column in columns if column.key in places and not column.derived]
    rows = [_record(sheet, place, row, known, places) for place, row in lines]
    for record in rows:
        record.lacks = any(column.required and column.key not in places for column in columns)
    return Records(rows, [*errors, *_merged(sheet, rows, places, known)])


def _is_note(row: Sequence[Value]) -> bool:
    """A line of the explanation below a CSV."""
    first = row[0] if row else None
    return isinstance(first, str) and first.startswith(NOTE) and not any(row[1:])


def _headings(
    sheet: Sheet, head: tuple[int, Sequence[Value]], columns: Sequence[Column]
) -> tuple[dict[str, int], list[CellError]]:
    """By the name of each column its place; and what is wrong with the headings."""
    row, cells = head
    wanted = {_plain(column.heading): column for column in columns}
    places: dict[str, int] = {}
    errors: list[CellError] = []
    for place, cell in enumerate(cells):
        column = wanted.get(_plain(cell))
        if column is None and _plain(cell) and not is_faults(cell):
            errors.append(_unknown(sheet, row, place, cell, columns))
        elif column is not None and column.key in places:
            message = f"De kolom “{column.heading}” staat er twee keer. Laat er één staan."
            errors.append(
                CellError(sheet.name, row + 1, column.heading, str(cell), Rule.DOUBLE, message, place)
            )
        elif column is not None:
            places[column.key] = place
    if not places:
        raise FileRefused(Rule.HEADING, _none(columns), sheet=sheet.name)
    return places, [*errors, *_missing(sheet, row, columns, places)]


def _unknown(sheet: Sheet, row: int, place: int, cell: Value, columns: Sequence[Column]) -> CellError:
    known = ", ".join(column.heading for column in columns if not column.derived)
    message = f"Deze kolom kennen wij niet. Haal hem weg, of gebruik een van deze koppen: {known}."
    return CellError(sheet.name, row + 1, str(cell), str(cell), Rule.HEADING, message, place)


def _none(columns: Sequence[Column]) -> str:
    known = ", ".join(column.heading for column in columns if not column.derived)
    return f"De eerste rij heeft geen koppen die wij kennen. Gebruik het sjabloon, of zet daar: {known}."


def _missing(
    sheet: Sheet, row: int, columns: Sequence[Column], places: dict[str, int]
) -> Iterator[CellError]:
    for column in columns:
        if column.required and not column.derived and column.key not in places:
            message = f"De kolom “{column.heading}” ontbreekt. Voeg hem toe, of gebruik het sjabloon."
            yield CellError(sheet.name, row + 1, column.heading, "", Rule.HEADING, message)


def _record(
    sheet: Sheet, place: int, row: Sequence[Value], columns: Sequence[Column], places: dict[str, int]
) -> Record:
    raw = {column.key: told(_cell(row, places[column.key])) for column in columns}
    headings = {column.key: column.heading for column in columns}
    record = Record(sheet.name, place + 1, {}, raw, places, headings)
    for column in columns:
        at = places[column.key]
        if (place, at) in sheet.formulas:
            record.refuse(column.key, Rule.FORMULA, _FORMULA if sheet.formulas[place, at] else _UNKNOWN)
            continue
        if (place, at) in sheet.unstorable:
            record.refuse(column.key, Rule.ENCODING, _NO_TEXT)
            continue
        try:
            record.values[column.key] = column.read(_cell(row, at))
        except Wrong as wrong:
            record.refuse(column.key, wrong.rule, wrong.message)
    return record


def _merged(
    sheet: Sheet, rows: Iterable[Record], places: dict[str, int], columns: Sequence[Column]
) -> list[CellError]:
    """Where a row is touched, the row is told; else the sheet."""
    by_place = {record.row - 1: record for record in rows}
    by_column = {places[column.key]: column.key for column in columns}
    loose = []
    for area in sheet.merged:
        record = next((by_place[row] for row in range(area.top, area.bottom + 1) if row in by_place), None)
        name = next((by_column[at] for at in range(area.left, area.right + 1) if at in by_column), None)
        for row in range(area.top, area.bottom + 1):
            if row in by_place and by_place[row] is not record:
                by_place[row].refuse(name, Rule.MERGED, _MERGED)
        if record is not None:
            record.refuse(name, Rule.MERGED, _MERGED)
        elif area.left in by_column:
            heading = letters(area.left)
            loose.append(CellError(sheet.name, area.top + 1, heading, "", Rule.MERGED, _MERGED, area.left))
    return loose


def _cell(row: Sequence[Value], place: int) -> Value:
    return row[place] if place < len(row) else None


def told(value: Value) -> str:
    """A value as a person sees it in the cell."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plain(cell: Value) -> str:
    return " ".join(str(cell or "").casefold().split())
