"""`make demo`: web, worker and beat in the foreground, until Ctrl-C or until one of them ends."""

import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from subprocess import Popen

from mvi_portal import processes
from mvi_portal.devservices import servers
from mvi_portal.devservices.places import ROOT, ServicesError

HOST = "127.0.0.1"
_LOGS = ROOT / "var" / "log"
_CELERY = ("celery", "--app", "mvi_portal", "--quiet")


def check_port(port: int) -> None:
    """Before anything is started: a port in use is the commonest fault."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError as error:
            fault = f"port {port} of {HOST} cannot be had ({error.strerror})"
            raise ServicesError(f"{fault}; choose another, for example: make demo PORT=8123") from error


def stay_up(port: int, env: Mapping[str, str]) -> None:
    """Serve until a signal ends it. Raises ServicesError when one of the three ends by itself."""
    commands = {
        "web": ("gunicorn", "mvi_portal.wsgi", "--preload", "--workers=2", f"--bind={HOST}:{port}"),
        "worker": (*_CELERY, "worker", "--concurrency=2", "--loglevel=INFO"),
        "beat": (*_CELERY, "beat", "--pidfile=", "--loglevel=INFO"),
    }
    with ExitStack() as stack:
        children = {
            name: stack.enter_context(_child(name, command, env)) for name, command in commands.items()
        }
        servers.wait_until(lambda: _serves(port) or bool(_ended(children)), seconds=60)
        _raise_for(_ended(children))
        print(f"\nhttp://{HOST}:{port}   (Ctrl-C stops it; logs in {_LOGS.relative_to(ROOT)})", flush=True)
        with suppress(KeyboardInterrupt):
            while not (ended := _ended(children)):
                time.sleep(0.3)
            _raise_for(ended)


@contextmanager
def _child(name: str, command: tuple[str, ...], env: Mapping[str, str]) -> Iterator[Popen[bytes]]:
    child = processes.start_logged([sys.executable, "-m", *command], env=env, log=_LOGS / f"{name}.log")
    try:
        yield child
    finally:
        processes.stop(child)


def _serves(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex((HOST, port)) == 0


def _ended(children: Mapping[str, Popen[bytes]]) -> list[str]:
    return [name for name, child in children.items() if child.poll() is not None]


def _raise_for(ended: list[str]) -> None:
    if ended:
        reasons = "; ".join(f"{name}: {servers.tail(_LOGS / f'{name}.log')}" for name in ended)
        raise ServicesError(f"{' and '.join(ended)} stopped by itself, so all stops ({reasons})")
