"""What every management command of ours has in common."""

from __future__ import annotations

from django.core.management.base import BaseCommand


class PortalCommand(BaseCommand):
    """Starts at once: the checks of the code, which load every page, are left to `make check`."""

    requires_system_checks = ()
