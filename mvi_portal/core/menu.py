"""The main menu: each app adds its own pages, and the reader sees what may be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from mvi_portal.core.addresses import address_of
from mvi_portal.core.contributions import Place
from mvi_portal.core.templatetags.mvi import keep


@dataclass(frozen=True)
class Page:
    """A page in the menu: label, name of its address, whether a user sees it, and what else lies under it."""

    label: str
    url_name: str
    visible: Callable[[Any], bool] = lambda _user: True
    also: tuple[str, ...] = ()  # the beginnings of other addresses


pages: Place[Page] = Place("menu")


def lies_under(request: HttpRequest, address: str) -> None:
    """A page whose own address does not tell under which page of the menu it lies, says it so."""
    request.lies_under = address  # type: ignore[attr-defined] # read back by `_item`


def menu(request: HttpRequest) -> dict[str, Any]:
    """A context processor; only who is logged in gets a menu."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"menu": [_item(request, page) for page in pages if page.visible(request.user)]}


def _item(request: HttpRequest, page: Page) -> dict[str, Any]:
    address, here = address_of(page.url_name), getattr(request, "lies_under", request.path)
    return {
        "label": page.label,
        "href": keep(request, address),
        "is_current": here == address or (address != "/" and here.startswith((address, *page.also))),
    }
