"""The rounds, one of them as it was published, and its board for who works on it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans import boards, livefigures, reading, scoring, tables
from actionplans.models import EvaluationRound
from actionplans.round_filters import RoundFilter
from actionplans.views.rounds import common, exporting
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row


class RoundList(ListPage):
    """A row for each round, with how many of its plans were evaluated by the day."""

    noun = "Evaluatierondes"
    template = "actionplans/round_list.html"
    columns = (
        Column("name", "Ronde", sort="naam"),
        Column("starts", "Begint op", sort="begin"),
        Column("due", "Klaar op", sort="klaar"),
        Column("state", "Stand"),
        Column("plans", "Gepubliceerde evaluaties", numeric=True),
    )
    sorts = {"naam": "name", "begin": "starts_on", "klaar": "due_on"}
    default_sort = "-begin"
    then = ("slug",)
    empty = "Er zijn nog geen evaluatierondes."
    header = (
        "sleutel",
        "naam",
        "begint op",
        "klaar op",
        "afgesloten op",
        "stand",
        "beoordelingskader",
        "gepubliceerd",
        "demo",
    )
    export = "actionplans:round-export"
    meanings = {
        "naam": "Zoals de ronde heet.",
        "begint op": "Zo precies als bekend.",
        "klaar op": "De dag waarop de evaluaties van de ronde klaar moeten zijn.",
        "afgesloten op": "Leeg: op de peildatum nog niet afgesloten.",
        "beoordelingskader": "Waarop de plannen van de ronde worden beoordeeld.",
        "gepubliceerd": "Van hoeveel plannen op de peildatum een evaluatie is gepubliceerd.",
    }

    def rows(self) -> QuerySet[Any]:
        known = Q(evaluations__published_on__lte=self.on)
        return EvaluationRound.objects.select_related("rubric").annotate(
            published=Count("evaluations__plan", filter=known, distinct=True)
        )

    def narrowed(self, rows: QuerySet[Any]) -> django_filters.FilterSet:
        return RoundFilter(self.request.GET, rows, on=self.on)

    def extra(self) -> dict[str, Any]:
        return {
            "keeps": may(reader(self.request), Action.EVALUATE),
            "crumbs": [*common.crumbs(self.request)[:-1], ("Rondes", "")],
        }

    def _is_closed(self, item: Any) -> bool:
        return bool(item.closed_on and item.closed_on <= self.on)

    def _state(self, item: Any) -> tuple[str, str]:
        """As it is on the day, with its tone."""
        if self._is_closed(item):
            return "afgesloten", "good"
        begins = item.starts_on and item.starts_on.first_day
        return ("gepland", "neutral") if begins and begins > self.on else ("loopt", "info")

    def cells(self, item: Any) -> list[object]:
        closed = self._is_closed(item)
        return [
            item.slug,
            item.name,
            item.starts_on,
            item.due_on,
            item.closed_on if closed else None,
            self._state(item)[0],
            str(item.rubric),
            item.published,
            item.is_demo,
        ]

    def row(self, item: Any) -> Row:
        state, tone = self._state(item)
        address = self.link("actionplans:round-detail", item.slug)
        return Row(
            [
                Cell(item.name, address, tables.demo(item), "warn"),
                Cell(item.starts_on or ""),
                Cell(long_date(item.due_on) if item.due_on else ""),
                Cell("", tag=state, tone=tone),
                Cell(item.published),
            ]
        )


@require_safe
def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What was evaluated together, and what it taught."""
    on, user, found = on_of(request), reader(request), common.found(slug)
    day = scoring.day_shown(found, user, on=on)
    visible = reading.evaluations(user, today=timezone.localdate(), on=on).filter(round=found)
    evaluations = visible.select_related("plan", "round").order_by("plan__title")
    context = {
        **common.told(request, found, ""),
        "on": on,
        "not_begun": found.starts_on is not None and found.starts_on.first_day > on,
        "facts": _facts(found),
        "findings": livefigures.shown(found),
        "evaluations": tables.of_round(evaluations, request),
        "distribution": scoring.distribution(found, on=day) if day else None,
        "spread_told": scoring.stays(day) if day and not common.works_on_it(user) else "",
        "why_not": scoring.why_not(),
    }
    return render(request, "actionplans/round_detail.html", context)


@require_safe
def round_board(request: HttpRequest, slug: str) -> HttpResponse:
    """How far each plan of the round is today; `?van=mij` shows only one's own."""
    user, found, today = common.worker(request), common.found(slug), timezone.localdate()
    rows = list(boards.evaluations(found))
    mine = user if request.GET.get("van") == "mij" else None
    context = {
        **common.told(request, found, "Bord"),
        "share": boards.share(rows, user),
        "counts": boards.counts(rows),
        "board": boards.board(rows, request, today=today, of=mine),
        "mine": mine is not None,
        "exports": exporting.board_links(found, mine=mine is not None) if rows else [],
        "undealt": sum(item.evaluator is None and item.submitted_on is None for item in rows),
    }
    return render(request, "actionplans/round_board.html", context)


def _facts(found: EvaluationRound) -> list[tuple[str, str]]:
    given = [
        ("Begint op", found.starts_on),
        ("Klaar op", found.due_on and long_date(found.due_on)),
        ("Afgesloten op", found.closed_on and long_date(found.closed_on)),
        ("Beoordelingskader", found.rubric),
        ("Bron", found.source),
    ]
    return [(label, str(value)) for label, value in given if value]
