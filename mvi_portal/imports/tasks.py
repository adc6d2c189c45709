"""Called by beat: files that had their time are deleted."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from mvi_portal.imports import services


@shared_task(name="mvi_portal.imports.tasks.expire", ignore_result=True)
def expire() -> None:
    services.expire(now=timezone.now())
