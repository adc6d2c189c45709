"""What stands in a cell: text that no spreadsheet takes for a formula, and back again unchanged.

An apostrophe goes before what begins like a formula, and is taken away there only: 's-Hertogenbosch keeps
its own.
"""

from __future__ import annotations

import re
from datetime import date

SIGNS = ("=", "+", "-", "@", "\t", "\r")
_BEGINS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_767  # characters that a cell of a spreadsheet holds


def guarded(text: str) -> str:
    """Text that is never run; `bare` gives it back."""
    return f"'{text}" if _BEGINS.match(text) else text


def bare(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def shown(value: object) -> object:
    """As CSV holds it: nothing for None, "ja" and "nee", ISO days, numbers with a comma, guarded text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return value
    return guarded(value.isoformat() if isinstance(value, date) else str(value))


def printable(text: str) -> str:
    """What XML can hold, and a cell: no control characters, at most its length."""
    clean = _NOT_IN_XML.sub("", text)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 12]} [ingekort]"


def letters(index: int) -> str:
    """The name of a column, from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
