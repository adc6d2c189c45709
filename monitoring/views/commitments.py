"""Commitments, motions and agreements between governments."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import promised
from monitoring.filters import CommitmentFilter
from monitoring.models import Commitment, CommitmentStatus
from monitoring.naming import shortened
from monitoring.views import nouns
from monitoring.views.keeping import adding, keeping
from monitoring.views.lists import RoomList, crumbs
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Column, Row


class CommitmentList(RoomList):
    noun = "Toezeggingen"
    template = "monitoring/commitment_list.html"
    filters = CommitmentFilter
    columns = (
        Column("text", "Wat", sort="tekst"),
        Column("kind", "Soort", sort="soort"),
        Column("made", "Gedaan op", sort="gedaan"),
        Column("due", "Uiterlijk", sort="uiterlijk"),
        Column("owner", "Eigenaar"),
        Column("status", "Stand"),
    )
    sorts = {"tekst": "text", "soort": "kind", "gedaan": "made_on", "uiterlijk": "due_on"}
    default_sort = "-gedaan"
    then = ("slug",)
    empty = "Geen toezeggingen, moties of afspraken gevonden op deze peildatum."
    header = (
        "sleutel",
        "soort",
        "tekst",
        "gedaan op",
        "vindplaats",
        "eigenaar",
        "uiterlijk",
        "stand",
        "stand sinds",
        "termijn verstreken",
        "lijn",
        "demo",
    )
    export = "monitoring:commitment-export"
    meanings = {
        "tekst": "Wat er is toegezegd, gevraagd of afgesproken.",
        "gedaan op": "De dag van de toezegging, motie of afspraak.",
        "uiterlijk": "Voor wanneer.",
        "stand sinds": "Sinds wanneer deze stand geldt.",
        "termijn verstreken": "ja: de datum is voorbij en het staat nog open.",
    }

    def rows(self) -> QuerySet[Commitment]:
        visible = Commitment.objects.visible_to(reader(self.request), on=self.today)
        rows: QuerySet[Commitment] = promised.on_day(visible.select_related("line__frame"), self.on)
        return rows

    def extra(self) -> dict[str, Any]:
        return {**super().extra(), **adding(self.request, nouns.COMMITMENT)}

    def row(self, item: Any) -> Row:
        return Row(promised.cells(item, self.names, self.request))

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.get_kind_display(),
            item.text,
            item.made_on,
            item.citation,
            self.names.of(item.owner_id),
            item.due_on,
            CommitmentStatus(item.status).label,
            item.status_since,
            promised.is_overdue(item, self.on),
            item.line,
            item.is_demo,
        ]


@require_safe
def commitment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = on_of(request)
    visible = Commitment.objects.visible_to(reader(request), on=timezone.localdate())
    shown = visible.with_status(on=on).select_related("line__frame", "paper", "owner")
    item: Any = get_object_or_404(shown.prefetch_related("parties"), slug=slug)
    title = shortened(item.text)
    context = {
        "commitment": item,
        "title": title,
        "on": on,
        **keeping(request, nouns.COMMITMENT, item),
        "is_later": item.made_on.last_day > on,
        "status": CommitmentStatus(item.status).label,
        "tone": promised.tone(item.status),
        "is_overdue": promised.is_overdue(item, on),
        "is_soon": promised.is_soon(item, on),
        "facts": promised.facts(item, request),
        "steps": promised.steps(item, on),
        "crumbs": crumbs(request, ("Toezeggingen", "monitoring:commitment-list"), (title, "")),
    }
    return render(request, "monitoring/commitment_detail.html", context)
