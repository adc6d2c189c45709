"""A database of its own for measuring, thrown away afterwards; and a line that tells a promise."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import connection
from django.test.runner import DiscoverRunner


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
    spent = []
    for _ in range(times):
        start = _processor()
        work()
        spent.append(_processor() - start)
    return median(spent)


def _processor() -> float:
    """Seconds so far. The database tells its process, which stands in /proc when it runs here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    own = os.times()
    theirs = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return own.user + own.system + own.children_user + own.children_system + theirs


def fastest(work: Callable[[], object], *, times: int = 15) -> float:
    """The least time of many runs: what a page costs, without what else the machine does meanwhile.

    For two sizes that cannot take turns, because the second is made of the first.
    """
    return min(seconds(work, times=1) for _ in range(times))


def promise(text: str, *, holds: bool) -> bool:
    """Print what was measured and whether the promise holds."""
    print(f"{'ok  ' if holds else 'NOT '} {text}", flush=True)
    return holds
