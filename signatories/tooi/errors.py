"""What is wrong with a file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One fault in a file; node and field are empty when it is about the file as a whole."""

    file: str
    text: str
    node: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = [self.file]
        if self.node:
            place.append(f"knoop {self.node}")
        if self.field:
            place.append(f"veld {self.field}")
        return f"{', '.join(place)}: {self.text}"


class RegisterError(ValueError):
    """The files cannot be used; nothing was written. Its text is Dutch, a line per fault."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self._text())

    def _text(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if (more := len(self.problems) - SHOWN) > 0:
            lines.append(f"… en nog {more} andere fouten.")
        return "\n".join(lines)
