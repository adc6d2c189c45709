"""Who is not signed in is asked to, and comes back to the page where they were."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

SAFE = {"GET", "HEAD", "OPTIONS"}
LAPSED = (
    "U was niet meer ingelogd. Wat u net verstuurde, is nog niet verwerkt: "
    "controleer het hier en verstuur het opnieuw."
)


class EnteringMiddleware(LoginRequiredMiddleware):
    """What was posted after a session had ended goes nowhere by itself: the page it came from does."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in SAFE:
            return super().handle_no_permission(request, view_func)
        if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            messages.warning(request, LAPSED)
        field = self.get_redirect_field_name(view_func)
        return redirect_to_login(_came_from(request), self.get_login_url(view_func), field)


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the form stood on, else the start page."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="").geturl() or "/"
