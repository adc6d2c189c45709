"""What the start page compares with: the letter that was sent last."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from mvi_portal.core.contributions import Publication
from mvi_portal.core.dates import long_date
from reports.models import Letter, LetterState

# One that another letter follows was sent as well, also when the portal did not send it.
SENT = Q(state=LetterState.SENT) | Q(next_letters__isnull=False)


def last_before(on: date) -> Publication | None:
    """The latest, by its reference date, of the letters from before the day that were sent."""
    letter = Letter.objects.filter(SENT, reference_date__lt=on).order_by("-reference_date", "slug").first()
    if letter is None:
        return None
    return Publication(f"{letter.title} ({long_date(letter.dated)})", letter.reference_date)
