"""What beat calls."""

from __future__ import annotations

from celery import shared_task

from mvi_portal.mails import services


@shared_task(name="mvi_portal.mails.tasks.sweep", ignore_result=True)
def sweep() -> None:
    """What is due is sent, and what was left behind is asked about."""
    services.sweep()
