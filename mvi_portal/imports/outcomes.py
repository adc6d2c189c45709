"""What came of a file, as it is kept with it: counts, and of a long file the first rows that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mvi_portal.core.workbooks.errors import CellError
from mvi_portal.core.workbooks.importing import Line, Outcome, Verdict

SHOWN = 200  # rows of each table; the file that goes back has all errors


def as_json(outcome: Outcome, *, lost: Sequence[str] = (), notice: str = "") -> dict[str, Any]:
    told = outcome.as_dict()
    changing = [line for line in outcome.lines if line.verdict in (Verdict.ADDED, Verdict.CHANGED)]
    return {
        "counts": {name: told[name] for name in ("rows", "added", "changed", "unchanged")},
        "left_out": outcome.left_out,
        "error_count": len(outcome.errors),
        "errors": [_error(error) for error in outcome.errors[:SHOWN]],
        "questions": [asdict(question) for question in outcome.questions[:SHOWN]],
        "lines": [_line(line) for line in changing[:SHOWN]],
        "lost": list(lost),
        "notice": notice,
    }


def _error(error: CellError) -> dict[str, Any]:
    return {**error.as_dict(), "place": error.place}


def _line(line: Line) -> dict[str, Any]:
    details = list(line.details)
    return {"row": line.row, "label": line.label, "verdict": str(line.verdict), "details": details}
