"""What the lists of rounds, and of the plans that could come into one, can be narrowed by."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict

from actionplans.filters import organisations
from actionplans.models import ActionPlan, Evaluation, PlanCoverage, PlanState, PlanVersion
from mvi_portal.core.dates import DayField
from mvi_portal.core.finding import telling
from signatories.filters import provinces
from signatories.models import Kind, Organisation, Signatory

STATES = [
    (PlanState.RECEIVED.value, "ontvangen, nog niet geëvalueerd"),
    (PlanState.IN_EVALUATION.value, "in evaluatie"),
    (PlanState.EVALUATED.value, "al eerder geëvalueerd"),
]


class RoundFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text="Naam van de ronde", method="search")
    stand = django_filters.ChoiceFilter(
        label="Stand",
        choices=[(state, state) for state in ("gepland", "loopt", "afgesloten")],
        empty_label="alle",
        method="in_state",
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return telling(queryset, text, "name")

    def in_state(self, queryset: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        closed, begun = Q(closed_on__lte=self.on), Q(starts_on__lte=self.on) | Q(starts_on__isnull=True)
        is_open = ~closed | Q(closed_on__isnull=True)
        states = {
            "afgesloten": closed,
            "loopt": is_open & begun,
            "gepland": is_open & Q(starts_on__gt=self.on),
        }
        return queryset.filter(states[state])


class RoundPlanFilter(django_filters.FilterSet):
    """Of plans that could come into a round, as they are today."""

    zoek = django_filters.CharFilter(
        label="Zoek", help_text="Naam van een organisatie of van het plan", method="search"
    )
    stand = django_filters.ChoiceFilter(label="Stand", choices=STATES, empty_label="alle", method="in_state")
    soort = django_filters.ChoiceFilter(
        label="Soort organisatie", choices=Kind.choices, empty_label="alle", method="of_kind"
    )
    provincie = django_filters.ChoiceFilter(label="Provincie", empty_label="alle", method="in_province")
    tot = django_filters.CharFilter(
        label="Ontvangen tot en met", help_text="Bijvoorbeeld 1 april 2024", method="received_by"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on
        self.filters["provincie"].extra["choices"] = provinces(on)
        self.form.fields["tot"] = DayField(
            label="Ontvangen tot en met", help_text="Bijvoorbeeld 1 april 2024.", required=False
        )

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        titled = telling(ActionPlan.objects.all(), text, "title")
        return queryset.filter(
            Q(pk__in=_covering(organisation__in=organisations(text))) | Q(pk__in=titled.values("pk"))
        )

    def in_state(self, queryset: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """Of the plan itself, so also once its Manifest has ended."""
        done = Evaluation.objects.evaluated(on=self.on).values("plan")
        if state == PlanState.EVALUATED:
            return queryset.filter(pk__in=done)
        begun = Evaluation.objects.unfinished().filter(started_on__lte=self.on).values("plan")
        waiting = queryset.exclude(pk__in=done)
        return (
            waiting.filter(pk__in=begun)
            if state == PlanState.IN_EVALUATION
            else waiting.exclude(pk__in=begun)
        )

    def of_kind(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=_covering(organisation__kind=kind))

    def in_province(self, queryset: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        """Of a municipality in the province, or of the province itself."""
        inside = Organisation.objects.filter(Q(province__key=key) | Q(key=key)).values("pk")
        return queryset.filter(pk__in=_covering(organisation__in=inside))

    def received_by(self, queryset: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return queryset.filter(pk__in=PlanVersion.objects.received(on=day).values("plan"))


def _covering(**organisation: Any) -> Any:
    """The plans that stand for a signatory with these facts."""
    under = Signatory.objects.filter(**organisation).values("signature")
    return PlanCoverage.objects.filter(signature__in=under).values("plan")
