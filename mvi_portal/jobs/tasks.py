"""The tasks that do jobs: an id in, claim, call, finish."""

from __future__ import annotations

import socket
from os import getpid
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from mvi_portal.jobs import services


@shared_task(name="mvi_portal.jobs.tasks.run_job", ignore_result=True)
def run_job(job_id: int) -> None:
    """Do one job."""
    services.work(job_id, worker=f"{socket.gethostname()}:{getpid()}")


@shared_task(name="mvi_portal.jobs.tasks.sweep", ignore_result=True)
def sweep() -> None:
    """Called by beat: what waits or was left behind is rung for again."""
    services.sweep()
    services.expire()


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """A worker that starts does not wait for beat."""
    services.sweep()
