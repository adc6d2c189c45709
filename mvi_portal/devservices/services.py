"""Sharing the private services: started by the first who uses them, stopped by the last."""

import fcntl
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mvi_portal.devservices.places import ROOT, Home
from mvi_portal.devservices.postgresql import Postgresql
from mvi_portal.devservices.valkey import Valkey

_NAMES: dict[str, type[Postgresql] | type[Valkey]] = {"DATABASE_URL": Postgresql, "REDIS_URL": Valkey}

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def services(root: Path = ROOT) -> Iterator[dict[str, str]]:
    """The addresses of PostgreSQL and Valkey: the environment's, else private ones while they are up."""
    given = {name: os.environ[name] for name in _NAMES if os.environ.get(name)}
    missing = [name for name in _NAMES if name not in given]
    if not missing:
        yield given
        return
    home = Home.of(root).prepare()
    private = {name: _NAMES[name](home) for name in missing}
    with _using(home, list(private.values())):
        yield {**given, **{name: server.url for name, server in private.items()}}


def stop_leftovers(root: Path = ROOT) -> bool:
    """Stop services that nobody uses any more; False when somebody does."""
    home = Home.of(root)
    if not home.folder.exists():
        return True
    with _turn(home):
        return _stop_when_unused(home)


@contextmanager
def _using(home: Home, servers: Sequence[Postgresql | Valkey]) -> Iterator[None]:
    user: IO[bytes] | None = None
    try:
        with _turn(home):
            user = _users(home)
            fcntl.flock(user, fcntl.LOCK_SH)  # the system takes it back when we die
            for server in servers:
                server.start()
        yield
    finally:
        with _undisturbed(), _turn(home):
            if user:
                user.close()
            _stop_when_unused(home)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not keep us from stopping what we started."""
    handled = _SIGNALS if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, lambda *_: None) for number in handled}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _users(home: Home) -> IO[bytes]:
    return (home.folder / "users.lock").open("ab")


@contextmanager
def _turn(home: Home) -> Iterator[None]:
    """One command at a time starts or stops."""
    with (home.folder / "turn.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stop_when_unused(home: Home) -> bool:
    with _users(home) as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        for server in (Valkey(home), Postgresql(home)):
            server.stop()
    return True
