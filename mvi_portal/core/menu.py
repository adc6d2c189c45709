"""The main menu: each app adds its own pages, and the reader sees what may be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from mvi_portal.core.contributions import Place
from mvi_portal.core.templatetags.mvi import keep


@dataclass(frozen=True)
class Page:
    """A page in the menu: its label and the name of its address."""

    label: str
    url_name: str


pages: Place[Page] = Place("menu")


def menu(request: HttpRequest) -> dict[str, Any]:
    """A context processor; only who is logged in gets a menu."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"menu": [_item(request, page) for page in pages], "logout_url": _logout()}


def _item(request: HttpRequest, page: Page) -> dict[str, Any]:
    address = reverse(page.url_name)
    return {
        "label": page.label,
        "href": keep(request, address),
        "is_current": request.path == address or (address != "/" and request.path.startswith(address)),
    }


def _logout() -> str:
    """Signing out is the account app's page, whichever library answers it."""
    try:
        return reverse("account_logout")
    except NoReverseMatch:
        return reverse("logout")
