"""What the list of somebody's files is narrowed with."""

from __future__ import annotations

import django_filters

from mvi_portal.jobs.models import State


class JobFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", field_name="title", lookup_expr="icontains")
    stand = django_filters.ChoiceFilter(
        label="Stand", field_name="state", choices=State.choices, empty_label="alle"
    )
