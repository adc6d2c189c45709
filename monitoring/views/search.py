"""Everything that the reader may see and that tells what was typed, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.contributions import Hit, search_sources
from mvi_portal.core.reference import on_of
from mvi_portal.core.remembered import remembering
from mvi_portal.core.templatetags.mvi import keep

SHORTEST, LONGEST = 2, 100  # characters
SHOWN = 6  # of each kind


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `more` leads to a list with all of it, when there is more than is shown."""

    label: str
    hits: list[Hit]
    more: str = ""
    has_more: bool = False


def groups(text: str, user: User, today: date, on: date) -> list[Group]:
    """Only kinds of which something was found; rights are today's, names those of `on`."""
    found = []
    with remembering():
        asked = [(source, source.find(text, user, today, on, SHOWN + 1)) for source in search_sources]
    for source, hits in asked:
        if hits:
            has_more = len(hits) > SHOWN
            listed = f"{reverse(source.all_at)}?{urlencode({'zoek': text})}" if source.all_at else ""
            found.append(Group(source.label, hits[:SHOWN], listed if has_more else "", has_more))
    return found


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = " ".join(request.GET.get("zoek", "").replace("\x00", "").split())[:LONGEST]
    asked = len(text) >= SHORTEST
    found = groups(text, reader(request), timezone.localdate(), on_of(request)) if asked else []
    context = {
        "text": text,
        "asked": asked,
        "too_short": bool(text) and not asked,
        "groups": [
            (
                group,
                [(hit, _address(hit, request)) for hit in group.hits],
                keep(request, group.more) if group.more else "",
            )
            for group in found
        ],
    }
    return render(request, "monitoring/search.html", context)


def _address(hit: Hit, request: HttpRequest) -> str:
    return hit.href if hit.is_elsewhere else keep(request, hit.href)
