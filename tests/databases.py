"""Databases beside the one that the settings name."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.db import connection
from psycopg import sql

from mvi_portal.devservices.places import ROOT
from tests import unmeasured

# what says how the tables are made
MAKERS = ("*/migrations/*.py", "mvi_portal/*/migrations/*.py", "mvi_portal/core/*.py", "requirements/*.txt")
# what is in a new database, and stays as it is
KEPT = {"auth_permission", "django_content_type", "django_migrations"}


def url_of(name: str) -> str:
    """The address of another database on the same server, for a process of its own."""
    place = connection.settings_dict
    user = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    return f"postgres://{user}@/{name}?host={quote(place['HOST'])}&port={place['PORT'] or 5432}"


@contextmanager
def server(database: str = "postgres") -> Iterator[psycopg.Connection]:
    with psycopg.connect(url_of(database), autocommit=True) as connected:
        yield connected


def migrated() -> str:
    """The name of a database with every table and no rows, to be copied; made when there is none yet.

    Who else asks meanwhile waits for it.
    """
    name = f"mvi_tables_{_fingerprint()}"
    with server() as connected:
        connected.execute("SELECT pg_advisory_lock(hashtext('mvi_tables'))")
        if not _names(connected, name):
            _make(connected, name)
    return name


def _make(connected: psycopg.Connection, name: str) -> None:
    """All or nothing: an interrupted making leaves none of this name."""
    for old in _names(connected, "mvi_tables%"):
        connected.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
    started = f"{name}_started"
    connected.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(started)))
    manage(
        {**unmeasured.environment(), "DATABASE_URL": url_of(started)},
        "migrate",
        "--verbosity=0",
        "--skip-checks",
    )
    connected.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(started), sql.Identifier(name))
    )


def manage(env: Mapping[str, str], *arguments: str) -> None:
    """A management command in a process of its own; what it says is told when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _names(connected: psycopg.Connection, like: str) -> list[str]:
    found = connected.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])
    return [name for (name,) in found]


def _fingerprint() -> str:
    files = sorted(file for pattern in MAKERS for file in ROOT.glob(pattern))
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()[:12]


def empty(*_: object) -> None:
    """Remove every row but those of a new database.

    Only from tables that have rows: to empty all two hundred takes a second, and a test needs a few.
    """
    tables = sorted(set(connection.introspection.table_names()) - KEPT)
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(asked))
        if filled := [sql.Identifier(table) for (table,) in cursor.fetchall()]:
            cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(filled)))
