"""Child processes that do not outlive the one that started them."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask Linux for SIGTERM when the parent is gone, also when that was killed with -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    command: Sequence[str], *, env: Mapping[str, str], log: Path | None = None, own_session: bool = False
) -> subprocess.Popen[bytes]:
    """Start a child that ends with us; in a session of its own, Ctrl-C reaches only us."""
    output = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL if own_session else None,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=own_session,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    finally:
        if output:
            output.close()


def stop(child: subprocess.Popen[bytes], *, patience: float = 10) -> None:
    """Ask a child to end; after `patience` seconds, make it."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
