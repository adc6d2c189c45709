"""Signs of life of worker and beat, for a health check beside them (`mvi_portal.probe`): files they touch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from celery.signals import after_task_publish, beat_init, heartbeat_sent
from django.conf import settings


def touch(name: str) -> None:
    place = Path(settings.VAR_DIR, "pulse", name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()


@heartbeat_sent.connect
def worker_beats(**_: Any) -> None:
    """Every two seconds while it listens to the queue."""
    touch("worker")


@beat_init.connect
def watch_beat(**_: Any) -> None:
    """From now on in this process: a bell that reached the queue is a sign of life."""
    touch("beat")
    after_task_publish.connect(beat_rings)


def beat_rings(**_: Any) -> None:
    touch("beat")
