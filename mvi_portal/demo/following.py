"""What the secretariat follows in the demonstration: chosen once, when its account is made."""

from __future__ import annotations

from buyergroups.models import BuyerGroup
from monitoring.services import follow
from mvi_portal.accounts.models import User
from mvi_portal.demo.frames import MAIN_LINES, Lines

EMAIL = "secretariaat@voorbeeld.example"
GROUPS = 2


def load(users: dict[str, User], new: set[str], lines: Lines) -> None:
    """Who stopped following, is not made to follow again."""
    if EMAIL not in new:
        return
    by = users[EMAIL]
    follow(subject=lines[MAIN_LINES, "D"], kind="line", by=by)
    for group in BuyerGroup.objects.filter(is_demo=True, started_on__isnull=False).order_by("-slug")[:GROUPS]:
        follow(subject=group, kind="group", by=by)
