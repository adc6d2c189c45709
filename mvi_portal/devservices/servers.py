"""What the two servers have in common."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path


def answers(path: Path) -> bool:
    """Is anyone listening on this socket? A socket that a dead server left refuses."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        try:
            connection.connect(str(path))
        except OSError:
            return False
        return True


def wait_until(happened: Callable[[], bool], *, seconds: float) -> bool:
    """Look twenty times a second; False when it did not happen in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def processes_in(folder: Path) -> Iterator[int]:
    """Processes that work in this folder: only the servers do. Elsewhere than on Linux none are found."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").readlink() == folder:
                yield int(entry.name)


def is_gone(pid_file: Path) -> bool:
    """Did a server that removes its pid file at its end come to that end?"""
    return not pid_file.exists() and not list(processes_in(pid_file.parent))


def kill_leftovers(folder: Path) -> None:
    """End what still works in this folder though its server does not answer."""
    for pid in processes_in(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not list(processes_in(folder)), seconds=10)


def tail(log: Path, lines: int = 3) -> str:
    """The end of a log in one line, for an error message."""
    with suppress(OSError):
        return " | ".join(log.read_text(errors="replace").splitlines()[-lines:])
    return "no log"
