"""What the commands for letters share: which letter is meant, and waiting for a worker."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from django.core.management.base import CommandError

from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import cancel, sweep
from mvi_portal.jobs.workers import NoWorkerError, ensure_worker
from reports.models import Letter

TIMEOUT = 300
_LOOK_EVERY = 0.05
_SWEEP_EVERY = 5.0


def seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"'{text}' is geen aantal seconden, zoals {TIMEOUT}")
    return int(text)


def letter_named(name: str) -> Letter:
    letter = Letter.objects.filter(slug=name).first()
    if letter is None:
        known = ", ".join(Letter.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"De brief '{name}' bestaat niet. Bekend zijn: {known or 'nog geen brieven'}.")
    return letter


def made_folder(path: Path) -> Path:
    """The folder, there and open for writing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"De map {path} kan niet worden gemaakt ({error.strerror}).") from error
    if not os.access(path, os.W_OK):
        raise CommandError(f"In de map {path} mag niet worden geschreven.")
    return path


def put(content: bytes, out: Path) -> None:
    """Write it whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=out.parent, delete=False) as half:
        half.write(content)
    half_path = Path(half.name)
    half_path.chmod(0o644)
    half_path.replace(out)


def wait_for(job: Job, *, timeout: int, what: str) -> None:
    """Until the job has ended; what a command asked for does not outlive it. `what`: "De brief"."""
    deadline = time.monotonic() + timeout
    trouble = ""
    try:
        with ensure_worker(timeout):
            _watch(job, deadline)
            given_up = cancel(job=job)  # before a temporary worker stops: it waits for its job otherwise
    except NoWorkerError as error:
        given_up, trouble = cancel(job=job), str(error)
    except KeyboardInterrupt:
        cancel(job=job)
        raise
    if given_up:
        raise CommandError(trouble or _too_late(job, timeout, what))
    job.refresh_from_db()


def _too_late(job: Job, timeout: int, what: str) -> str:
    return (
        f"{what} is na {timeout} seconden nog niet klaar ({job.step or 'nog niet begonnen'}). "
        "De opdracht is geannuleerd. Geef meer tijd met --timeout, of kijk in het logboek van de worker."
    )


def _watch(job: Job, deadline: float) -> None:
    """Our own row tells how far it is. A lost message is made good by a sweep."""
    next_sweep = time.monotonic() + _SWEEP_EVERY
    while job.is_open and (now := time.monotonic()) < deadline:
        time.sleep(_LOOK_EVERY)
        if now > next_sweep:
            sweep()
            next_sweep = now + _SWEEP_EVERY
        job.refresh_from_db()
