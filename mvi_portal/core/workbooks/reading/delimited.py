"""CSV: with commas or semicolons, with or without a byte order mark, in UTF-8."""

from __future__ import annotations

import csv
from contextlib import suppress
from io import StringIO

from mvi_portal.core.numbers import number
from mvi_portal.core.workbooks import limits
from mvi_portal.core.workbooks.errors import FileRefused, Rule
from mvi_portal.core.workbooks.sheets import Book, Form, Sheet, Value, without_nul

DELIMITERS = (";", ",", "\t")
ADVICE = "Kies in Excel “Opslaan als”, type “CSV UTF-8 (door scheidingstekens gescheiden)”, en stuur dat."


def read_csv(content: bytes) -> Book:
    """Raises FileRefused."""
    text = decoded(content)
    try:
        delimiter = delimiter_of(text)
    except csv.Error as error:  # a cell of more than 131,072 characters
        raise too_large() from error
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileRefused(Rule.FILE, f"Dit CSV-bestand klopt niet: {_told(text, delimiter)}") from error
    _bound(rows)
    whole: list[list[Value]] = [list(row) for row in rows]
    return Book(Form.CSV, (without_nul(Sheet("", whole)),), delimiter)


def decoded(content: bytes) -> str:
    """The text. Raises FileRefused for another encoding, with the line where that shows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:1000]:
        raise FileRefused(Rule.ENCODING, f"Dit bestand is geen CSV in UTF-8. {ADVICE}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            Rule.ENCODING,
            f"Dit CSV-bestand is niet in UTF-8 opgeslagen, maar waarschijnlijk in Windows-1252: op regel "
            f"{line} staat een teken dat wij niet kunnen lezen. {ADVICE}",
            value=_around(content, error.start),
        ) from error


def _around(content: bytes, place: int) -> str:
    """The line as Windows-1252 has it, so that a person finds it."""
    start = content.rfind(b"\n", 0, place) + 1
    end = content.find(b"\n", place)
    line = content[start : end if end >= 0 else len(content)]
    return line.decode("cp1252", errors="replace").strip()[:100]


def delimiter_of(text: str) -> str:
    """What parts the headings: the one that makes the most of the first line that has something."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))


def _told(text: str, delimiter: str) -> str:
    """In which row the reader lost its way."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    with suppress(csv.Error):
        while next(reader, None) is not None:
            row += 1
    return (
        f"na rij {row} staat een aanhalingsteken dat niet sluit, of tekst na een gesloten aanhalingsteken. "
        "Herstel dat, of sla het werkblad opnieuw op als CSV."
    )


def _bound(rows: list[list[str]]) -> None:
    if len(rows) > limits.ROWS or max(map(len, rows), default=0) > limits.COLUMNS:
        raise too_large()
    if sum(map(len, rows)) > limits.CELLS:
        raise too_large()


def too_large() -> FileRefused:
    return FileRefused(
        Rule.SIZE,
        f"Dit werkblad is te groot: er passen {number(limits.ROWS)} rijen en {limits.COLUMNS} kolommen in. "
        "Staat er iets in een cel ver naar rechts of naar beneden? Haal dat weg. Verdeel anders de rijen "
        "over meer bestanden.",
    )
