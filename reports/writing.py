"""What a writer of a section is told that keeps the text from being printed."""

from __future__ import annotations

from reports import render
from reports.content import Draft


def problems(draft: Draft) -> list[str]:
    """What the build would complain of; what cannot be printed only once the register can tell all."""
    return draft.problems or render.check(draft.letter)
