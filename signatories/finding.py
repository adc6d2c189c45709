"""Organisations, for who searches everything."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import Hit, SearchSource
from signatories.models import Kind, Organisation


def organisations(text: str, user: User, today: date, on: date, limit: int) -> list[Hit]:
    """By code, or by any name that they ever bore or took over."""
    visible: Any = Organisation.objects.visible_to(user, on=today).search(text)
    return [_hit(row) for row in visible.with_name(on=on).order_by("-closeness", "key")[:limit]]


def _hit(row: Any) -> Hit:
    name = row.name_on_day or row.key
    found_as = f", gevonden op {row.found_as}" if row.found_as and row.found_as != name else ""
    href = reverse("signatories:organisation-detail", args=[row.key])
    return Hit(name, href, f"{Kind(row.kind).label}{found_as}", row.is_demo)


SEARCHED = SearchSource("Organisaties", organisations, "signatories:organisation-list")
