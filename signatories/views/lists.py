"""What the pages of line A share."""

from __future__ import annotations


def several(names: list[str], shown: int = 2) -> str:
    """Like "A, B en 3 andere"; all of them when there are few."""
    if len(names) <= shown + 1:
        return ", ".join(names)
    return f"{', '.join(names[:shown])} en {len(names) - shown} andere"
