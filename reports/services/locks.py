"""Why something of a letter cannot change any more."""

from __future__ import annotations

from mvi_portal.core.dates import long_date
from reports.models import Letter


def sent(letter: Letter) -> str:
    """Why nothing of a sent letter changes any more."""
    day = f" op {long_date(letter.sent_on)}" if letter.sent_on else ""
    return f"De brief '{letter.slug}' is{day} verzonden en ligt vast: er komt geen nieuwe versie meer van."


def texts_locked(letter: Letter) -> str:
    """Why its texts do not change now."""
    if letter.is_sent:
        return sent(letter)
    return (
        f"De brief is '{letter.stand.label}': de teksten liggen vast. Moet er toch iets anders, "
        "zet de brief dan eerst terug, met een reden."
    )
