"""A worker for who needs one: the one that answers, else a temporary one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from kombu.exceptions import OperationalError

from mvi_portal import processes
from mvi_portal.celery import app

_PATIENCE = 60.0  # seconds for a worker to start in


class NoWorkerError(Exception):
    """No worker came up; the message says where to look."""


def answers(*, timeout: float = 0.5) -> bool:
    """Does any worker of this queue answer? Raises NoWorkerError when the queue itself does not."""
    try:
        return bool(app.control.inspect(timeout=timeout, limit=1).ping())
    except OperationalError as error:
        raise NoWorkerError(f"De wachtrij is niet bereikbaar: {error}") from error


@contextmanager
def ensure_worker(timeout: float = _PATIENCE, *, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """While this lasts a worker answers; a temporary one is stopped afterwards. Raises NoWorkerError."""
    if answers():
        yield
        return
    log = Path(settings.VAR_DIR, "log", "worker.log")
    place = ("--app", "mvi_portal", "--workdir", str(settings.BASE_DIR))
    command = (sys.executable, "-m", "celery", *place, "--quiet", "worker")
    options = ("--pool=prefork", "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=INFO")
    worker = processes.start_logged([*command, *options], env={**os.environ, **(env or {})}, log=log)
    try:
        _wait_for(worker, timeout, log)
        yield
    finally:
        processes.stop(worker)


def _wait_for(worker: subprocess.Popen[bytes], timeout: float, log: Path) -> None:
    deadline = time.monotonic() + timeout
    while not answers(timeout=0.2):
        if worker.poll() is not None:
            raise NoWorkerError(f"De worker stopte meteen (code {worker.returncode}); zie {log}.")
        if time.monotonic() > deadline:
            raise NoWorkerError(f"De worker antwoordt na {timeout:.0f} seconden nog niet; zie {log}.")
