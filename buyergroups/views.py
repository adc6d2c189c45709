"""The list of buyer groups, its export, and the page of one group."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from buyergroups import tables
from buyergroups.filters import BuyerGroupFilter
from buyergroups.models import BuyerGroup
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.lists import ListPage
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Row
from mvi_portal.core.templatetags.mvi import keep


class BuyerGroupList(ListPage):
    noun = "Buyer groups"
    template = "buyergroups/group_list.html"
    columns = tables.GROUPS
    sorts = {"naam": "name", "sector": "sector", "gestart": "started_on"}
    default_sort = "naam"
    then = ("name",)
    empty = "Er zijn geen buyer groups die hieraan voldoen."
    header = (
        "sleutel",
        "naam",
        "sector",
        "productgroep",
        "domein",
        "gestart",
        "fase op de peildatum",
        "demo",
    )
    export = "buyergroups:group-export"

    def rows(self) -> QuerySet[BuyerGroup]:
        """A group that starts later is not there yet."""
        visible = BuyerGroup.objects.visible_to(reader(self.request), on=timezone.localdate())
        return visible.known(on=self.on).with_phase(on=self.on)

    def narrowed(self, rows: QuerySet[BuyerGroup]) -> BuyerGroupFilter:
        return BuyerGroupFilter(self.request.GET, rows, request=self.request)

    def row(self, item: Any) -> Row:
        return tables.group_row(item, self.request)

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.name,
            item.get_sector_display(),
            item.product_group,
            item.get_domain_display(),
            item.started_on or "",
            tables.phase_label(item),
            item.is_demo,
        ]


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = on_of(request)
    groups = BuyerGroup.objects.visible_to(reader(request), on=timezone.localdate())
    group = get_object_or_404(groups.with_phase(on=on), slug=slug)
    context = {
        "group": group,
        "crumbs": [("Buyer groups", keep(request, reverse("buyergroups:group-list"))), (group.name, "")],
        "facts": tables.group_facts(group, request),
        "phases": tables.phase_items(group, on),
        "participants": tables.participants(group, request),
        "outputs": tables.outputs(group, on),
    }
    return render(request, "buyergroups/group_detail.html", context)
