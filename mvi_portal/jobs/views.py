"""For who watches over the portal: is it alive, and can it work."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mvi_portal.core import logs
from mvi_portal.jobs import health


@logs.routine
@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """That it answers is enough: a database that is away must not make anyone restart the web server."""
    return JsonResponse({"portaal": health.GOOD})


@logs.routine
@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """All that the portal needs to work, each in a word; 503 when one of them is away."""
    parts = health.readiness()
    return JsonResponse(parts, status=200 if set(parts.values()) == {health.GOOD} else 503)
