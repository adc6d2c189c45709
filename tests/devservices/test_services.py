from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from mvi_portal.devservices import servers
from mvi_portal.devservices.places import ROOT, Home
from mvi_portal.devservices.postgresql import Postgresql
from mvi_portal.devservices.services import services, stop_leftovers
from mvi_portal.devservices.valkey import Valkey

HOLD = """
import sys, time
from pathlib import Path
from mvi_portal.devservices.services import services
with services(Path(sys.argv[1])) as addresses:
    print("up", flush=True)
    time.sleep(60)
"""


@contextmanager
def user_elsewhere(root: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the services of this checkout."""
    command = [sys.executable, "-c", HOLD, str(root)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


def running(root: Path) -> list[int]:
    home = Home.of(root)
    folders = [*home.folder.glob("postgresql-data-*"), home.folder / "valkey-data"]
    return [pid for folder in folders for pid in servers.processes_in(folder)]


def work(addresses: dict[str, str]) -> None:
    with psycopg.connect(addresses["DATABASE_URL"]) as connection:
        connection.execute("SELECT to_tsvector('dutch', 'gemeenten')")
    assert redis.Redis.from_url(addresses["REDIS_URL"]).ping()


def test_both_servers_work_and_nothing_is_left_running(root: Path) -> None:
    with services(root) as addresses:
        work(addresses)
        assert running(root)
    assert not running(root)


def test_what_is_stored_is_there_the_next_time(root: Path) -> None:
    with services(root) as addresses, psycopg.connect(addresses["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS number")
        redis.Redis.from_url(addresses["REDIS_URL"]).set("kept", "42")
    with services(root) as addresses, psycopg.connect(addresses["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)
        assert redis.Redis.from_url(addresses["REDIS_URL"]).get("kept") == b"42"


def test_only_the_servers_user_can_reach_them(root: Path) -> None:
    with services(root):
        assert Home.of(root).sockets.stat().st_mode & 0o777 == 0o700


def test_given_addresses_are_used_and_nothing_is_started(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"DATABASE_URL": "postgres://x@example/x", "REDIS_URL": "redis://example"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with services(root) as addresses:
        assert addresses == given
        assert not running(root)


def test_only_what_is_not_given_is_started(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://x@example/x")
    with services(root) as addresses:
        assert addresses["DATABASE_URL"] == "postgres://x@example/x"
        assert redis.Redis.from_url(addresses["REDIS_URL"]).ping()
        assert not servers.answers(Postgresql(Home.of(root)).socket)


def test_two_checkouts_at_the_same_time(root: Path, closed: Path) -> None:
    with services(root) as one, services(closed) as other:
        assert one["DATABASE_URL"] != other["DATABASE_URL"]
        work(one)
        work(other)
    assert not running(closed)


def test_two_commands_share_and_the_last_one_stops(root: Path, bare_environment: dict[str, str]) -> None:
    with user_elsewhere(root, bare_environment) as elsewhere:
        with services(root) as addresses:
            work(addresses)
        assert running(root)
        assert not stop_leftovers(root)
        with services(root) as addresses:
            elsewhere.kill()
            elsewhere.wait()
            work(addresses)
    assert not running(root)


def test_many_start_at_once(root: Path) -> None:
    failures: list[BaseException] = []

    def one() -> None:
        try:
            with services(root) as addresses:
                work(addresses)
        except BaseException as error:  # told to the test, which runs in another thread
            failures.append(error)

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert not running(root)


def test_after_a_kill_of_the_command_the_next_one_takes_over(
    root: Path, bare_environment: dict[str, str]
) -> None:
    with user_elsewhere(root, bare_environment) as elsewhere:
        elsewhere.kill()
    left = running(root)
    assert left
    with services(root) as addresses:
        work(addresses)
        assert set(left) & set(running(root))
    assert not running(root)


def test_after_a_kill_of_everything_all_is_as_it_was(root: Path, bare_environment: dict[str, str]) -> None:
    with user_elsewhere(root, bare_environment) as elsewhere:
        elsewhere.kill()
        for pid in running(root):
            os.kill(pid, signal.SIGKILL)
    servers.wait_until(lambda: not running(root), seconds=10)
    home = Home.of(root)
    assert Postgresql(home).socket.exists()
    assert Valkey(home).socket.exists()
    with services(root) as addresses:
        work(addresses)
    assert not running(root)


def test_a_stale_pid_file_with_the_number_of_a_running_process_is_no_hindrance(root: Path) -> None:
    with services(root):
        pass
    data = Postgresql(Home.of(root)).data
    (data / "postmaster.pid").write_text(f"{os.getppid()}\n{data}\n{int(time.time())}\n5432\n\n\n\nready\n")
    with services(root) as addresses:
        work(addresses)


def test_leftovers_are_stopped(root: Path, bare_environment: dict[str, str]) -> None:
    with user_elsewhere(root, bare_environment) as elsewhere:
        elsewhere.kill()
    assert running(root)
    assert stop_leftovers(root)
    assert not running(root)


def test_where_nothing_was_ever_started_there_are_no_leftovers(tmp_path: Path) -> None:
    assert stop_leftovers(tmp_path)
    assert not list(tmp_path.iterdir())
