"""What the reminders can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from actionplans.filters import organisations
from actionplans.models import ReminderKind, ReminderStand
from actionplans.models.reminders import OPEN
from signatories.models import Signatory

WAITING = "klaargezet"  # what the board shows: with somebody to write to, or without
STANDS = [(WAITING, "wacht op uw besluit"), *ReminderStand.choices]


class ReminderFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text="Naam van een organisatie", method="search")
    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=ReminderKind.choices, empty_label="alle"
    )
    stand = django_filters.ChoiceFilter(label="Stand", method="standing", choices=STANDS, empty_label="alle")

    def search(self, queryset: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        under = Signatory.objects.filter(organisation__in=organisations(text))
        return queryset.filter(signature__in=under.values("signature"))

    def standing(self, queryset: QuerySet[Any], _name: str, answer: str) -> QuerySet[Any]:
        return queryset.filter(stand__in=OPEN if answer == WAITING else [answer])
