"""What the lists of line D share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone

from monitoring.naming import Names
from mvi_portal.core.lists import ListPage
from mvi_portal.core.templatetags.mvi import keep

Crumbs = list[tuple[str, str]]


class RoomList(ListPage):
    """A list with the way back to the plan, and the names of who owns the rows."""

    filters: ClassVar[type[Any]]
    owner = "owner_id"
    names: Names

    def narrowed(self, rows: QuerySet[Any]) -> django_filters.FilterSet:
        found: django_filters.FilterSet = self.filters(self.request.GET, rows, on=self.on)
        return found

    def prepare(self, items: Sequence[Any]) -> None:
        """A filter on the owner knows the names already."""
        owners = (getattr(item, self.owner, None) for item in items)
        self.names = Names(owners, self.on, among=getattr(self.found, "owners", ()))

    def extra(self) -> dict[str, Any]:
        return {"crumbs": crumbs(self.request, (self.noun, ""))}

    @property
    def today(self) -> date:
        """The day that rights are asked of."""
        return timezone.localdate()


def crumbs(request: HttpRequest, *rest: tuple[str, str]) -> Crumbs:
    """The way from the plan. A place is an address, or its name; it keeps the reference date."""
    way = [("Monitoring", "monitoring:start"), *rest]
    return [(label, keep(request, resolve_url(place)) if place else "") for label, place in way]
