"""Telling how far a job is while its transaction is open: by a thread, over a connection of its own.

What is written inside a transaction nobody sees until it ends; and it would keep the lease from being
renewed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context

from django.db import DatabaseError, connection

from mvi_portal.jobs.leases import LeaseLost, Run
from mvi_portal.jobs.models import Job

log = logging.getLogger(__name__)
PAUSE = 0.2  # seconds between two reports; who looks, does so once a second
PATIENCE = "2s"  # for a row that is locked: the end of the transaction locks it


class Aside:
    """Takes reports as often as they come, and writes the last of them."""

    def __init__(self, run: Run) -> None:
        self._run, self._latest = run, (0, 0, "")
        self._news, self._ended, self._lost = threading.Event(), threading.Event(), threading.Event()

    def report(self, done: int, total: int, step: str = "") -> None:
        """Costs nothing. Raises LeaseLost once that is known: cancelled, or somebody else's now."""
        if self._lost.is_set():
            raise LeaseLost(str(self._run.job))
        self._latest = (done, total, step)
        self._news.set()

    def end(self) -> None:
        self._ended.set()
        self._news.set()

    def work(self) -> None:
        """In the thread, until the end."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
            while self._news.wait() and not self._ended.is_set():
                self._news.clear()
                self._write()
                self._ended.wait(PAUSE)
        except DatabaseError:
            log.warning("job %s cannot tell how far it is", self._run.job.pk, exc_info=True)
        finally:
            connection.close()

    def _write(self) -> None:
        """A row that is not to be seen from here (asked in a transaction that is still open) is not lost."""
        done, total, step = self._latest
        try:
            self._run.report(done, total, step)
        except LeaseLost:
            if Job.objects.filter(pk=self._run.job.pk).exists():
                self._lost.set()


@contextmanager
def aside(run: Run) -> Iterator[Aside]:
    """Reports of `run` for the time of a long transaction."""
    made = Aside(run)
    told = copy_context()
    teller = threading.Thread(target=told.run, args=(made.work,), name=f"progress-{run.job.pk}", daemon=True)
    teller.start()
    try:
        yield made
    finally:
        made.end()
        teller.join()
