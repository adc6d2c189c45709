"""Locks the requirements; with --check, tells whether the locks are in step with pyproject.toml.

Locking takes the newest versions that fit and needs the network; checking needs none.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

# Lock file -> whether it holds the project's own dependencies, which groups, and for which Python and up.
LOCKS: dict[str, tuple[bool, list[str], str]] = {
    "development": (True, ["dev"], "3.11"),
    "production": (True, [], "3.11"),
    "uv": (False, ["uv"], "3.11"),
    "node": (False, ["node"], "3.11"),
    "postgresql": (False, ["postgresql"], "3.12"),
}
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_MARK = "# Locked from pyproject.toml by `make lock`; its lists then: "


def group(project: dict[str, Any], name: str) -> Iterator[str]:
    """The requirements of a dependency group, those of the groups that it includes as well."""
    for item in project["dependency-groups"][name]:
        if isinstance(item, str):
            yield item
        else:
            yield from group(project, item["include-group"])


def wanted(project: dict[str, Any], lock: str) -> list[str]:
    """What a lock must hold, according to pyproject.toml."""
    own, groups, _ = LOCKS[lock]
    found = list(project["project"]["dependencies"]) if own else []
    return sorted(found + [item for name in groups for item in group(project, name)])


def fingerprint(requirements: list[str]) -> str:
    """The same as long as nothing was added, removed or changed."""
    return hashlib.sha256("\n".join(requirements).encode()).hexdigest()[:16]


def pins(text: str) -> dict[str, set[str]]:
    """Locked versions by name: a universal lock may hold one per Python."""
    found: dict[str, set[str]] = {}
    for match in _PIN.finditer(text):
        found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return found


def faults(project: dict[str, Any], lock: str, text: str) -> Iterator[str]:
    """What is wrong with one lock, one line each."""
    requirements = wanted(project, lock)
    if _MARK + fingerprint(requirements) not in text:
        yield f"requirements/{lock}.txt was locked from other lists than those in pyproject.toml"
    if "http" in text or "file:" in text:
        yield f"requirements/{lock}.txt holds an address"
    locked = pins(text)
    for requirement in map(Requirement, requirements):
        versions = locked.get(canonicalize_name(requirement.name), set())
        if not any(requirement.specifier.contains(version) for version in versions):
            yield f"requirements/{lock}.txt lacks {requirement}"


def write(project: dict[str, Any], lock: str) -> None:
    """Compile one lock, keeping what is in it unless newer fits."""
    own, groups, python = LOCKS[lock]
    target = ROOT / "requirements" / f"{lock}.txt"
    chosen = [f"--group=pyproject.toml:{name}" for name in groups]
    source = ["pyproject.toml"] if own else []
    if lock == "production":  # what is tested is what is deployed
        source += ["--constraint", "requirements/development.txt"]
    options = ["--universal", "--generate-hashes", "--upgrade", "--quiet", f"--python-version={python}"]
    options += ["--no-header", "--no-annotate", "--no-python-downloads", "--output-file", str(target)]
    command = [sys.executable, "-m", "uv", "pip", "compile", *options, *chosen, *source]
    subprocess.run(command, cwd=ROOT, check=True)
    target.write_text(f"{_MARK}{fingerprint(wanted(project, lock))}\n{target.read_text()}")


def write_front_end() -> None:
    """Lock the npm packages; .npmrc leaves out addresses, the ways to sponsor hold some more."""
    subprocess.run(["npm", "update", "--package-lock-only", "--ignore-scripts"], cwd=ROOT, check=True)
    target = ROOT / "package-lock.json"
    lock = json.loads(target.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    target.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def main(arguments: list[str]) -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    if arguments == ["--check"]:
        texts = {lock: (ROOT / "requirements" / f"{lock}.txt").read_text() for lock in LOCKS}
        found = [fault for lock, text in texts.items() for fault in faults(project, lock, text)]
        sys.stderr.writelines(f"{fault}; run `make lock`\n" for fault in found)
        return bool(found)
    for lock in LOCKS:
        write(project, lock)
    write_front_end()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
