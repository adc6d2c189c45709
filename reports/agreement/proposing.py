"""Whom a letter is to be put before: its co-senders, and who pays for or advises on the plan."""

from __future__ import annotations

from monitoring.models import PlanRole
from monitoring.models.frame import Role
from reports.models import AssentKind, Letter

ALIGNED = (Role.PAYS, Role.ADVISES)  # the departments, and the umbrella organisations


def proposed(letter: Letter) -> dict[int, AssentKind]:
    """By organisation what is asked of it: once, and then assent. The sender decides, and is not asked."""
    co_senders = letter.co_sender_rows.values_list("office__organisation", flat=True)
    roles = PlanRole.objects.at(on=letter.dated).filter(frame=letter.frame_id, role__in=ALIGNED)
    found = dict.fromkeys(roles.values_list("organisation", flat=True), AssentKind.ALIGNMENT)
    found |= dict.fromkeys(co_senders, AssentKind.ASSENT)
    found.pop(letter.sender.organisation_id, None)
    return found
