"""What the list of accounts can be narrowed by."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from mvi_portal.accounts.models import Role, State, User, UserQuerySet


class AccountFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text="Naam of e-mailadres", method="search")
    rol = django_filters.ChoiceFilter(
        label="Rol", field_name="role", choices=Role.choices, empty_label="alle"
    )
    toegang = django_filters.ChoiceFilter(
        label="Toegang", choices=State.choices, empty_label="alle", method="in_state"
    )

    def search(self, queryset: UserQuerySet, _name: str, text: str) -> QuerySet[User]:
        return queryset.like(text)

    def in_state(self, queryset: UserQuerySet, _name: str, state: str) -> QuerySet[User]:
        return queryset.in_state(State(state))
