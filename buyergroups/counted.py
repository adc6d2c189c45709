"""What the figures of line B count."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from buyergroups.models import BuyerGroup
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Counted
from mvi_portal.core.figures import Figure


def counted(figure: Figure, on: date, user: User) -> list[Counted]:
    visible = BuyerGroup.objects.visible_to(user, on=timezone.localdate()).filter(pk__in=figure.keys(on))
    return [
        Counted(item.slug, item.name, reverse("buyergroups:group-detail", args=[item.slug]), item.is_demo)
        for item in visible
    ]
