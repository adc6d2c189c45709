"""The commands that people read about are those that the Makefile has."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PEOPLES = {"help", "setup", "demo", "letter", "manage", "test", "check", "fix", "lock", "bench", "clean"} | {
    "coverage",
    "test-images",
    "screenshots",
}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands(name: str) -> set[str]:
    return set(re.findall(r"(?:^|`)make ([a-z-]+)\b", (ROOT / name).read_text(), re.MULTILINE))


def test_the_readme_tells_every_target_and_no_other() -> None:
    assert commands("README.md") == targets() == PEOPLES


def test_what_the_guide_and_ci_call_exists() -> None:
    assert commands("CONTRIBUTING.md") <= targets()
    assert commands(".ci/run") <= targets()


def test_help_tells_every_target() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make ([a-z-]+) ", told, re.MULTILINE)) == targets()


def test_the_files_that_the_readme_points_to_exist() -> None:
    for path in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text()):
        assert (ROOT / path).exists(), path
