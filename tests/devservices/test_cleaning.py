"""`make clean`: nothing is removed under a server that runs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mvi_portal.devservices import servers
from mvi_portal.devservices.places import ROOT, Home
from mvi_portal.devservices.postgresql import Postgresql
from mvi_portal.devservices.services import services
from mvi_portal.devservices.valkey import Valkey

PARTS = ("mvi_portal/__init__.py", "mvi_portal/devservices", "scripts/clean", "scripts/python")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """As much of one as cleaning needs: no .venv, and so no package but what comes with Python."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    for part in PARTS:
        target = tmp_path / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, target)
    yield tmp_path
    shutil.rmtree(Home.of(tmp_path).spare, ignore_errors=True)


def clean(checkout: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([checkout / "scripts/clean"], env=env, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done


@pytest.mark.slow
def test_without_venv_the_servers_are_stopped_before_their_data_is_removed(
    checkout: Path, bare_environment: dict[str, str]
) -> None:
    home = Home.of(checkout).prepare()
    queue, database = Valkey(home), Postgresql(home)
    queue.start()
    database.start()
    folders = [queue.data, database.data]
    assert all(list(servers.processes_in(folder)) for folder in folders)

    done = clean(checkout, bare_environment)

    assert (done.returncode, done.stderr) == (0, "")
    assert not any(list(servers.processes_in(folder)) for folder in folders)
    assert not (checkout / "var").exists()
    assert not home.folder.exists()


def test_what_a_command_uses_is_not_removed(
    checkout: Path, bare_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/mvi")  # one server will do
    with services(checkout):
        done = clean(checkout, bare_environment)
        assert done.returncode == 1
        assert done.stderr == "clean: another command uses the database (`make demo`?): stop that first\n"
        assert Home.of(checkout).folder.exists()


def test_where_no_python_runs_nothing_is_removed(checkout: Path, tmp_path: Path) -> None:
    (checkout / "var").mkdir()
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dirname", "rm", "find"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    script = checkout / "scripts/python"
    script.write_text(script.read_text().replace("/usr/", "/no/"))  # nor one outside PATH

    done = clean(checkout, {"PATH": str(programs), "HOME": "/no"})

    assert done.returncode == 1
    assert "no Python 3.11 or newer was found" in done.stderr
    assert (checkout / "var").exists()
