"""Which lines are one and the same through the frames."""

from __future__ import annotations

from collections.abc import Iterable


def continuing_keys(line: int, pairs: list[tuple[int, int]]) -> set[int]:
    """The line, and all that it continues or that continues it; back and forth are followed apart."""
    back = [(later, earlier) for earlier, later in pairs]
    return _reached(line, pairs) | _reached(line, back)


def _reached(start: int, pairs: Iterable[tuple[int, int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        fresh = {there for origin, there in pairs if origin == here} - found
        found |= fresh
        waiting += fresh
    return found
