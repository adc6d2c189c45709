"""What keeps a letter from coming out, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable


class LetterError(Exception):
    """All that is wrong at once: one Dutch sentence each, one a line when printed."""

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))
