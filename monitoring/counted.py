"""What the figure of line D counts."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from monitoring.models import Commitment
from monitoring.naming import shortened
from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Counted
from mvi_portal.core.figures import Figure


def counted(figure: Figure, on: date, user: User) -> list[Counted]:
    """Commitments that the reader may see."""
    visible = Commitment.objects.visible_to(user, on=timezone.localdate()).filter(pk__in=figure.keys(on))
    return [
        Counted(
            row.slug,
            f"{row.get_kind_display().capitalize()}: {shortened(row.text)}",
            reverse("monitoring:commitment-detail", args=[row.slug]),
            row.is_demo,
        )
        for row in visible.order_by("made_on", "slug")
    ]
