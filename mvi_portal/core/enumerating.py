"""Names one after another, as a sentence has them."""

from __future__ import annotations

from collections.abc import Iterable


def enumerated(names: Iterable[str]) -> str:
    """Like "Brielle, Hellevoetsluis en Westvoorne"; empty for none."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} en {last}" if others else last
