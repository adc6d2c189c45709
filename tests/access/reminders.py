"""Reminders of a plan that is owed."""

from __future__ import annotations

from mvi_portal.accounts.models import Role
from tests.access.rows import Access
from tests.factories.actionplans import ReminderFactory

KEEPERS = {Role.SECRETARIAT}
PLACE = "/actieplannen/herinneringen/"

ROWS = [
    Access("actionplans:reminder-board", get=KEEPERS, post=KEEPERS),
    Access("actionplans:reminder-list", get=KEEPERS),
    Access("actionplans:reminder-export", get=KEEPERS),
    Access("actionplans:reminder-texts", get=KEEPERS),
    Access(
        "actionplans:reminder-text", get=KEEPERS, post=KEEPERS, address=lambda: f"{PLACE}teksten/op-de-dag/"
    ),
    Access("actionplans:reminder-detail", get=KEEPERS, address=lambda: f"{PLACE}{ReminderFactory().pk}/"),
]
