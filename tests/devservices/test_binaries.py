"""Which servers are taken: the packages', else the machine's, else a clear message."""

from __future__ import annotations

from pathlib import Path

import pytest

from mvi_portal.devservices import postgresql, valkey
from mvi_portal.devservices.places import Home, ServicesError


@pytest.fixture
def home(root: Path) -> Home:
    return Home.of(root).prepare()


@pytest.fixture
def programs(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any server: a PATH with nothing but what a test puts there."""
    place = root / "bin"
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    monkeypatch.setenv("PATH", str(place))
    monkeypatch.setattr(postgresql, "_WHEELS", root / "no-wheels")
    monkeypatch.setattr(postgresql, "_MACHINES", root / "no-servers")
    monkeypatch.setattr(valkey, "find_spec", lambda _: None)
    return place


def program(place: Path, says: str, *, code: int = 0) -> Path:
    place.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    place.chmod(0o755)
    return place


def test_the_packages_servers_come_first(home: Home) -> None:
    assert postgresql.find_binaries(home).folder.is_relative_to(home.folder)
    assert valkey.find_binary(home).is_relative_to(home.folder)


def test_the_machines_servers_are_taken_when_there_are_no_others(home: Home, programs: Path) -> None:
    program(programs / "postgres", "postgres (PostgreSQL) 16.2")
    program(programs / "redis-server", "Redis server v=7.0.15")
    assert postgresql.find_binaries(home) == postgresql.Binaries(programs.resolve(), 16)
    assert valkey.find_binary(home) == programs / "redis-server"


def test_the_newest_of_several_is_taken(home: Home, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machines = programs.parent / "servers"
    for version in (9, 15, 17):
        (machines / str(version) / "bin").mkdir(parents=True, exist_ok=True)
        program(machines / str(version) / "bin" / "postgres", f"postgres (PostgreSQL) {version}.1")
    monkeypatch.setattr(postgresql, "_MACHINES", machines)
    assert postgresql.find_binaries(home).major == 17


@pytest.mark.parametrize(("says", "code"), [("postgres (PostgreSQL) 13.4", 0), ("missing library", 127)])
def test_a_server_that_is_too_old_or_does_not_run_is_not_taken(
    home: Home, programs: Path, says: str, code: int
) -> None:
    program(programs / "postgres", says, code=code)
    with pytest.raises(ServicesError, match="libxml2"):
        postgresql.find_binaries(home)


def test_without_a_queue_the_message_says_what_to_install(home: Home, programs: Path) -> None:
    program(programs / "valkey-server", "broken", code=1)
    with pytest.raises(ServicesError, match="apt-get install redis-server"):
        valkey.find_binary(home)


def test_a_file_that_is_no_program_is_not_taken(home: Home, programs: Path) -> None:
    for name in ("postgres", "valkey-server"):
        (programs / name).write_bytes(b"\x00")
        (programs / name).chmod(0o755)
    with pytest.raises(ServicesError):
        postgresql.find_binaries(home)
    with pytest.raises(ServicesError):
        valkey.find_binary(home)
