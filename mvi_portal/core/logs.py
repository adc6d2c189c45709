"""What the log tells: one line per event, with the request or job it belongs to, and no name of anybody.

A user is told by key only; e-mail addresses that slip into a message, such as the database's own about a
value that is there already, are taken out.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import (
    bind_contextvars,
    bound_contextvars,
    clear_contextvars,
    get_contextvars,
    merge_contextvars,
)
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

HEADER = "X-Request-ID"
FORMATS = ("json", "text")
_WELL_FORMED = re.compile(r"[0-9a-fA-F-]{16,64}")  # a UUID or what proxies make; no room for a name
_EMAIL = re.compile(r"[^\s@\"<>()\[\]{},;:=]+@[\w-]+(?:\.[\w-]+)+")
_FIELDS = {"method", "route", "status", "ms", "kind"}  # what a line of ours may carry beside its words
_PACKAGES = ("django", "celery", "gunicorn.error")
_TOLD_ONCE = {"level": "INFO", "handlers": [], "propagate": True}  # not by handlers of their own as well

log = logging.getLogger(__name__)

Event = MutableMapping[str, Any]
View = TypeVar("View", bound=Callable[..., HttpResponse])


def request_id() -> str:
    """Of the request or job that is worked on; empty outside one."""
    found: str = get_contextvars().get("request_id", "")
    return found


class RequestLogMiddleware:
    """The first of all: gives each request its id, and tells how it ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        own = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        clear_contextvars()
        bind_contextvars(request_id=own)
        started = time.monotonic()
        response = self.get_response(request)
        response[HEADER] = own
        _tell(request, response, time.monotonic() - started)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """Who asks, where somebody must be logged in; a public page does not even look."""
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            bind_contextvars(user=request.user.pk)


@receiver(request_finished)
def forget(**_: Any) -> None:
    """Not before: Django tells of a page that is not there after the last middleware."""
    clear_contextvars()


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The route, not the path: a path can hold the key with which somebody sets a password."""
    found = request.resolver_match
    if found is None and response.status_code < 400:
        return  # a static file, or on to https
    routine = response.status_code == 200 and getattr(found and found.func, "routine", False)
    told = {"method": request.method, "route": found.route if found else "", "status": response.status_code}
    log.log(
        logging.DEBUG if routine else logging.INFO, "request", extra={**told, "ms": round(seconds * 1000)}
    )


def routine(view: View) -> View:
    """A view that is asked every few seconds, so that an answer as usual is no news."""
    view.routine = True  # type: ignore[attr-defined] # as Django's own login_not_required marks a view
    return view


@contextmanager
def working_on(**what: Any) -> Iterator[None]:
    """While this lasts every line tells what is worked on; what is empty is left out."""
    with bound_contextvars(**{name: value for name, value in what.items() if value}):
        yield


def without_addresses(_logger: Any, _method: str, event: Event) -> Event:
    """Takes e-mail addresses out of what is told."""
    told = {name: _EMAIL.sub("[e-mail]", value) for name, value in event.items() if isinstance(value, str)}
    return {**event, **told}


def configuration(*, form: str, level: str, ours: Iterable[str]) -> dict[str, Any]:
    """For logging.config: all to standard error, `form` "json" for machines or "text" for people."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": ProcessorFormatter, **_processors(form)}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {**dict.fromkeys(_PACKAGES, _TOLD_ONCE), **{name: {"level": level} for name in ours}},
    }


def _processors(form: str) -> dict[str, Any]:
    """Every line comes from the standard library's logging, ours as well as the packages'."""
    before = [
        merge_contextvars,
        add_log_level,
        add_logger_name,
        ExtraAdder(allow=_FIELDS),
        TimeStamper(fmt="iso", utc=True),
    ]
    console = ConsoleRenderer(colors=False, exception_formatter=plain_traceback)
    shown = JSONRenderer(ensure_ascii=False) if form == "json" else console
    after = [ProcessorFormatter.remove_processors_meta, format_exc_info, without_addresses, shown]
    return {"foreign_pre_chain": before, "processors": after}
