"""The list of buyer groups, grouped when asked, and its export."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from buyergroups import incoming, tables
from buyergroups.filters import BuyerGroupFilter
from buyergroups.models import BuyerGroup, Sector
from buyergroups.models.phases import PhaseKind
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core import exports
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Row, Table

FILES = (
    ("phase", "buyergroups-phases"),
    ("participation", "buyergroups-participants"),
    ("output", "buyergroups-outputs"),
)
WAYS: dict[str, tuple[str, list[str]]] = {  # by the word in the address: a field, and its order
    "fase": ("phase_kind", PhaseKind.values),
    "sector": ("sector", Sector.values),
}


class BuyerGroupList(ListPage):
    noun = "Buyer groups"
    template = "buyergroups/group_list.html"
    columns = tables.GROUPS
    sorts = {"naam": "name", "sector": "sector", "gestart": "started_on"}
    default_sort = "naam"
    then = ("name",)
    empty = "Er zijn geen buyer groups die hieraan voldoen."
    header = incoming.COLUMNS
    export = "buyergroups:group-export"

    def rows(self) -> QuerySet[BuyerGroup]:
        """A group that starts later is not there yet."""
        visible = BuyerGroup.objects.visible_to(reader(self.request), on=timezone.localdate())
        return visible.known(on=self.on).with_phase(on=self.on)

    def narrowed(self, rows: QuerySet[BuyerGroup]) -> BuyerGroupFilter:
        return BuyerGroupFilter(self.request.GET, rows, request=self.request)

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """What is shown together, stands together; within it as asked."""
        found = super().sorted(rows)
        if self.way not in WAYS:
            return found
        field, order = WAYS[self.way]
        places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(order)]
        place = Case(*places, default=Value(len(order)), output_field=IntegerField())
        placed: QuerySet[Any] = found.annotate(group_place=place)
        return placed.order_by("group_place", *found.query.order_by)

    @property
    def way(self) -> str:
        return self.request.GET.get("groepeer", "")

    def prepare(self, items: Any) -> None:
        """Which heading each row of the page falls under."""
        if self.as_csv:
            prefetch_related_objects(items, "facilitator", "initiators", "themes")
        self.headings = [tables.heading(item, self.way) for item in items] if self.way in WAYS else []
        self.shown: list[Row] = []

    def row(self, item: Any) -> Row:
        self.shown.append(tables.group_row(item, self.request))
        return self.shown[-1]

    def extra(self) -> dict[str, Any]:
        return {
            "keeps": may(reader(self.request), Action.KEEP_REGISTER),
            "files": self._files(),
            "grouped": self._grouped(),
        }

    def _files(self) -> list[tuple[str, list[tuple[str, str]], str]]:
        """What stands at these groups: its name, its exports, and what it is called when it comes in."""
        query = self.request.GET.urlencode()
        return [
            (
                incoming.TABLES[name].title,
                exports.links(f"{reverse(f'buyergroups:{noun}-export')}{'?' if query else ''}{query}"),
                name,
            )
            for noun, name in FILES
        ]

    def _grouped(self) -> list[tuple[str, Table]]:
        found: dict[str, list[Row]] = {}
        for heading, row in zip(self.headings, self.shown, strict=False):
            found.setdefault(heading, []).append(row)
        return [
            (heading, Table(f"{heading}: {len(rows)} op deze pagina", tables.PLAIN, rows, self.empty))
            for heading, rows in found.items()
        ]

    def cells(self, item: Any) -> list[object]:
        return incoming.cells(item, tables.phase_label(item))
