"""What the list of letters can be narrowed by."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from mvi_portal.core.finding import telling
from reports.models import Letter, LetterState


class LetterFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text="Een woord uit het onderwerp", method="search")
    toestand = django_filters.ChoiceFilter(
        label="Stand", field_name="state", choices=LetterState.choices, empty_label="alle"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Letter]) -> None:
        super().__init__(data, queryset)

    def search(self, queryset: QuerySet[Letter], _name: str, text: str) -> QuerySet[Letter]:
        return telling(queryset, text, "title")
