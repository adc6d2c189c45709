"""Action plans, for who searches everything."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from actionplans import reading
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.finding import search


def plans(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
    found = search(reading.plans(user, today=today), text, "title")[:limit]
    return [
        Hit(row.title, reverse("actionplans:plan-detail", args=[row.slug]), "", row.is_demo) for row in found
    ]


SEARCHED = SearchSource("Actieplannen", plans)
