"""Action plans, for who searches everything."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from actionplans import reading
from actionplans.models import ActionPlan
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.finding import search
from signatories.models import Organisation


def plans(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
    """By title, or by a name of who it is of, as the organisation ever bore it."""
    named = Organisation.objects.search(text).order_by().values("pk")
    theirs = ActionPlan.objects.filter(**{f"{reading.SIGNATORIES}__in": named}).order_by().values("pk")
    found = search(reading.plans(user, today=today), text, "title", also=Q(pk__in=theirs))[:limit]
    return [
        Hit(row.title, reverse("actionplans:plan-detail", args=[row.slug]), "", row.is_demo) for row in found
    ]


SEARCHED = SearchSource("Actieplannen", plans)
