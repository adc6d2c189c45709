"""What the lists of line C can be narrowed by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict

from actionplans.models import (
    ActionPlan,
    Answer,
    Evaluation,
    EvaluationRound,
    EvaluationState,
    PlanState,
    by_clock,
)
from actionplans.reminding.due import OWING
from mvi_portal.core.contributions import ListFilter
from mvi_portal.core.finding import telling
from signatories.models import Kind, Organisation, Signatory, Signature
from signatories.models.organisations import on_day

COVERED = "plan__coverages__signature__signatories__organisation"
WITHIN = [("30", "binnen 30 dagen"), ("90", "binnen 90 dagen")]
LAST = "laatste"  # version
DUE = [("ja", "eerste termijn afgelopen"), ("nee", "eerste termijn loopt nog")]


def with_plan_in_state(rows: QuerySet[Organisation], state: str, on: date) -> QuerySet[Organisation]:
    """Organisations that stand on the day under a signature whose plan is in that state."""
    signatures = by_clock(Signature.objects.all(), "plan_state", on=on).filter(plan_state=state)
    under = Signatory.objects.filter(on_day(on), signature__in=list(signatures.values_list("pk", flat=True)))
    return rows.filter(pk__in=under.values("organisation"))


# Before it signs, an organisation stands under no signature
BY_PLAN = ListFilter(
    "Actieplan",
    [(state.value, str(state.label)) for state in PlanState if state is not PlanState.NOT_SIGNED],
    with_plan_in_state,
)


def organisations(text: str) -> Any:
    return Organisation.objects.search(text).values("pk")


class PlanFilter(django_filters.FilterSet):
    """Of signatures, by their clock on the day."""

    zoek = django_filters.CharFilter(label="Zoek", help_text="Naam van een organisatie", method="search")
    soort = django_filters.ChoiceFilter(
        label="Soort", choices=Kind.choices, empty_label="alle", method="of_kind"
    )
    stand = django_filters.ChoiceFilter(
        label="Stand", choices=PlanState.choices, empty_label="alle", method="in_state"
    )
    verwacht = django_filters.ChoiceFilter(
        label="Termijn", choices=DUE, empty_label="alle", method="expected"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        under = Signatory.objects.filter(organisation__in=organisations(text))
        return queryset.filter(pk__in=under.values("signature"))

    def of_kind(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        under = Signatory.objects.filter(organisation__kind=kind)
        return queryset.filter(pk__in=under.values("signature"))

    def in_state(self, queryset: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return by_clock(queryset, "plan_state", on=self.on).filter(plan_state=state)

    def expected(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        """Of signatures in force: whether the first due date, delays aside, is on or before the day."""
        in_force = queryset.filter(pk__in=Signature.objects.in_force(on=self.on).values("pk"))
        held = by_clock(in_force, "due_on", on=self.on)
        return held.filter(due_on__lte=self.on) if answer == "ja" else held.filter(due_on__gt=self.on)


class TermFilter(PlanFilter):
    """Of signatures that owe a plan, by their clock on the day."""

    stand = django_filters.ChoiceFilter(
        label="Stand",
        choices=[(state.value, state.label) for state in OWING],
        empty_label="alle",
        method="in_state",
    )
    bekend = django_filters.ChoiceFilter(
        label="Laatste bericht", choices=Answer.choices, empty_label="alle", method="known"
    )
    binnen = django_filters.ChoiceFilter(
        label="Termijn loopt af", choices=WITHIN, empty_label="alle", method="soon"
    )
    verwacht = None

    def known(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        return by_clock(queryset, "plan_answer", on=self.on).filter(plan_answer=answer)

    def soon(self, queryset: QuerySet[Any], _name: str, days: str) -> QuerySet[Any]:
        """Within so many days from the day; what has passed is not soon."""
        ending = by_clock(queryset, "term_ends_on", on=self.on)
        return ending.filter(term_ends_on__range=(self.on, self.on + timedelta(days=int(days))))


class EvaluationFilter(django_filters.FilterSet):
    """Of evaluations with their state on the day."""

    zoek = django_filters.CharFilter(
        label="Zoek", help_text="Naam van een organisatie of van het plan", method="search"
    )
    ronde = django_filters.ModelChoiceFilter(
        label="Ronde",
        field_name="round",
        queryset=EvaluationRound.objects.all(),
        to_field_name="slug",
        empty_label="alle",
    )
    stand = django_filters.ChoiceFilter(
        label="Stand", field_name="state_on_day", choices=EvaluationState.choices, empty_label="alle"
    )
    versie = django_filters.ChoiceFilter(
        label="Versie", choices=[(LAST, "laatste gepubliceerde")], empty_label="alle", method="last"
    )
    soort = django_filters.ChoiceFilter(
        label="Soort organisatie", choices=Kind.choices, empty_label="alle", method="of_kind"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on

    def last(self, queryset: QuerySet[Any], _name: str, _asked: str) -> QuerySet[Any]:
        """Of each plan in each round one: what was corrected gives way, so that the rows are the figure."""
        return queryset.filter(pk__in=Evaluation.objects.current(on=self.on).values("pk"))

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        covered = queryset.filter(**{f"{COVERED}__in": organisations(text)})
        titled = telling(ActionPlan.objects.all(), text, "title")
        return queryset.filter(Q(pk__in=covered.values("pk")) | Q(plan__in=titled.values("pk")))

    def of_kind(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        covered = queryset.filter(**{f"{COVERED}__kind": kind})
        return queryset.filter(pk__in=covered.values("pk"))


class RubricFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text="Naam van het kader", method="search")
    stand = django_filters.ChoiceFilter(
        label="Stand",
        choices=[("open", "in opbouw"), ("gepubliceerd", "gepubliceerd")],
        empty_label="alle",
        method="in_state",
    )

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return telling(queryset, text, "name")

    def in_state(self, queryset: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return queryset.filter(published_on__isnull=state == "open")
