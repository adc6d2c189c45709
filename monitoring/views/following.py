"""What somebody follows: all of it on a page, and the button that follows or stops."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from monitoring import services
from monitoring.following import Item, following, items, subject_of
from monitoring.views.lists import crumbs
from mvi_portal.accounts.permissions import reader

STOP = "stop"


@require_safe
def follow_list(request: HttpRequest) -> HttpResponse:
    user, today = reader(request), timezone.localdate()
    own, chosen = items(following(user, today), user, today)
    context = {
        "own": own,
        "chosen": [(item, address(item)) for item in chosen],
        "crumbs": crumbs(request, ("Wat u volgt", "")),
    }
    return render(request, "monitoring/follow_list.html", context)


@require_POST
def follow(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Follow it, or stop; then back to where the button stood."""
    user = reader(request)
    found, subject = subject_of(kind, key, user, timezone.localdate())
    given: dict[str, Any] = {"subject": subject, "kind": found.name, "by": user}
    if STOP in request.POST:
        services.unfollow(**given)
        messages.success(request, "U volgt dit niet meer.")
    else:
        services.follow(**given)
        messages.success(request, "U volgt dit. Wat er gebeurt, staat op uw startpagina.")
    return redirect("monitoring:follow-list" if "terug" in request.POST else found.href(subject))


def address(item: Item) -> str:
    return reverse("monitoring:follow", args=[item.kind.word, item.key])
