"""Which rubrics there are, and what one asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionplans import reading, tables
from actionplans.filters import RubricFilter
from actionplans.models import CriterionKind, Rubric
from actionplans.views.rubrics import common
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row


class RubricList(ListPage):
    noun = "Beoordelingskaders"
    template = "actionplans/rubric_list.html"
    columns = (
        Column("name", "Naam", sort="naam"),
        Column("version", "Versie", numeric=True),
        Column("state", "Stand"),
        Column("published", "Gepubliceerd", sort="gepubliceerd"),
        Column("criteria", "Criteria", numeric=True, sort="criteria"),
    )
    sorts = {"naam": "name", "gepubliceerd": "published_on", "criteria": "criteria_count"}
    default_sort = "naam"
    then = ("slug", "-version")
    empty = "Er is nog geen beoordelingskader dat past bij wat u zoekt."
    dated = False
    header = ("sleutel", "naam", "versie", "stand", "gepubliceerd op", "criteria", "voorbeeld")
    export = "actionplans:rubric-export"
    meanings = {
        "naam": "Zoals het beoordelingskader heet.",
        "versie": "Een gepubliceerd kader verandert niet meer: een wijziging is een nieuwe versie.",
        "stand": "Of het gepubliceerd is of nog in opbouw.",
        "gepubliceerd op": "Vanaf die dag verandert deze versie niet meer.",
        "criteria": "Hoeveel vragen het kader stelt.",
        "voorbeeld": "ja: een voorbeeld, niet het kader van PIANOo.",
    }

    def rows(self) -> QuerySet[Any]:
        return reading.rubrics(reader(self.request)).annotate(criteria_count=Count("criteria"))

    def narrowed(self, rows: QuerySet[Any]) -> RubricFilter:
        return RubricFilter(self.request.GET, rows)

    def extra(self) -> dict[str, Any]:
        is_builder = may(reader(self.request), Action.EVALUATE)
        new_url = reverse("actionplans:rubric-new") if is_builder else ""
        return {"new_url": new_url, "crumbs": [*common.crumbs(self.request)[:-1], (self.noun, "")]}

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.name,
            item.version,
            tables.rubric_state(item).tag,
            item.published_on,
            item.criteria_count,
            item.is_example,
        ]

    def row(self, item: Any) -> Row:
        return Row(
            [
                Cell(item.name, common.address(item), "voorbeeld" if item.is_example else "", "warn"),
                Cell(item.version),
                tables.rubric_state(item),
                Cell(long_date(item.published_on) if item.published_on else ""),
                Cell(item.criteria_count),
            ]
        )


@require_safe
def rubric_detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    rubric, user = common.found(request, slug, version), reader(request)
    criteria = list(rubric.criteria.select_related("theme", "mapped_to__rubric").order_by("order", "code"))
    builds = may(user, Action.EVALUATE)
    others = reading.rubrics(user).filter(slug=slug).exclude(pk=rubric.pk).order_by("-version")
    told = common.context(
        rubric,
        criteria=criteria,
        kinds={kind.value: kind.label for kind in CriterionKind},
        state=tables.rubric_state(rubric),
        others=[(str(item), common.address(item)) for item in others],
        builds=builds,
        is_open=builds and rubric.published_on is None,
        has_later=builds and Rubric.objects.filter(slug=slug, version__gt=version).exists(),
        changes=change_lines(rubric) if builds else [],
        crumbs=[*common.crumbs(request), (str(rubric), "")],
    )
    return render(request, "actionplans/rubric_detail.html", told)
