"""Which facts of the register stay, because a letter that was agreed upon counted them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from mvi_portal.core.dates import long_date
from reports.models import Letter
from reports.models.letters import MAY_CHANGE_TEXTS


def settled_by_letters(day: date, known_since: datetime) -> list[str]:
    """Letters whose figures are of the day or later, and were gathered after the fact was recorded."""
    frozen = Q(freezes__created_at__gte=known_since) | Q(
        versions__created_at__gte=known_since, versions__what_if=False
    )
    found = Letter.objects.exclude(state__in=MAY_CHANGE_TEXTS).filter(frozen, reference_date__gte=day)
    return [
        f"De brief ‘{letter.title}’ van {long_date(letter.dated)} telt haar mee."
        for letter in found.distinct().order_by("-dated", "-pk")
    ]
