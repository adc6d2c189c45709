"""Buyer groups, for who searches everything."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from buyergroups.models import BuyerGroup
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Hit, SearchSource
from mvi_portal.core.finding import search


def groups(text: str, user: User, today: date, _on: date, limit: int) -> list[Hit]:
    visible = BuyerGroup.objects.visible_to(user, on=today)
    beneath = {"outputs": ("title", "citation"), "participations": ("project", "party_name")}
    found = search(visible, text, "name", "product_group", "description", beneath=beneath)[:limit]
    return [
        Hit(
            row.name,
            reverse("buyergroups:group-detail", args=[row.slug]),
            row.get_sector_display(),
            row.is_demo,
        )
        for row in found
    ]


SEARCHED = SearchSource("Buyer groups", groups, "buyergroups:group-list")
