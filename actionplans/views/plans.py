"""The action plans that are owed, and one plan."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans import reading, tables, versions
from actionplans.filters import PlanFilter
from actionplans.models import ActionPlan, PlanState
from actionplans.sorting import NamedList
from actionplans.views import removing
from actionplans.views.common import keeps_plans
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.dates import long_date
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.core.templatetags.mvi import keep
from signatories.together import several


class PlanList(NamedList):
    """A row for each signature, which owes one plan."""

    noun = "Actieplannen"
    template = "actionplans/plan_list.html"
    columns = (
        Column("name", "Handtekening van", sort="naam"),
        Column("signed", "Ondertekend op", sort="ondertekend"),
        Column("due", "Plan verwacht uiterlijk op", sort="termijn"),
        Column("state", "Stand"),
        Column("received", "Ontvangen", sort="ontvangen"),
        Column("evaluated", "Geëvalueerd", sort="geevalueerd"),
    )
    sorts = {
        "naam": "sort_name_on_day",
        "ondertekend": "signed_on",
        "termijn": "term_ends_on",
        "ontvangen": "plan_received_on",
        "geevalueerd": "plan_evaluated_on",
    }
    default_sort = "naam"
    then = ("signed_on", "slug")
    empty = "Geen handtekeningen gevonden. Zoek op een ander woord, of wis de filters."
    header = (
        "handtekening",
        "organisaties",
        "ondertekend op",
        "termijn",
        "plan verwacht uiterlijk op",
        "uitstel tot",
        "stand",
        "plan",
        "ontvangen",
        "geëvalueerd",
        "demo",
    )
    export = "actionplans:plan-export"
    meanings = {
        "handtekening": "De sleutel van de handtekening waarvoor het plan verschuldigd is.",
        "organisaties": "Wie onder de handtekening staan.",
        "ondertekend op": "Zo precies als bekend.",
        "termijn": "De dag waarop het plan er moest zijn, zonder uitstel.",
        "plan verwacht uiterlijk op": "Die dag, of de dag van het aangekondigde uitstel.",
        "uitstel tot": "De aangekondigde nieuwe datum.",
        "plan": "De titel van het plan.",
        "ontvangen": "Wanneer het plan ontvangen is.",
        "geëvalueerd": "De datum van de laatste evaluatie.",
    }

    def rows(self) -> QuerySet[Any]:
        """Signed by the day; the others owe nothing yet."""
        visible = reading.signatures(reader(self.request), today=timezone.localdate())
        return visible.filter(signed_on__lte=self.on)

    def extra(self) -> dict[str, Any]:
        user = reader(self.request)
        return {"keeps": keeps_plans(user), "reminds": may(user, Action.KEEP_REGISTER)}

    def narrowed(self, rows: QuerySet[Any]) -> PlanFilter:
        return PlanFilter(self.request.GET, rows, on=self.on)

    def row(self, item: Any) -> Row:
        told = self.owed[item.pk]
        clock = told.clock
        if told.plan:
            address = self.link("actionplans:plan-detail", told.plan["slug"])
        else:
            address = self.link("actionplans:term-detail", told.manifest, told.slug)
        is_unknown = clock.state is PlanState.OVERDUE and not clock.is_known
        return Row(
            [
                Cell(several(told.names) or told.slug, address, tables.demo(told), "warn"),
                Cell(told.signed_on),
                Cell(long_date(clock.ends_on)),
                tables.state_cell(clock.state),
                Cell(clock.received_on or (tables.NOT_KNOWN if is_unknown else "")),
                Cell(clock.evaluated_on or ""),
            ]
        )

    def cells(self, item: Any) -> list[object]:
        told = self.owed[item.pk]
        clock = told.clock
        return [
            told.natural,
            ", ".join(told.names),
            told.signed_on,
            clock.due_on,
            clock.ends_on,
            clock.delayed_until,
            clock.state.label,
            told.plan["title"] if told.plan else "",
            clock.received_on,
            clock.evaluated_on,
            told.is_demo,
        ]


@require_safe
def plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on, user, today = on_of(request), reader(request), timezone.localdate()
    keeps = keeps_plans(user)
    plan = get_object_or_404(reading.plans(user, today=today), slug=slug)
    found = reading.evaluations(user, today=today, on=on).filter(plan=plan)
    evaluations = found.select_related("plan", "round").order_by("-evaluated_on", "-number")
    context = {
        "plan": plan,
        "on": on,
        "facts": _facts(plan),
        "keeps": keeps,
        "changes": change_lines(plan) if keeps else [],
        "covered": tables.covered(plan, reading.signatures(user, today=today), on, request, keeps=keeps),
        "versions": versions.table(plan, on, request, keeps=keeps),
        "removed": removing.removed(plan) if keeps else None,
        "ambitions": tables.ambitions(plan),
        "evaluations": tables.of_plan(evaluations, request),
        "new_evaluation": _new_evaluation(plan, user),
        "crumbs": [("Actieplannen", keep(request, reverse("actionplans:plan-list"))), (plan.title, "")],
    }
    return render(request, "actionplans/plan_detail.html", context)


def _new_evaluation(plan: ActionPlan, user: User) -> str:
    """Where it is begun, for who evaluates and while there is none outside a round."""
    if not may(user, Action.EVALUATE) or plan.evaluations.filter(round=None).exists():
        return ""
    return reverse("actionplans:evaluation-new", args=[plan.slug])


def _facts(plan: Any) -> list[tuple[str, Any]]:
    """Only what is known."""
    told = [
        ("Vastgesteld op", plan.adopted_on),
        ("Loopt vanaf", plan.period_from),
        ("Loopt tot en met", plan.period_until),
        ("Bron", plan.source),
    ]
    return [(label, str(value)) for label, value in told if value]
