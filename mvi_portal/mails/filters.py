"""What the outbox can be narrowed by."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from mvi_portal.mails.models import Mail, State


class MailFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(
        label="Zoek", help_text="Onderwerp, naam of e-mailadres", method="search"
    )
    stand = django_filters.ChoiceFilter(
        label="Stand", field_name="state", choices=State.choices, empty_label="alle"
    )

    def search(self, queryset: QuerySet[Mail], _name: str, text: str) -> QuerySet[Mail]:
        found = Q()
        for field in ("subject", "recipient", "recipient_name"):
            found |= Q(**{f"{field}__icontains": text})
        return queryset.filter(found)
