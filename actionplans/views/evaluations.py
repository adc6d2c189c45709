"""The evaluations of action plans, and the rounds in which they are done."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans import following, reading, scoring, tables
from actionplans.filters import EvaluationFilter
from actionplans.models import EvaluationRound
from actionplans.services import printed
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, Scope, may, reader, scope
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import ListPage
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep

LIST = "actionplans:evaluation-list"


class EvaluationList(ListPage):
    noun = "Evaluaties"
    template = "actionplans/evaluation_list.html"
    columns = (
        Column("plan", "Actieplan", sort="plan"),
        Column("round", "Ronde", sort="ronde"),
        Column("state", "Stand"),
        Column("done", "Geëvalueerd", sort="geevalueerd"),
        Column("published", "Gepubliceerd", sort="gepubliceerd"),
    )
    sorts = {
        "plan": "plan__title",
        "ronde": "round__name",
        "geevalueerd": "evaluated_on",
        "gepubliceerd": "published_on",
    }
    default_sort = "plan"
    then = ("plan__slug", "number", "pk")
    empty = "Geen evaluaties gevonden. Zoek op een ander woord, of wis de filters."
    header = (
        *("actieplan", "ronde", "nummer", "stand"),
        *("geëvalueerd", "gepubliceerd", "beoordelingskader", "demo"),
    )
    export = "actionplans:evaluation-export"
    meanings = {
        "actieplan": "Het plan dat beoordeeld is.",
        "ronde": "De ronde waarin dat gebeurde.",
        "nummer": "De hoeveelste evaluatie van het plan.",
        "geëvalueerd": "De datum van de evaluatie.",
        "gepubliceerd": "Wanneer zij openbaar werd voor wie haar mag zien.",
        "beoordelingskader": "Waarmee beoordeeld is, met de versie.",
    }

    def rows(self) -> QuerySet[Any]:
        found = reading.evaluations(reader(self.request), today=timezone.localdate(), on=self.on)
        return found.select_related("plan", "round", "rubric")

    def narrowed(self, rows: QuerySet[Any]) -> EvaluationFilter:
        return EvaluationFilter(self.request.GET, rows, on=self.on)

    def extra(self) -> dict[str, Any]:
        rounds = EvaluationRound.objects.order_by("-starts_on", "slug")
        evaluates = may(reader(self.request), Action.EVALUATE)
        return {
            "rounds": [(item.name, self.link("actionplans:round-detail", item.slug), "") for item in rounds],
            "remarks_url": reverse("actionplans:remark-list") if evaluates else "",
        }

    def row(self, item: Any) -> Row:
        address = keep(self.request, tables.evaluation_href(item))
        return Row(
            [
                Cell(item.plan.title, address, tables.demo(item), "warn"),
                Cell(item.round.name if item.round else ""),
                tables.evaluation_state(item),
                Cell(item.evaluated_on or ""),
                Cell(long_date(item.published_on) if item.published_on else ""),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        return [
            item.plan.title,
            item.round.name if item.round else "",
            item.number,
            tables.evaluation_state(item).tag,
            item.evaluated_on,
            item.published_on,
            item.rubric,
            item.is_demo,
        ]


@require_safe
def evaluation_detail(request: HttpRequest, plan: str, round_slug: str, number: int) -> HttpResponse:
    on, user = on_of(request), reader(request)
    visible = reading.evaluations(user, today=timezone.localdate(), on=on).select_related(
        "plan", "round", "rubric", "version", "evaluator", "published_by"
    )
    in_round = {"round": None} if round_slug == "zonder-ronde" else {"round__slug": round_slug}
    evaluation: Any = get_object_or_404(visible, plan__slug=plan, number=number, **in_round)
    sees = reading.sees_scores(user, evaluation)
    works_on_it = scope(user, Action.SEE_SCORES) is Scope.YES
    context = {
        "evaluation": evaluation,
        "on": on,
        "state": tables.evaluation_state(evaluation),
        "facts": _facts(evaluation, request),
        "scores": scoring.scores(evaluation) if sees else None,
        "themes": scoring.themes(evaluation) if sees else None,
        "works_on_it": works_on_it,
        "file": following.document(evaluation) if sees else None,
        "progress": following.progress(evaluation) if works_on_it else [],
        "steps": following.steps(evaluation, user) if may(user, Action.EVALUATE) else None,
        "reply_url": reverse("actionplans:evaluation-reply", args=[plan, round_slug, number]),
        "concept_url": reverse("actionplans:evaluation-concept", args=[plan, round_slug, number])
        if printed.can_draft(evaluation)
        else "",
        "versions": following.others(evaluation, visible, request),
        "changes": change_lines(evaluation) if works_on_it else [],
        "crumbs": [
            ("Evaluaties", keep(request, reverse(LIST))),
            (evaluation.plan.title, ""),
        ],
    }
    return render(request, "actionplans/evaluation_detail.html", context)


def _facts(evaluation: Any, request: HttpRequest) -> list[tuple[Any, ...]]:
    """Only what is known; never who evaluated."""
    plan = keep(request, reverse("actionplans:plan-detail", args=[evaluation.plan.slug]))
    told: list[tuple[Any, ...]] = [
        ("Actieplan", evaluation.plan.title, plan),
        ("Versie van het plan", evaluation.version.number),
        ("Ronde", evaluation.round, *_round(evaluation, request)),
        ("Beoordelingskader", evaluation.rubric),
        ("Geëvalueerd op", evaluation.evaluated_on),
        ("Gepubliceerd op", evaluation.published_on and long_date(evaluation.published_on)),
        ("Reden van de correctie", evaluation.correction_reason),
        ("Bron", evaluation.source),
    ]
    return [(label, str(value), *rest) for label, value, *rest in told if value]


def _round(evaluation: Any, request: HttpRequest) -> list[str]:
    """The address of its round, when it is in one."""
    found = evaluation.round
    return [keep(request, reverse("actionplans:round-detail", args=[found.slug]))] if found else []
