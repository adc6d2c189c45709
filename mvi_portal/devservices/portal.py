"""The three processes of the portal: web, worker and beat, each with a log of its own."""

import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import Popen

from mvi_portal import processes
from mvi_portal.devservices import servers
from mvi_portal.devservices.places import ROOT

HOST = "127.0.0.1"
LOGS = ROOT / "var" / "log"
_CELERY = ("celery", "--app", "mvi_portal", "--quiet")
_WARM = "--include=reports.build"  # what prints is loaded before the first letter is asked for
_OPTIONS = ("--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=INFO")
_WORKER = (*_CELERY, "worker", _WARM, *_OPTIONS)
_BEAT = (*_CELERY, "beat", "--pidfile=", "--loglevel=INFO")


@contextmanager
def worker(env: Mapping[str, str]) -> Iterator[Popen[bytes]]:
    """A worker on its way up: what comes meanwhile need not wait for it."""
    with _child("worker", _WORKER, env) as child:
        yield child


def wait_for_worker(worker: Popen[bytes]) -> None:
    """Until it says that it is ready, or has ended; who needs one and finds none starts another."""
    log = LOGS / "worker.log"
    servers.wait_until(lambda: b" ready." in log.read_bytes() or worker.poll() is not None, seconds=30)


@contextmanager
def beat(env: Mapping[str, str]) -> Iterator[Popen[bytes]]:
    with _child("beat", _BEAT, env) as child:
        yield child


@contextmanager
def web(port: int, env: Mapping[str, str]) -> Iterator[Popen[bytes]]:
    """The pages; answers, or has ended, when this returns."""
    command = ("mvi_portal.serving", "mvi_portal.wsgi", "--preload", "--workers=2", f"--bind={HOST}:{port}")
    with _child("web", command, env) as child:
        servers.wait_until(lambda: serves(port) or child.poll() is not None, seconds=60)
        yield child


def serves(port: int) -> bool:
    """Does anyone answer at this port?"""
    with socket.socket() as attempt:
        return attempt.connect_ex((HOST, port)) == 0


@contextmanager
def _child(name: str, command: tuple[str, ...], env: Mapping[str, str]) -> Iterator[Popen[bytes]]:
    log = LOGS / f"{name}.log"
    log.unlink(missing_ok=True)
    child = processes.start_logged([sys.executable, "-m", *command], env=env, log=log)
    try:
        yield child
    finally:
        processes.stop(child)
