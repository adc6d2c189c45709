"""What the lists of line A can be narrowed by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.contributions import ListFilter, list_filters
from mvi_portal.core.finding import telling
from signatories.models import Contact, Kind, Manifest, Organisation, Representative, Signatory
from signatories.models.organisations import NearestName, OrganisationQuerySet, on_day
from signatories.models.signatures import SignatoryQuerySet

SIGNED = [("ja", "ondertekend"), ("nee", "niet ondertekend")]
ACTING = [("nu", "nu"), ("eerder", "eerder")]
CHECKED = [("ja", "in het afgelopen jaar"), ("nee", "langer geleden of nog niet")]
A_YEAR = timedelta(days=365)
AGAIN = [("ja", "ja"), ("nee", "nog niet")]
EXISTING = [("alle", "ook eerder of later")]
FOUND_BY = "Naam, vroegere naam, roepnaam, afkorting of code"


def provinces(on: date) -> list[tuple[str, str]]:
    found = Organisation.objects.of_kind(Kind.PROVINCE).existing(on=on)
    named: QuerySet[Any] = found.annotate(name_on_day=NearestName("pk", on)).order_by("name_on_day")
    return list(named.values_list("key", "name_on_day"))


class OrganisationFilter(django_filters.FilterSet):
    """Filters the organisations that exist on the day, unless asked for all."""

    zoek = django_filters.CharFilter(label="Zoek", help_text=FOUND_BY, method="search")
    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=Kind.choices, empty_label="alle"
    )
    provincie = django_filters.ChoiceFilter(label="Provincie", field_name="province__key", empty_label="alle")
    ondertekend = django_filters.ChoiceFilter(
        label="Manifest", choices=SIGNED, empty_label="alle", method="signed"
    )
    bestaat = django_filters.ChoiceFilter(
        label="Bestaat", choices=EXISTING, empty_label="op de peildatum", method="everything"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Organisation], *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on
        self.filters["provincie"].extra["choices"] = provinces(on)
        for word, item in list_filters.named():
            self._add(word, item)

    def _add(self, word: str, item: ListFilter) -> None:
        """What another app knows to narrow by."""
        added = django_filters.ChoiceFilter(
            label=item.label,
            field_name=word,
            choices=item.choices,
            empty_label="alle",
            method=lambda rows, _name, answer: item.narrow(rows, answer, self.on),
        )
        added.parent, added.model = self, Organisation
        self.filters[word] = added

    def filter_queryset(self, queryset: OrganisationQuerySet) -> OrganisationQuerySet:
        found = cast("OrganisationQuerySet", super().filter_queryset(queryset))
        return found if self.form.cleaned_data.get("bestaat") else found.existing(on=self.on)

    def search(self, queryset: OrganisationQuerySet, _name: str, text: str) -> OrganisationQuerySet:
        return queryset.search(text)

    def signed(self, queryset: OrganisationQuerySet, _name: str, answer: str) -> OrganisationQuerySet:
        exists = Exists(Signatory.objects.in_force(on=self.on).filter(organisation=OuterRef("pk")))
        return queryset.filter(exists if answer == "ja" else ~exists)

    def everything(self, queryset: OrganisationQuerySet, *_given: Any) -> OrganisationQuerySet:
        return queryset


class SignatoryFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", help_text=FOUND_BY, method="search")
    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="organisation__kind", choices=Kind.choices, empty_label="alle"
    )

    def search(self, queryset: SignatoryQuerySet, _name: str, text: str) -> SignatoryQuerySet:
        return queryset.filter(organisation__in=Organisation.objects.search(text).values("pk"))


class RepresentativeFilter(django_filters.FilterSet):
    """Narrows by name of somebody or of an organisation, and by whether it holds today."""

    zoek = django_filters.CharFilter(
        label="Zoek", help_text="Naam of e-mailadres, of de organisatie", method="search"
    )
    handelt = django_filters.ChoiceFilter(
        label="Handelt", choices=ACTING, empty_label="nu, eerder of later", method="acting"
    )

    def search(self, queryset: QuerySet[Representative], _name: str, text: str) -> QuerySet[Representative]:
        people = User.objects.get_queryset().like(text)
        found = Organisation.objects.search(text)
        return queryset.filter(Q(user__in=people) | Q(organisation__in=found.values("pk")))

    def acting(self, queryset: QuerySet[Representative], _name: str, answer: str) -> QuerySet[Representative]:
        today = timezone.localdate()
        if answer == "nu":
            return queryset.filter(on_day(today))
        return queryset.filter(valid_until__lt=today)


class ContactFilter(django_filters.FilterSet):
    """Narrows by organisation or person, and by whether they were looked at within a year."""

    zoek = django_filters.CharFilter(
        label="Zoek", help_text="Naam of e-mailadres, of de organisatie", method="search"
    )
    nagekeken = django_filters.ChoiceFilter(
        label="Nagekeken", choices=CHECKED, empty_label="alle", method="checked"
    )

    def search(self, queryset: QuerySet[Contact], _name: str, text: str) -> QuerySet[Contact]:
        found = Organisation.objects.search(text)
        named = telling(Contact.objects.all(), text, "name")
        # An address has to be as typed: most addresses are nearly alike in what stands behind their @
        by_name = Q(pk__in=named.values("pk")) | Q(email__icontains=text)
        return queryset.filter(by_name | Q(organisation__in=found.values("pk")))

    def checked(self, queryset: QuerySet[Contact], _name: str, answer: str) -> QuerySet[Contact]:
        recent = Q(checked_on__gte=timezone.localdate() - A_YEAR)
        return queryset.filter(recent if answer == "ja" else ~recent | Q(checked_on__isnull=True))


class ManifestFilter(django_filters.FilterSet):
    zoek = django_filters.CharFilter(label="Zoek", method="search")

    def search(self, queryset: QuerySet[Manifest], _name: str, text: str) -> QuerySet[Manifest]:
        return telling(queryset, text, "name")


class SignedAgainFilter(django_filters.FilterSet):
    """Narrows who signed the Manifest before by kind, and by whether they signed again."""

    zoek = django_filters.CharFilter(label="Zoek", help_text=FOUND_BY, method="search")
    soort = django_filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=Kind.choices, empty_label="alle"
    )
    opnieuw = django_filters.ChoiceFilter(
        label="Tekende opnieuw", choices=AGAIN, empty_label="alle", method="again"
    )

    def search(self, queryset: OrganisationQuerySet, _name: str, text: str) -> OrganisationQuerySet:
        return queryset.search(text)

    def again(self, queryset: OrganisationQuerySet, _name: str, answer: str) -> OrganisationQuerySet:
        return queryset.filter(Q(("is_again", answer == "ja")))
