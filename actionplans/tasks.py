"""What beat calls."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from actionplans.reminding.making import make_ready


@shared_task(name="actionplans.tasks.make_reminders_ready", ignore_result=True)
def make_reminders_ready() -> None:
    """Several times a day: each reminder is made once, and what stands ready stays true."""
    make_ready(today=timezone.localdate())
