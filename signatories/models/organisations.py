"""Organisations by their code, with the names that they bore and what they went over into."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q, Value
from django.db.models.functions import Coalesce, Concat, Upper

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.models import Fact
from mvi_portal.core.search import Plain
from mvi_portal.core.spans import Period, daterange, ordered
from mvi_portal.history import tracked


class Kind(models.TextChoices):
    """The categories of the Manifest, and the others that have a part in the plan."""

    MINISTRY = "ministry", "ministerie"
    PROVINCE = "province", "provincie"
    MUNICIPALITY = "municipality", "gemeente"
    WATER_AUTHORITY = "water_authority", "waterschap"
    OTHER = "other", "overige (semi)overheidsorganisatie"
    UMBRELLA = "umbrella", "koepelorganisatie"
    AGENCY = "agency", "uitvoeringsorganisatie"
    BUSINESS = "business", "organisatie van het bedrijfsleven"


def on_day(day: date, *, start: str = "valid_from", end: str = "valid_until") -> Q:
    """Rows that hold on `day`; an empty end is open."""
    return Period(start, end).holds(day)


def reach(user: User, action: Action, *paths: str, on: date) -> Q:
    """Rows that the user's right reaches: all, those of the own organisations, or none.

    `paths` lead to an organisation; one that matches is enough. `on` is the day of the right, so today and
    never the reference date of a page: who may no longer act, does not get back in by an older day. Over a
    path to many rows the condition repeats rows; filter on their keys.
    """
    right = scope(user, action)
    if right is not Scope.OWN:
        return Q() if right is Scope.YES else Q(pk__in=[])
    acting = on_day(on, start="representatives__valid_from", end="representatives__valid_until")
    own = Organisation.objects.filter(acting, representatives__user=user).values("pk")
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{path}__in": own})
    return condition


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of_kind(self, kind: Kind) -> Self:
        return self.filter(kind=kind)

    def existing(self, *, on: date) -> Self:
        """Founded on or before the day, and not ended before it."""
        return self.filter(on_day(on))

    def visible_to(self, user: User, *, on: date) -> Self:
        """What the user may read on a day: today, for a page; never the day that the reader chooses."""
        return self.filter(reach(user, Action.READ, "pk", on=on))

    def search(self, text: str) -> Self:
        """By name, former name, alias or code, as typed; annotates `found_as` and `closeness`."""
        from signatories.models import finding  # it asks aliases, which lean on us

        return cast("Self", finding.search(self, text))

    def with_province(self, *, on: date) -> Self:
        """Annotate `province_on_day`: the name of the province."""
        return self.annotate(province_on_day=NearestName("province", on))

    def with_name(self, *, on: date, fields: Iterable[str] = ("name", "sort_name")) -> Self:
        """Annotate `name_on_day` and `sort_name_on_day`, or others of its fields.

        Before its first or after its last known name an organisation goes by the nearest one.
        """
        return self.annotate(named=named_on("names", on)).annotate(**names_on_day("pk", fields, on))


def named_on(path: str, on: date) -> FilteredRelation:
    """A join, to be annotated as `named`, to the name of the day: there is at most one, says a constraint."""
    held = on_day(on, start=f"{path}__valid_from", end=f"{path}__valid_until")
    return FilteredRelation(path, condition=held)


class NearestName(Func):
    """A field of what an organisation is called on a day, as `nearest()` finds it: a lookup for each row.

    `organisation` leads to the organisation's key.
    """

    function = "mvi_nearest_name"
    arity = 2
    template = "(%(function)s(%(expressions)s)).%(column)s"
    output_field = models.CharField()

    def __init__(self, organisation: str | F, on: date, field: str = "name") -> None:
        super().__init__(organisation, Value(on, models.DateField()), column=field)


def names_on_day(organisation: str, fields: Iterable[str], on: date) -> dict[str, Coalesce]:
    """Fields of the name that was joined, as `name_on_day`; a day without one takes the nearest.

    To find the nearest costs more than the join.
    """
    return {
        f"{field}_on_day": Coalesce(F(f"named__{field}"), NearestName(organisation, on, field))
        for field in fields
    }


@tracked()
class Organisation(Fact):
    """A public body or another party. The key is its TOOI code; without one, a key of our own."""

    key = models.CharField("sleutel", max_length=60, unique=True, help_text="TOOI-code, of een eigen sleutel")
    is_tooi = models.BooleanField("TOOI-code", default=False)
    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    province = models.ForeignKey(
        "self",
        verbose_name="provincie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inhabitants",
        limit_choices_to={"kind": Kind.PROVINCE},
    )
    valid_from = models.DateField("bestaat vanaf", null=True, blank=True)
    valid_until = models.DateField("bestaat tot en met", null=True, blank=True)
    kvk = models.CharField("KvK-nummer", max_length=8, blank=True)
    rsin = models.CharField("RSIN", max_length=9, blank=True)
    oin = models.CharField("OIN", max_length=20, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["key"]
        constraints = [
            ordered("organisation"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="organisation_kind_known",
                violation_error_message="Deze soort organisatie bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(is_tooi=False) | Q(key__regex=r"^(gm|pv|ws|mnre|so|oorg|zbo?)[0-9]+$"),
                name="organisation_tooi_code_form",
                violation_error_message="Dit is geen TOOI-code. Een code is bijvoorbeeld gm0363 of mnre1034.",
            ),
            models.CheckConstraint(
                condition=~(Q(is_demo=True) & Q(is_tooi=True)),
                name="organisation_demo_without_tooi",
                violation_error_message="Een verzonnen organisatie krijgt nooit een TOOI-code.",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "key"], name="organisation_kind"),
            models.Index(Upper("key"), name="organisation_key_upper"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def natural(self) -> str:
        return self.key

    def name_on(self, day: date) -> OrganisationName:
        """The name of that day; the nearest one outside the known names.

        Raises OrganisationName.DoesNotExist for an organisation without any name.
        """
        name = self.names.nearest(on=day).first()
        if name is None:
            raise OrganisationName.DoesNotExist(f"Organisatie {self.key} heeft geen naam.")
        return name


def searched() -> Plain:
    """All that a name is found by, as the index holds it."""
    return Plain(Concat("name", Value(" "), "name_with_kind", Value(" "), "abbreviation"))


class OrganisationNameQuerySet(models.QuerySet["OrganisationName"]):
    def on(self, day: date) -> Self:
        return self.filter(on_day(day))

    def nearest(self, *, on: date) -> Self:
        """The name of the day first; then the latest before it; then the first after it."""
        rank = models.Case(
            models.When(on_day(on), then=0),
            models.When(valid_until__lt=on, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        latest_first = models.Case(models.When(valid_until__lt=on, then=F("valid_until")), default=None)
        return self.annotate(_rank=rank, _past=latest_first).order_by(
            "_rank", F("_past").desc(nulls_last=True), F("valid_from").asc(nulls_first=True)
        )


@tracked()
class OrganisationName(Fact):
    """What an organisation was called from a day up to and including another."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField("naam", max_length=200)
    name_with_kind = models.CharField("naam met soort", max_length=250)
    sort_name = models.CharField("sorteernaam", max_length=200)
    abbreviation = models.CharField("afkorting", max_length=40, blank=True)
    valid_from = models.DateField("geldt vanaf", null=True, blank=True)
    valid_until = models.DateField("geldt tot en met", null=True, blank=True)

    objects = OrganisationNameQuerySet.as_manager()

    class Meta:
        verbose_name = "naam van een organisatie"
        verbose_name_plural = "namen van organisaties"
        ordering = ["sort_name", "valid_from"]
        constraints = [
            ordered("organisationname"),
            ExclusionConstraint(
                name="organisationname_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    (daterange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In deze periode heeft de organisatie al een andere naam.",
            ),
        ]
        indexes = [
            GinIndex(OpClass(searched(), name="gin_trgm_ops"), name="organisationname_search"),
            GinIndex(OpClass(Plain(F("name")), name="gin_trgm_ops"), name="organisationname_bare"),
        ]

    def __str__(self) -> str:
        return self.name
