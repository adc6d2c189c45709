"""The rooms of one thing, each a page of its own; templates/_components/tabs.html prints the way to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from mvi_portal.core.templatetags.mvi import keep


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    is_current: bool
    is_above: bool = False  # current, as the page lies in it


def tabs(request: HttpRequest, *pages: tuple[str, str]) -> list[Tab]:
    """Of labels with addresses; the current one is the page that is shown, or the one above it."""
    here = _here(request.path, [address for _label, address in pages])
    is_above = here != request.path
    return [Tab(label, keep(request, address), address == here, is_above) for label, address in pages]


def _here(path: str, addresses: list[str]) -> str:
    """The room itself, else the one that the page lies in; what leads to all rooms holds no page."""
    if path in addresses:
        return path
    above = [one for one in addresses if path.startswith(one)]
    rooms = [one for one in above if not any(other.startswith(one) for other in addresses if other != one)]
    return max(rooms, key=len, default="")
