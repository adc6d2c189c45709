"""Which frames stay as they are: those that a sent letter was written by."""

from __future__ import annotations

from collections.abc import Sequence

from monitoring.models import Frame
from mvi_portal.core.dates import long_date
from reports.models import Letter
from reports.published import SENT


def used(frames: Sequence[Frame]) -> dict[int, str]:
    """Why a frame stays as it is, by its key: the first letter with it that was sent."""
    sent = Letter.objects.filter(SENT, frame__in=frames).distinct()
    return {
        letter.frame_id: f"De brief ‘{letter.title}’ van {long_date(letter.dated)} is hiermee verzonden."
        for letter in sent.order_by("-dated", "-pk")
    }
