"""What apps above tell of an account."""

from __future__ import annotations

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel, account_panels


def panels_of(account: User, viewer: User) -> list[Panel]:
    panels = (panel(account, viewer) for panel in account_panels)
    return [panel for panel in panels if panel is not None]
