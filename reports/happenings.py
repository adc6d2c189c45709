"""What happened to letters: they were sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Happening, Happenings
from mvi_portal.core.dates import long_date
from reports.models import Letter


def sent(user: User, _today: date) -> Any:
    found = Letter.objects.visible_to(user).filter(sent_on__isnull=False)
    return found.annotate(happened_on=F("sent_on"))


def tell_sent(keys: Collection[int]) -> dict[int, Happening]:
    rows = Letter.objects.filter(pk__in=keys)
    return {
        row.pk: Happening(
            long_date(row.sent_on) if row.sent_on else "",
            f"Brief verzonden: {row.title}",
            reverse("reports:letter-detail", args=[row.slug]),
            is_demo=row.is_demo,
        )
        for row in rows
    }


SOURCES = {"letters": Happenings("brief verzonden", sent, tell_sent)}
