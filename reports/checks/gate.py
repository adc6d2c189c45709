"""A letter with open errors does not go into agreement."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks import open_errors
from reports.models import Letter, LetterState
from reports.states import Gate

_SHOWN = 3


def before_agreement(letter: Letter) -> Iterator[str]:
    """The first errors, and how many more there are."""
    errors = open_errors(letter)
    yield from errors[:_SHOWN]
    more = len(errors) - _SHOWN
    if more > 0:
        yield f"Er {'is' if more == 1 else 'zijn'} nog {more} andere: zie de pagina ‘Controles’."


GATE = Gate(LetterState.IN_AGREEMENT, before_agreement)
