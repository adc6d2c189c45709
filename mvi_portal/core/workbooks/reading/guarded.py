"""XLSX and ODS are read in a process of their own: a file made to do harm ends that process and no other."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mvi_portal.core.workbooks import limits
from mvi_portal.core.workbooks.errors import FileRefused, Rule
from mvi_portal.core.workbooks.reading.refusals import refusal
from mvi_portal.core.workbooks.sheets import Area, Book, Form, Sheet, Value, without_nul

log = logging.getLogger(__name__)
CHILD = Path(__file__).with_name("child.py")
_HARMFUL = (
    "Dit bestand kost te veel geheugen of tijd om te lezen. Staat er iets in een cel ver naar rechts of naar "
    "beneden, of is het bestand beschadigd? Kopieer uw rijen naar een nieuw werkblad en stuur dat."
)


def read_packed(content: bytes) -> Book:
    """Raises FileRefused."""
    with tempfile.NamedTemporaryFile(prefix="mvi-werkblad-") as file:
        file.write(content)
        file.flush()
        told = _ask(file.name)
    if "refused" in told:
        raise refusal(told["refused"])
    return Book(Form(told["form"]), tuple(_sheet(item) for item in told["sheets"]))


def _ask(path: str) -> dict[str, Any]:
    bounds = (limits.CHILD_BYTES, limits.CHILD_SECONDS, limits.UNPACKED_BYTES, limits.PARTS)
    areas = (limits.ROWS, limits.COLUMNS, limits.CELLS)
    command = [sys.executable, "-I", str(CHILD), path, *map(str, (*bounds, *areas))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what is read is a file's name
            command, capture_output=True, timeout=limits.CHILD_SECONDS + 5, check=True
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        log.warning("a workbook could not be read: %s", last[:300])
        raise FileRefused(Rule.FILE, _HARMFUL) from error
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise FileRefused(Rule.FILE, _HARMFUL) from error
    return answer


def _sheet(told: dict[str, Any]) -> Sheet:
    sheet = Sheet(
        name=told["name"],
        rows=[[_value(cell) for cell in row] for row in told["rows"]],
        hidden=told["hidden"],
        formulas={(row, column): calculated for row, column, calculated in told["formulas"]},
        merged=tuple(Area(*area) for area in told["merged"]),
    )
    return without_nul(sheet)


def _value(cell: Any) -> Value:
    """A day and a moment come as a list of one text."""
    if not isinstance(cell, list):
        return cell  # type: ignore[no-any-return] # JSON's own: text, number, boolean or null
    text = cell[0]
    return date.fromisoformat(text) if len(text) == len("2024-01-31") else datetime.fromisoformat(text)
