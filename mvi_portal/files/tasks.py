"""What beat asks for every minute."""

from __future__ import annotations

from celery import shared_task

from mvi_portal.files import services


@shared_task(name="mvi_portal.files.tasks.tidy", ignore_result=True)
def tidy() -> None:
    """Scan what waits for the scanner, and throw away what nobody came back for."""
    services.scan_waiting()
    services.expire()
