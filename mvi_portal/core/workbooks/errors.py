"""What is wrong with a workbook: one cell, or the file as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mvi_portal.core.workbooks.cells import letters


class Rule(StrEnum):
    """Which agreement a cell or a file does not keep, in the words that people read."""

    FILE = "leesbaar bestand"
    ENCODING = "tekens in UTF-8"
    PASSWORD = "geen wachtwoord"  # noqa: S105 - a rule
    OLD = "geen oud bestandstype"
    EMPTY = "niet leeg"
    SIZE = "niet te groot"
    SHEET = "één blad met gegevens"
    HIDDEN = "geen verborgen blad"
    HEADING = "bekende kolommen"
    REQUIRED = "verplicht"
    DATE = "datum"
    NUMBER = "getal"
    CHOICE = "keuze uit een lijst"
    YES_NO = "ja of nee"
    LENGTH = "niet te lang"
    FORMULA = "geen formule"
    MERGED = "geen samengevoegde cel"
    DOUBLE = "staat er één keer"
    KNOWN = "bestaat in het register"
    DOUBT = "één mogelijkheid"
    FITS = "past bij de rest"


@dataclass(frozen=True)
class CellError:
    """One thing to mend. `row` counts from 1 as the spreadsheet does, `column` is the heading.

    Both are None when it is about the whole file or sheet. `index` is the place of the column, from 0.
    """

    sheet: str
    row: int | None
    column: str | None
    value: str
    rule: Rule
    message: str
    index: int | None = field(default=None, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """As the commands tell it."""
        names = ("sheet", "row", "column", "value", "rule", "message")
        return {name: getattr(self, name) for name in names} | {"rule": str(self.rule.value)}

    @property
    def place(self) -> str:
        """As in "C4"; a row alone as "rij 4"."""
        if self.row is None:
            return ""
        return f"rij {self.row}" if self.index is None else f"{letters(self.index)}{self.row}"


class FileRefused(Exception):
    """The file cannot be read at all; the Dutch message says why, and what to do."""

    def __init__(self, rule: Rule, message: str, *, sheet: str = "", value: str = "") -> None:
        super().__init__(message)
        self.rule, self.message, self.sheet, self.value = rule, message, sheet, value

    @property
    def error(self) -> CellError:
        return CellError(self.sheet, None, None, self.value, self.rule, self.message)


class Wrong(Exception):
    """A value that its column cannot take."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(message)
        self.rule, self.message = rule, message
