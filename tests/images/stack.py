"""The containers of docker-compose.yml, with nothing in that file changed."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.images.bases import DATABASE, PORTAL, QUEUE, SCANNER, ImagesError, run

HOST = "mvi.voorbeeld.example"
_PROJECT = "mvitest"


class Stack:
    """Every command that is given to it, and every process in it, runs in a container."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.port = _free_port()
        self._env = {**env, **_settings(folder, self.port)}

    def compose(self, *arguments: str) -> str:
        return run("podman-compose", "--project-name", _PROJECT, *arguments, env=self._env)

    def clear(self) -> None:
        """Containers, volumes and networks; the images stay, so that the next time is quick."""
        self.compose("down", "--volumes")
        self.podman("network", "rm", "--force", *(f"{_PROJECT}_{name}" for name in ("inside", "outside")))

    def podman(self, *arguments: str) -> str:
        return run("podman", *arguments, env=self._env)

    def inside(self, service: str, *command: str, **variables: str) -> str:
        """What a command says in the running container of a service."""
        given = [f"--env={name}={value}" for name, value in variables.items()]
        return self.podman("exec", *given, container(service), *command)

    def logs(self, service: str) -> str:
        """All that it said, on both outputs."""
        return run("sh", "-c", f"podman logs {container(service)} 2>&1", env=self._env)

    def is_healthy(self, service: str) -> bool:
        """By its own health check, asked now: no timer asks it here."""
        try:
            self.podman("healthcheck", "run", container(service))
        except ImagesError:
            return False
        return True

    def wait_healthy(self, *services: str, seconds: float = 90) -> None:
        for service in services:
            wait_for(partial(self.is_healthy, service), f"{service} is healthy", seconds=seconds)


@contextmanager
def standing(folder: Path, env: dict[str, str]) -> Iterator[Stack]:
    """Database, queue, tables, then the portal: the order that `depends_on` asks. All gone afterwards."""
    stack = Stack(folder, env)
    stack.clear()
    try:
        stack.compose("up", "--detach", "database", "queue", "scanner")
        stack.wait_healthy("database", "queue", seconds=240)  # a new database, on a busy machine
        stack.compose("run", "--rm", "-T", "--no-deps", "migrate")
        stack.compose("up", "--detach", "web", "worker", "beat")
        yield stack
    finally:
        stack.clear()


def container(service: str) -> str:
    return f"{_PROJECT}_{service}_1"


def wait_for(true: Callable[[], bool], what: str, *, seconds: float) -> None:
    """Until it is true. Raises ImagesError that says what did not happen."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise ImagesError(f"after {seconds:.0f} s still not: {what}")
        time.sleep(0.5)


def _settings(folder: Path, port: int) -> dict[str, str]:
    """What docs/deploy.md tells an operator to set."""
    kept = folder / "secrets"
    kept.mkdir(mode=0o755)
    for name in ("secret_key", "database_password", "email_password"):
        (kept / name).write_text(secrets.token_urlsafe(48))
    return {
        "MVI_IMAGE": PORTAL,
        "POSTGRES_IMAGE": DATABASE,
        "VALKEY_IMAGE": QUEUE,
        "CLAMAV_IMAGE": SCANNER,
        "SECRETS": str(kept),
        "MVI_LISTEN": f"127.0.0.1:{port}",
        "ALLOWED_HOSTS": HOST,
        "ACCESSIBILITY_CONTACT": "toegankelijkheid@voorbeeld.example",
        "SECURITY_CONTACT": "veiligheid@voorbeeld.example",
        "SECURITY_EXPIRES": str(datetime.now(tz=UTC).date() + timedelta(days=300)),
        "EMAIL_HOST": "mail.voorbeeld.example",
        "EMAIL_FROM": "portaal@voorbeeld.example",
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
