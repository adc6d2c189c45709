"""One's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mvi_portal.accounts import rights
from mvi_portal.accounts.models import Role
from mvi_portal.accounts.panels import panels_of
from mvi_portal.accounts.permissions import reader


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one may do."""
    user = reader(request)
    context = {
        "facts": [("Naam", user.name), ("E-mailadres", user.email), ("Rol", user.get_role_display())],
        "rights": rights.of(Role(user.role)),
        "panels": panels_of(user, keeps=False),
    }
    return render(request, "accounts/me.html", context)
