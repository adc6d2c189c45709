"""Whether what the portal stands on answers: database, queue, worker, storage.

Each part is asked in a thread of its own, so that one that hangs holds up neither the others nor the answer.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from kombu import Connection

from mvi_portal.celery import app

log = logging.getLogger(__name__)

PATIENCE = 2.5  # seconds for all parts together
_REACH = 2  # seconds to reach the database or the queue in
_WORKER = 1.0  # seconds for a worker to answer in
_BLOCK = b"\0" * 4096

GOOD, AWAY = "goed", "weg"


def ask_database() -> None:
    """A connection of its own: the one of this process can be from before the database went away."""
    parameters = {**connection.get_connection_params(), "connect_timeout": _REACH}
    with psycopg.connect(**parameters) as fresh:
        fresh.execute("SELECT 1")


def ask_queue() -> None:
    """A channel asks the server for a sign of life when it opens."""
    with _queue() as queue:
        queue.channel()


def ask_worker() -> None:
    """The question goes through the queue, so a worker that answers also hears the bell."""
    with _queue() as queue:
        if not app.control.inspect(timeout=_WORKER, limit=1, connection=queue).ping():
            raise TimeoutError("no worker answers")


def _queue() -> Connection:
    limits = {"socket_connect_timeout": _REACH, "socket_timeout": _REACH}
    return app.connection_for_write(transport_options=limits)


def ask_storage() -> None:
    """A file that is written and thrown away: the folder is there, is ours, and is not full."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(_BLOCK)


class Part:
    """One thing to ask after. Who asks while an earlier question still runs waits for that answer."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._running: Future[None] | None = None

    def start(self) -> Future[None]:
        """The question that runs, or a new one."""
        with self._lock:
            if self._running is None or self._running.done():
                self._running = Future()
                threading.Thread(target=self._answer, args=(self._running,), daemon=True).start()
            return self._running

    def _answer(self, asked: Future[None]) -> None:
        try:
            self._ask()
        except Exception as error:
            asked.set_exception(error)
        else:
            asked.set_result(None)


PARTS = {
    "database": Part(ask_database),
    "wachtrij": Part(ask_queue),
    "worker": Part(ask_worker),
    "opslag": Part(ask_storage),
}


def readiness() -> dict[str, str]:
    """A word for each part, `goed` or `weg`; never why, since anyone may ask."""
    deadline = time.monotonic() + PATIENCE
    asked = {name: part.start() for name, part in PARTS.items()}
    return {name: _word(name, answer, deadline) for name, answer in asked.items()}


def _word(name: str, answer: Future[None], deadline: float) -> str:
    """Why stands in the log, for who may read that."""
    try:
        answer.result(timeout=max(0.0, deadline - time.monotonic()))
    except Exception as error:
        log.warning(
            "%s does not answer: %s", name, " ".join(str(error).split())[:200] or type(error).__name__
        )
        return AWAY
    return GOOD
