"""Typed columns: the same for what is imported, what is exported and the empty template."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from functools import cached_property
from typing import Any

from mvi_portal.core.dates import PartialDate, Precision, parse_day
from mvi_portal.core.numbers import number
from mvi_portal.core.workbooks.cells import bare
from mvi_portal.core.workbooks.errors import Rule, Wrong


class Kind(Enum):
    TEXT = auto()
    DAY = auto()
    PARTIAL_DATE = auto()  # as precise as it is known: "24-11-2022", "najaar 2024"
    WHOLE = auto()
    DECIMAL = auto()
    YES_NO = auto()
    CHOICE = auto()


Choices = Sequence[tuple[Any, str]]
YES, NO = {"ja", "j", "yes", "waar", "true", "1"}, {"nee", "n", "no", "onwaar", "false", "0"}
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")  # "85.000"
_TOLD = 8  # so many choices in a message


@dataclass(frozen=True)
class Column:
    """A column by its heading; `name` is what a record calls its value, the heading when left out.

    `choices` holds (value, label), or a function that gives them. A `derived` column is for reading: an
    import passes it over.
    """

    heading: str
    help: str = ""
    kind: Kind = Kind.TEXT
    name: str = ""
    required: bool = False
    derived: bool = False
    choices: Choices | Callable[[], Choices] = ()
    lowest: float | None = None
    highest: float | None = None
    longest: int = 2_000

    @property
    def key(self) -> str:
        return self.name or self.heading

    @cached_property
    def options(self) -> list[tuple[Any, str]]:
        return list(self.choices() if callable(self.choices) else self.choices)

    def read(self, raw: object) -> Any:
        """The value of a cell: None when it is empty. Raises Wrong."""
        value = _stripped(raw)
        if value in (None, ""):
            if self.required:
                raise Wrong(Rule.REQUIRED, f"Vul “{self.heading}” in.")
            return None
        return _READERS[self.kind](self, value)

    def write(self, value: object) -> object:
        """What stands in a cell for a value: an exact day as a day, a choice by its label."""
        if isinstance(value, PartialDate) and value.precision is Precision.DAY:
            return value.last_day
        if self.kind is Kind.CHOICE:
            return next((label for option, label in self.options if option == value), value)
        return value


def _stripped(raw: object) -> object:
    return bare(raw.strip()) if isinstance(raw, str) else raw


def _text(column: Column, value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = ("ja" if value else "nee") if isinstance(value, bool) else str(value)
    if len(text) > column.longest:
        most = number(column.longest)
        raise Wrong(Rule.LENGTH, f"Dit zijn {number(len(text))} tekens; er passen er {most}.")
    return text


def _moment(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _no_number(value: object) -> None:
    if not isinstance(value, str):
        raise Wrong(
            Rule.DATE,
            "Dit is een getal en geen datum. Geef de cel de opmaak van een datum, of typ de datum als tekst, "
            "bijvoorbeeld 24 november 2022.",
        )


def _day(_column: Column, value: object) -> date:
    if day := _moment(value):
        return day
    _no_number(value)
    try:
        return parse_day(str(value))
    except ValueError as error:
        raise Wrong(Rule.DATE, str(error)) from error


def _partial(_column: Column, value: object) -> PartialDate:
    if day := _moment(value):
        return PartialDate.day(day)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 1900 <= value <= 2100:
        value = str(int(value))  # a year is typed as a number
    _no_number(value)
    try:
        return PartialDate.parse(str(value))
    except ValueError as error:
        raise Wrong(Rule.DATE, str(error)) from error


def _decimal(column: Column, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise Wrong(Rule.NUMBER, "Dit is geen getal.")
    try:
        found = float(_unpointed(value) if isinstance(value, str) else value)
    except ValueError as error:
        raise Wrong(Rule.NUMBER, "Dit is geen getal. Typ alleen cijfers, bijvoorbeeld 3.") from error
    if found != found or found in (float("inf"), float("-inf")):
        raise Wrong(Rule.NUMBER, "Dit is geen getal.")
    low, high = column.lowest, column.highest
    if (low is not None and found < low) or (high is not None and found > high):
        raise Wrong(Rule.NUMBER, _range(low, high))
    return found


def _unpointed(text: str) -> str:
    """Of "1.234,5" it makes "1234.5". Raises Wrong where a point may be of thousands or of a fraction."""
    typed = "".join(text.split())
    if _THOUSANDS.fullmatch(typed):
        plain = typed.replace(".", "")
        message = f"Is dit {plain} of {typed.replace('.', ',')}? Typ het zonder punt."
        raise Wrong(Rule.NUMBER, message)
    if "," in typed:
        typed = typed.replace(".", "").replace(",", ".")
    return typed


def _range(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"Typ een getal van {low:g} tot en met {high:g}."
    return (
        f"Typ een getal van {low:g} of hoger." if low is not None else f"Typ een getal tot en met {high:g}."
    )


def _whole(column: Column, value: object) -> int:
    found = _decimal(column, value)
    if not found.is_integer():
        raise Wrong(Rule.NUMBER, "Typ een heel getal, zonder komma.")
    return int(found)


def _yes_no(_column: Column, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(_column, value).casefold()
    if word in YES | NO:
        return word in YES
    raise Wrong(Rule.YES_NO, "Typ ja of nee.")


def _choice(column: Column, value: object) -> Any:
    typed = " ".join(_text(column, value).casefold().split())
    for option, label in column.options:
        if typed in (str(label).casefold(), str(option).casefold()):
            return option
    labels = [str(label) for _option, label in column.options]
    more = f" (en nog {len(labels) - _TOLD})" if len(labels) > _TOLD else ""
    raise Wrong(Rule.CHOICE, f"Kies uit: {', '.join(labels[:_TOLD])}{more}.")


_READERS: dict[Kind, Callable[[Column, object], Any]] = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.PARTIAL_DATE: _partial,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
}
