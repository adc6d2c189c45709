"""Choosing the plans of a round from a list that can be narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.contrib import messages
from django.db import transaction
from django.db.models import Min, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from actionplans import reading, tables
from actionplans.forms.rounds import ChooseForm
from actionplans.models import ActionPlan, EvaluationRound
from actionplans.round_filters import RoundPlanFilter
from actionplans.services import rounds
from actionplans.views.rounds import common
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from signatories.together import several
from signatories.views.keeping import accepted

ALL = "alle"


class RoundPlans(ListPage):
    """Plans that were received and are not in the round yet, each with a box to tick."""

    http_method_names = ["get", "head", "post", "options"]
    noun = "Plannen kiezen"
    template = "actionplans/round_plans.html"
    columns = (
        Column("plan", "Actieplan", sort="plan"),
        Column("who", "Handtekening van"),
        Column("received", "Ontvangen", sort="ontvangen"),
    )
    sorts = {"plan": "title", "ontvangen": "first_received"}
    default_sort = "ontvangen"
    then = ("slug",)
    empty = "Geen plannen gevonden. Zoek op een ander woord, of wis de filters."
    dated = False
    header = ("plan", "titel", "organisaties", "ontvangen", "demo")
    export = "actionplans:round-plans-export"
    meanings = {
        "plan": "De sleutel van het actieplan.",
        "organisaties": "Voor wie het plan geldt.",
        "ontvangen": "Wanneer de eerste versie is ontvangen, zo precies als bekend.",
    }
    form: ChooseForm | None = None
    ticked: Sequence[str] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        common.evaluator(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:  # type: ignore[override] # of a round
        if self.round.closed_on is not None:
            messages.error(request, "Deze ronde is afgesloten. Open haar eerst weer om plannen te kiezen.")
            return redirect("actionplans:round-board", slug)
        return super().get(request)

    @transaction.atomic
    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        by = common.evaluator(request)
        self.form, self.ticked = ChooseForm(request.POST), request.POST.getlist("plan")
        if not self._asked():
            self.form.add_error(None, "Kruis minstens één plan aan.")
        chosen: list[rounds.Chosen] = []
        if accepted(self.form, lambda given: chosen.append(self._choose(given["because"], by))):
            _tell(request, chosen[0])
            return redirect("actionplans:round-board", slug)
        answer = super().get(request)
        answer.status_code = 400
        return answer

    def _choose(self, because: str, by: Any) -> rounds.Chosen:
        return rounds.choose(round_=self.round, plans=self._asked(), because=because, by=by)

    def _asked(self) -> list[ActionPlan]:
        """Those that were ticked, or all that the filter finds."""
        if ALL in self.request.POST:
            found: QuerySet[Any] = RoundPlanFilter(self._query(), self.rows(), on=self.today).qs
            return list(found)
        return list(self._candidates().filter(slug__in=self.ticked))

    def _query(self) -> QueryDict:
        return QueryDict(self.request.GET.urlencode())

    @cached_property
    def round(self) -> EvaluationRound:
        return common.found(self.kwargs["slug"])

    @cached_property
    def on(self) -> date:
        """Plans are chosen as they are today, whatever day was asked."""
        return timezone.localdate()

    @cached_property
    def ordered(self) -> QuerySet[Any]:
        return tables.with_first_version(self.sorted(self.found.qs)) if self.as_csv else super().ordered

    def export_address(self) -> str:
        return reverse(self.export, args=[self.round.slug])

    def _heading(self) -> str:
        return "Plannen voor een ronde"

    def _name(self) -> str:
        return f"plannen-voor-{self.round.slug}-{self.on.isoformat()}"

    @cached_property
    def today(self) -> Any:
        return timezone.localdate()

    def _candidates(self) -> QuerySet[ActionPlan]:
        """For who keeps rounds: a worker who writes the file asks no page whether it may."""
        mine = reading.plans(common.evaluator(self.request), today=self.today).values("pk")
        return ActionPlan.objects.received(on=self.today).filter(pk__in=mine)

    def rows(self) -> QuerySet[Any]:
        free = self._candidates().exclude(pk__in=self.round.evaluations.values("plan"))
        return free.annotate(first_received=Min("versions__received_on"))

    def narrowed(self, rows: QuerySet[Any]) -> django_filters.FilterSet:
        return RoundPlanFilter(self._query(), rows, on=self.today)

    def prepare(self, items: Sequence[Any]) -> None:
        self.names = tables.names_of_plans(items, self.today)

    def cells(self, item: Any) -> list[object]:
        return [
            item.slug,
            item.title,
            ", ".join(self.names[item.pk]),
            self._received(item),
            item.is_demo,
        ]

    def _received(self, item: Any) -> Any:
        first = next(iter(item.versions_first), None)
        return first.received_on if first else None

    def row(self, item: Any) -> Row:
        checked = " checked" if item.slug in self.ticked else ""
        box = format_html(
            '<label class="mvi-check"><input type="checkbox" name="plan" value="{}"{}> {}</label>',
            *(item.slug, checked, item.title),
        )
        return Row(
            [
                Cell(box, "", tables.demo(item), "warn"),
                Cell(several(self.names[item.pk])),
                Cell(self._received(item) or ""),
            ]
        )

    def of_page(self, keys: QuerySet[Any]) -> QuerySet[Any]:
        return tables.with_first_version(super().of_page(keys))

    def extra(self) -> dict[str, Any]:
        return {
            **common.told(self.request, self.round, "Plannen kiezen"),
            "choose": self.form or ChooseForm(),
            "address": self.request.get_full_path(),
        }


def _tell(request: HttpRequest, chosen: rounds.Chosen) -> None:
    count = len(chosen.evaluations)
    messages.success(
        request, f"{count} {'plan is' if count == 1 else 'plannen zijn'} gekozen voor deze ronde."
    )
    for plan, why in chosen.left:
        messages.warning(request, f"“{plan}” is niet gekozen: {why}.")
