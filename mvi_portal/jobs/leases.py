"""A claim on a job is a lease: renewed while working, lost when the worker dies.

A worker that lost its lease can report and store nothing any more: every write asks for the lease's token.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone

from mvi_portal.jobs.models import Job, State

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Somebody else has the job now, or it was cancelled: stop, and write nothing."""


@dataclass
class Run:
    """One try at one job, by the holder of its lease."""

    job: Job
    token: uuid.UUID
    finished: bool = False

    @property
    def payload(self) -> dict[str, Any]:
        return dict(self.job.payload)

    def report(self, done: int, total: int, step: str = "") -> None:
        """Tell how far it is. Raises LeaseLost."""
        self.write(done=done, total=total, step=step)

    def store(self, name: str, content: bytes) -> None:
        """Keep the result as `name`; it lives JOB_RESULT_DAYS days. Raises LeaseLost."""
        self.store_file(name, BytesIO(content))

    def store_file(self, name: str, file: IO[bytes]) -> None:
        """Keep what stands in the file, which may be large. Raises LeaseLost.

        Each try writes a file of its own, so a late worker never writes over the result of another.
        """
        storage = Job._meta.get_field("result").storage
        earlier = self.job.result.name
        path = storage.save(f"jobs/{self.token}/{name}", File(file))
        expires = timezone.now() + timedelta(days=settings.JOB_RESULT_DAYS)
        try:
            self.write(result=path, expires_at=expires)
        except LeaseLost:
            storage.delete(path)
            raise
        if earlier:
            storage.delete(earlier)

    def renew(self) -> None:
        """Raises LeaseLost."""
        self.write(lease_until=_until())

    def check(self) -> None:
        """Raises LeaseLost; locks the row for the rest of the transaction, so that what follows is ours."""
        held = Job.objects.select_for_update().filter(pk=self.job.pk, lease=self.token)
        if not held.exists():
            raise LeaseLost(str(self.job))

    def finish(self) -> None:
        """End the job well. Raises LeaseLost.

        In the transaction that keeps what was made: it is then never there while the job can still be
        cancelled, nor cancelled once it is there.
        """
        now = timezone.now()
        self.write(
            state=State.DONE, reason="", done=self.job.total, finished_at=now, lease=None, lease_until=None
        )
        self.finished = True

    def write(self, **values: Any) -> None:
        """Update the row as its holder. Raises LeaseLost."""
        if not Job.objects.filter(pk=self.job.pk, lease=self.token).update(**values):
            raise LeaseLost(str(self.job))
        for name, value in values.items():
            setattr(self.job, name, value)


def claim(job_id: int, *, worker: str) -> Run | None:
    """Take the job when it waits or was left behind; None when it is somebody else's or finished."""
    now = timezone.now()
    token = uuid.uuid4()
    taken = (
        Job.objects.claimable(now=now)
        .filter(pk=job_id)
        .update(
            state=State.RUNNING,
            lease=token,
            lease_until=_until(),
            worker=worker[:200],
            tries=F("tries") + 1,
            started_at=now,
            done=0,
            total=0,
            step="",
        )
    )
    return Run(Job.objects.get(pk=job_id), token) if taken else None


@contextmanager
def kept(run: Run) -> Iterator[Run]:
    """Renew the lease in the background while working."""
    stop = threading.Event()
    told = copy_context()  # so that its lines too tell which job
    keeper = threading.Thread(
        target=told.run, args=(_keep, run, stop), name=f"lease-{run.job.pk}", daemon=True
    )
    keeper.start()
    try:
        yield run
    finally:
        stop.set()
        keeper.join()


def _keep(run: Run, stop: threading.Event) -> None:
    """A database that is away for a moment costs one renewal; the next one connects again."""
    try:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                run.renew()
            except DatabaseError:
                log.warning("the lease of job %s could not be renewed", run.job.pk, exc_info=True)
                connection.close()
    except LeaseLost:
        if not run.finished:
            log.warning("the lease of job %s is lost", run.job.pk)
    finally:
        connection.close()


def _until() -> Any:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
