"""The reference date of a page: what the address asks for, else the portal's own, else today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mvi_portal.core.dates import long_date, parse_day

PARAMETER = "peildatum"


@dataclass(frozen=True)
class ReferenceDate:
    """The day, what was typed, and in Dutch what is wrong with it."""

    day: date
    typed: str = ""
    error: str = ""

    @property
    def asked(self) -> bool:
        """Whether the address asks for a day of its own, so that links carry it on."""
        return bool(self.typed) and not self.error

    def __str__(self) -> str:
        return long_date(self.day)


def read(request: HttpRequest) -> ReferenceDate:
    """A day that cannot be read leaves the page at its own, and is said."""
    typed = request.GET.get(PARAMETER, "").strip()
    default = settings.REFERENCE_DATE or timezone.localdate()
    if not typed:
        return ReferenceDate(default)
    try:
        return ReferenceDate(parse_day(typed), typed)
    except ValueError as error:
        return ReferenceDate(default, typed, str(error))


def of(request: HttpRequest) -> ReferenceDate:
    """What the middleware read."""
    found: ReferenceDate = request.reference_date  # type: ignore[attr-defined] # set by ReferenceDateMiddleware
    return found


def on_of(request: HttpRequest) -> date:
    """The day of the page."""
    return of(request).day


class ReferenceDateMiddleware:
    """Reads the day once for each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference_date = read(request)  # type: ignore[attr-defined] # read back by `of`
        return self.get_response(request)
