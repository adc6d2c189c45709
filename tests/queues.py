"""Ringing at another queue for a while, and at none of its old connections afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kombu import pools

from mvi_portal.celery import app

ADDRESSES = ("broker_url", "broker_read_url", "broker_write_url")


@contextmanager
def queue_at(url: str, *names: str) -> Iterator[None]:
    """The app's queue is at `url`: every address of it, or the named ones."""
    names = names or ADDRESSES
    before = {name: app.conf[name] for name in names}
    app.conf.update(dict.fromkeys(names, url))
    _forget()
    try:
        yield
    finally:
        app.conf.update(before)
        _forget()


def _forget() -> None:
    """Celery keeps its pools; a closed one would be in the next test's way."""
    app.amqp._producer_pool = None
    app._pool = None
    pools.reset()
