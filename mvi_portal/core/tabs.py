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


def tabs(request: HttpRequest, *pages: tuple[str, str]) -> list[Tab]:
    """Of labels with addresses; the page that is shown is the current one."""
    return [Tab(label, keep(request, address), address == request.path) for label, address in pages]
