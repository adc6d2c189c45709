"""The portal as `make demo` serves it, in a process and with databases of its own.

A process of its own, as a browser's driver and Django's database do not go together in one thread; and a
database of its own, as other tests empty theirs.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from psycopg import sql

from mvi_portal import processes
from mvi_portal.celery import app
from mvi_portal.devservices import servers
from mvi_portal.devservices.portal import HOST, serves
from tests import unmeasured
from tests.databases import manage, migrated, server, url_of

ROOT = Path(__file__).resolve().parents[2]
LETTER = "voortgangsbrief-2025"
PASSWORD = "een wachtwoord voor de browser"
# what an empty one lacks
REGISTER = ("signatories", "buyergroups", "actionplans", "monitoring", "reports", "jobs")


def environment(database: str, folder: Path) -> dict[str, str]:
    """What a process needs to serve this database."""
    return {
        **unmeasured.environment(),
        "DATABASE_URL": url_of(database),
        "DEBUG": "off",
        "DEMO_PASSWORD": PASSWORD,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "MEDIA_ROOT": str(folder / "media"),
        "REFERENCE_DATE": "2025-01-31",
        "VAR_DIR": str(folder),
    }


@contextmanager
def demonstration(folder: Path, suffix: str = "pages") -> Iterator[str]:
    """The name of a database that holds the demonstration, and a letter that a worker built."""
    with _database(f"{_own_name()}_{suffix}", template=migrated()) as name:
        env = environment(name, folder)
        manage(env, "load_demo")
        app.control.purge()  # what the demonstration lets be made aside: the letter need not wait for it
        manage(env, "build_letter", "--letter", LETTER, "--out", str(folder / "brief.pdf"))
        yield name


@contextmanager
def copy_of(name: str, suffix: str) -> Iterator[str]:
    """The name of a database with the same rows, to change at will."""
    with _database(f"{_own_name()}_{suffix}", template=name) as copy:
        yield copy


def empty_register(name: str) -> None:
    """Keep the accounts, and nothing that they could read."""
    with server(name) as connected:
        rows = connected.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [table for (table,) in rows if table.startswith(REGISTER)]
        listed = sql.SQL(", ").join(map(sql.Identifier, tables))
        connected.execute(sql.SQL("TRUNCATE {} CASCADE").format(listed))


@contextmanager
def served(database: str, folder: Path, *, port: int = 0) -> Iterator[str]:
    """The address at which a web server answers."""
    port = port or _free_port()
    log = folder / f"web-{port}.log"
    served_by = [sys.executable, "-m", "mvi_portal.serving", "mvi_portal.wsgi"]
    command = [*served_by, "--threads=4", f"--bind={HOST}:{port}"]
    child = processes.start_logged(command, env=environment(database, folder), log=log)
    try:
        servers.wait_until(lambda: serves(port) or child.poll() is not None, seconds=60)
        assert child.poll() is None, servers.tail(log)
        yield f"http://{HOST}:{port}"
    finally:
        processes.stop(child)


def let_go(name: str) -> int:
    """End the connections that a portal keeps with this database, as a server does that starts again."""
    with server() as connected:
        ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        return len(connected.execute(ended, [name]).fetchall())


@contextmanager
def _database(name: str, *, template: str) -> Iterator[str]:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with server() as connected:
        connected.execute(drop)
        let_go(template)  # nobody may look on while it is copied
        connected.execute(create)
        try:
            yield name
        finally:
            connected.execute(drop)


def _own_name() -> str:
    """Of this process of a parallel run: each has a portal of its own."""
    return f"{connection.settings_dict['NAME']}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])
