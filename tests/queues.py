"""Which queue this process rings at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from kombu import pools

from mvi_portal.celery import app

_URLS = ("broker_url", "broker_read_url", "broker_write_url")


def numbered(url: str, number: int) -> str:
    """The address of another of the queues that the same server keeps apart."""
    parts = urlsplit(url)
    place = {"query": f"db={number}"} if parts.scheme == "unix" else {"path": f"/{number}"}
    return parts._replace(**place).geturl()


@contextmanager
def ringing_at(url: str) -> Iterator[None]:
    """Another queue for a while, with no connection left from before, nor after."""
    before = {name: app.conf[name] for name in _URLS}
    _use(dict.fromkeys(_URLS, url))
    try:
        yield
    finally:
        _use(before)


def _use(urls: dict[str, str]) -> None:
    app.conf.update(urls)
    pools.reset()
    for holder, name in ((app.amqp, "_producer_pool"), (app, "_pool")):
        setattr(holder, name, None)  # a closed pool would be asked again
