"""Which frames stay as they are: those that a sent letter was written by."""

from __future__ import annotations

from collections.abc import Sequence

from monitoring.models import Frame
from mvi_portal.core.dates import long_date
from reports.models import Letter, LetterState


def used(frames: Sequence[Frame]) -> dict[int, str]:
    """Why a frame stays as it is, by its key: the first letter with it that was sent."""
    sent = Letter.objects.filter(frame__in=frames, state=LetterState.SENT, sent_on__isnull=False)
    return {
        letter.frame_id: f"De brief ‘{letter.title}’ is op {long_date(day)} met dit kader verzonden."
        for letter in sent.order_by("-sent_on", "-pk")
        if (day := letter.sent_on)
    }
