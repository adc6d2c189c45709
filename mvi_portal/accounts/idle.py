"""A session ends after a working day without a click."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

SEEN = "seen"
EVERY = 10 * 60  # seconds; writing the session at each click would cost a query on every page


@receiver(user_logged_in)
def start(request: HttpRequest, **_given: Any) -> None:
    request.session[SEEN] = int(time.time())


class IdleMiddleware:
    """Renews the session of somebody who is still there, at most once in ten minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.session.get(SEEN)
        if seen is not None and time.time() - seen > EVERY:
            request.session[SEEN] = int(time.time())
        return self.get_response(request)
