"""The health check beside each process tells, in a process of its own, whether it is well."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def probe(name: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "mvi_portal.probe", name],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(folder), "ALLOWED_HOSTS": "mvi.example.nl"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    return done.returncode, done.stdout


def beat(folder: Path, name: str, *, ago: float) -> None:
    place = folder / "pulse" / name
    place.parent.mkdir(exist_ok=True)
    place.touch()
    os.utime(place, (time.time() - ago,) * 2)


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_sign_of_life_a_moment_ago_is_well(name: str, tmp_path: Path) -> None:
    beat(tmp_path, name, ago=5)
    assert probe(name, tmp_path) == (0, f"{name}: goed\n")


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_one_of_long_ago_is_not(name: str, tmp_path: Path) -> None:
    beat(tmp_path, name, ago=200)
    code, said = probe(name, tmp_path)
    assert (code, said) == (1, f"{name}: silent for 200 s\n")


def test_none_at_all_is_not_either(tmp_path: Path) -> None:
    code, said = probe("worker", tmp_path)
    assert code == 1
    assert "no sign of life" in said
