"""What apps above tell of an account."""

from __future__ import annotations

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Panel, account_panels


def panels_of(account: User, *, keeps: bool) -> list[Panel]:
    """`keeps`: the reader keeps accounts, and may change what stands there."""
    panels = (panel(account, keeps) for panel in account_panels)
    return [panel for panel in panels if panel is not None]
