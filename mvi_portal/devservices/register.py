"""The private database's tables and demo register: made when they are not there."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import distributions

import psycopg
from psycopg import sql

from mvi_portal import processes
from mvi_portal.devservices.places import ROOT, ServicesError

# An empty register has no organisations.
_FILLED = "SELECT CASE WHEN EXISTS (SELECT FROM signatories_organisation) THEN 'filled' END"
_MIGRATED = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"

# Commands that make the tables, or need none: preparing for them would be in their way.
_WITHOUT_TABLES = frozenset(
    {"", "check", "help", "--help", "--version", "version", "makemigrations", "migrate", "optimizemigration"}
    | {"showmigrations", "sqlmigrate", "squashmigrations", "sqlflush"}
)
_WITHOUT_REGISTER = frozenset({"flush", "load_demo"})


def prepare(command: str, env: Mapping[str, str]) -> None:
    """Before a management command: migrated, and with the demo register when there is nothing in it."""
    if command in _WITHOUT_TABLES:
        return
    with alone(env):
        migrate(env)
        if command not in _WITHOUT_REGISTER and _ask(_FILLED, env) is None:
            load_demo(env)


@contextmanager
def alone(env: Mapping[str, str]) -> Iterator[None]:
    """One command at a time fills the database; the lock ends with its connection."""
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(20250131)")
        yield


def migrate(env: Mapping[str, str]) -> None:
    """Bring the tables up to date, and note on the database for which migrations that was done."""
    if _ask(_MIGRATED, env) == _migrations():
        return
    manage("migrate", "--verbosity=0", "--skip-checks", env=env)
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        note = sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(_migrations()))
        connection.execute(note)


def load_demo(env: Mapping[str, str]) -> None:
    manage("load_demo", env=env)


def manage(*arguments: str, env: Mapping[str, str]) -> None:
    """A management command whose output is not what was asked for: it goes to standard error."""
    child = processes.start([sys.executable, str(ROOT / "manage.py"), *arguments], env=env, stdout=2)
    if code := processes.exit_code(child):
        raise ServicesError(f"`manage.py {' '.join(arguments)}` failed with exit code {code}")


def _migrations() -> str:
    """Of all migrations: ours as they are, the packages' by version."""
    digest = sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("mvi_portal/*/migrations/*.py")):
        digest.update(f"{path.name} {sha256(path.read_bytes()).hexdigest()}".encode())
    for package in sorted(f"{found.name} {found.version}" for found in distributions()):
        digest.update(package.encode())
    return digest.hexdigest()


def _ask(query: str, env: Mapping[str, str]) -> str | None:
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
