"""Where to report a hole in the portal: `/.well-known/security.txt`, as RFC 9116 has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Public, as whoever finds a hole seldom has an account."""
    lines = "".join(f"{name}: {value}\n" for name, value in _fields())
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


def _fields() -> Iterator[tuple[str, str]]:
    """The start refused what is no address, and a day more than a year away; one that has passed is told."""
    contact: str = settings.SECURITY_CONTACT
    expires: date = settings.SECURITY_EXPIRES
    yield "Contact", contact if ":" in contact else f"mailto:{contact}"
    yield "Expires", f"{expires.isoformat()}T00:00:00Z"
    yield "Preferred-Languages", "nl, en"
    for host in settings.ALLOWED_HOSTS:
        if not host.startswith(("*", ".")):  # a pattern is no address
            yield "Canonical", f"https://{host}/.well-known/security.txt"
