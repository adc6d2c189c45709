"""A frame that a sent letter uses stays as it was printed; what lies above says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitoring.models import Frame
from mvi_portal.core.contributions import Place
from mvi_portal.core.dates import long_date

# each is asked as uses(frames): by key, in a Dutch sentence, why a frame stays as it is; others are left out
uses: Place[Callable[[Sequence[Frame]], dict[int, str]]] = Place("frame.uses")


def locked(frames: Sequence[Frame]) -> dict[int, str]:
    """Why a frame stays as it is, by its key; one that may change is not in it."""
    told: dict[int, str] = {}
    for use in uses:
        told |= use(frames)
    fixed = {
        frame.pk: f"Vastgezet op {long_date(frame.locked_on)}: {frame.locked_because}"
        for frame in frames
        if frame.locked_on is not None
    }
    return told | fixed


def locked_because(frame: Frame) -> str:
    """Of one frame; empty when it may change."""
    return locked([frame]).get(frame.pk, "") if frame.pk else ""
