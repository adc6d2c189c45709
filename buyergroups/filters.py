"""How the list of buyer groups is searched and narrowed."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from buyergroups.models import BuyerGroup, Sector
from buyergroups.models.phases import PhaseKind
from mvi_portal.core.dates import DayField
from mvi_portal.core.finding import telling
from mvi_portal.core.reference import on_of

ACTIVE = (("ja", "Alleen groepen die nu bezig zijn"), ("nee", "Alleen groepen die niet bezig zijn"))
GROUPED = (("fase", "Per fase"), ("sector", "Per sector"))


class DayFilter(filters.Filter):
    field_class = DayField


class BuyerGroupFilter(filters.FilterSet):
    """Needs the request: a phase, and being at work, are told at its reference date."""

    zoek = filters.CharFilter(label="Zoek op naam of productgroep", method="search")
    sector = filters.ChoiceFilter(label="Sector", choices=Sector.choices, empty_label="Alle sectoren")
    fase = filters.ChoiceFilter(
        label="Fase op de peildatum",
        field_name="phase_kind",
        choices=PhaseKind.choices,
        empty_label="Alle fasen",
    )
    actief = filters.ChoiceFilter(
        label="Bezig op de peildatum", choices=ACTIVE, method="at_work", empty_label="Alle groepen"
    )
    sinds = DayFilter(label="Gestart op of na", method="started_since")
    groepeer = filters.ChoiceFilter(
        label="Groepeer", choices=GROUPED, method="as_it_is", empty_label="Niet groeperen"
    )

    class Meta:
        model = BuyerGroup
        fields: list[str] = []

    def search(self, groups: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        return telling(groups, words, "name", "product_group", "description")

    def at_work(self, groups: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        active = Q(pk__in=BuyerGroup.objects.active(on=on_of(self.request)).values("pk"))
        return groups.filter(active if value == "ja" else ~active)

    def started_since(self, groups: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        """Up to and including the reference date, as the figure counts them."""
        started = BuyerGroup.objects.started(since=day, on=on_of(self.request))
        return groups.filter(pk__in=started.values("pk"))

    def as_it_is(self, groups: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """How rows are laid out is the page's; none of them goes."""
        return groups
