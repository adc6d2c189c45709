"""A database of its own for measuring, thrown away afterwards; and a line that tells a promise."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.runner import DiscoverRunner
from psycopg import sql

from mvi_portal import env
from mvi_portal.jobs.workers import ensure_worker
from tests.databases import server, url_of
from tests.queues import numbered, ringing_at

_QUEUE = 15  # of the sixteen that a server has


@contextmanager
def database() -> Iterator[None]:
    """Like the tests' database: made, migrated, dropped; with the demonstration register in it."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        call_command("load_demo", stdout=io.StringIO())
        yield
    finally:
        runner.teardown_databases(made)


@contextmanager
def copied() -> Iterator[BaseDatabaseWrapper]:
    """A second database with the same rows, thrown away afterwards; `reading` works in it."""
    copy = connection.copy()
    name = copy.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_copy"
    source, target = map(sql.Identifier, (connection.settings_dict["NAME"], name))
    connection.close()  # nobody may look on while it is copied
    with server() as connected:
        connected.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(target))
        connected.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, source))
        try:
            yield copy
        finally:
            copy.close()
            connected.execute(sql.SQL("DROP DATABASE {}").format(target))


@contextmanager
def reading(database: BaseDatabaseWrapper) -> Iterator[None]:
    """All that is asked meanwhile is asked of this one; both stay connected."""
    before, connections["default"] = connections["default"], database
    try:
        yield
    finally:
        connections["default"] = before


@contextmanager
def worker(media: Path) -> Iterator[None]:
    """A real Celery worker of this database and these files, on a queue that nobody else listens to."""
    address = numbered(os.environ["REDIS_URL"], _QUEUE)
    place = {"DATABASE_URL": url_of(connection.settings_dict["NAME"]), "MEDIA_ROOT": str(media)}
    with (
        ringing_at(env.broker("BENCH_REDIS_URL", address)),
        ensure_worker(env={**place, "REDIS_URL": address}),
    ):
        yield


def wait_for(true: Callable[[], bool], *, most: float = 120) -> None:
    """Raises TimeoutError."""
    end = time.monotonic() + most
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"after {most:.0f} s the worker is still busy, or away")
        time.sleep(0.01)


def seconds(work: Callable[[], object], *, times: int = 5) -> float:
    """The median time of several runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def effort(work: Callable[[], object], *, times: int = 3) -> float:
    """The median processor time of this program, of what it starts and of its database, in seconds."""
    work()
    return median(_spent_on(work) for _ in range(times))


def fastest(work: Callable[[], object], *, times: int = 15) -> float:
    """The least time of many runs by the clock: what nobody waits longer for when the machine is free."""
    return min(seconds(work, times=1) for _ in range(times))


def least(*works: Callable[[], object], times: int = 15) -> list[float]:
    """What each costs in seconds of a processor: the least of many runs, by turns, for what is short."""
    return _by_turns([partial(_spent_on, work) for work in works], times)


def least_in(work: Callable[[], object], *databases: BaseDatabaseWrapper, times: int = 15) -> list[float]:
    """The same of one work in several databases."""
    return _by_turns([partial(_spent_in, database, work) for database in databases], times)


def _by_turns(measured: Sequence[Callable[[], float]], times: int) -> list[float]:
    """The first round is not counted."""
    rounds = [[one() for one in measured] for _ in range(times + 1)][1:]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def _spent_in(database: BaseDatabaseWrapper, work: Callable[[], object]) -> float:
    with reading(database):
        return _spent_on(work)


def _spent_on(work: Callable[[], object]) -> float:
    start = processor()
    work()
    return processor() - start


def processor() -> float:
    """Seconds so far. The database tells its process, which stands in /proc when it runs here."""
    connection.ensure_connection()
    ran = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    children = os.times()
    return time.process_time() + children.children_user + children.children_system + int(ran) / 1e9


def promise(text: str, *, holds: bool) -> bool:
    """Print what was measured and whether the promise holds."""
    print(f"{'ok  ' if holds else 'NOT '} {text}", flush=True)
    return holds
