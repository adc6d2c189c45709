"""Child processes that do not outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


def _die_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent is gone, also when that was killed with -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def adopt_orphans() -> None:
    """Become the parent of what our children leave, so that `reap` clears it away at once (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def reap() -> None:
    """Clear away children that have ended; until then they show up as if they still ran."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    stdout: IO[bytes] | int | None = None,
    stderr: IO[bytes] | int | None = None,
    own_session: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child that ends with us; in a session of its own, Ctrl-C reaches only us."""
    return subprocess.Popen(
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL if own_session else None,
        stdout=stdout,
        stderr=stderr,
        start_new_session=own_session,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def start_logged(command: Sequence[str], *, env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a child in the background, all its output in a file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return start(command, env=env, stdout=output, stderr=subprocess.STDOUT, own_session=True)


def stop(child: subprocess.Popen[bytes], *, patience: float = 10) -> None:
    """Ask a child to end; after `patience` seconds, make it."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def exit_code(child: subprocess.Popen[bytes]) -> int:
    """Wait for a child, telling it what is asked of us; 128 + n when signal n ended it, as shells have it."""
    with _forwarding(child):
        code = child.wait()
    return 128 - code if code < 0 else code


@contextmanager
def _forwarding(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """On a terminal Ctrl-C reaches the child by itself; all else comes to us alone."""

    def forward(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    before = {number: signal.signal(number, forward) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
