"""Signatures: one act by one office; signatories: the organisations under it, each with its own dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.expressions import Combinable

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, Scope, scope
from mvi_portal.core.dates import PartialDateField, PrecisionField
from mvi_portal.core.models import Fact
from mvi_portal.core.spans import Period, daterange, in_all, on_all, ordered
from mvi_portal.history import tracked
from signatories.models.manifest import Manifest
from signatories.models.offices import Office
from signatories.models.organisations import (
    Kind,
    NearestName,
    Organisation,
    named_on,
    names_on_day,
)
from signatories.models.successions import Succession


def signature_periods(prefix: str = "") -> list[Period]:
    """When a signature is in force.

    From its own date; no longer on the day of withdrawal, nor from the day the Manifest was ended.
    """
    return [
        Period(f"{prefix}signed_on", f"{prefix}withdrawn_on", before=True),
        Period(None, f"{prefix}manifest__ended_on", before=True),
    ]


def signature_span() -> Combinable:
    """The days on which a signature is in force, as SQL."""
    return in_all(signature_periods())


class SignatureQuerySet(models.QuerySet["Signature"]):
    def with_span(self) -> Self:
        """Annotate `span`: the days on which the signature is in force."""
        return self.annotate(span=signature_span())

    def with_state(self, *, on: date) -> Self:
        """Annotate `is_in_force`: whether it counts on the day."""
        in_force = Case(When(span__contains=on, then=True), default=False)
        return self.with_span().annotate(is_in_force=in_force)

    def in_force(self, *, on: date) -> Self:
        """Signed on or before the day, not withdrawn by then, under a Manifest not ended."""
        return self.filter(on_all(signature_periods(), on))

    def visible_to(self, user: User, *, on: date) -> Self:
        """All, or those under which stands an organisation of the user's own."""
        if scope(user, Action.READ) is Scope.YES:
            return self
        seen = Signatory.objects.visible_to(user, on=on)
        return self.filter(pk__in=seen.values("signature"))


@tracked()
class Signature(Fact):
    """One act: an office signs the Manifest on a day, for one or more organisations."""

    manifest = models.ForeignKey(
        Manifest, verbose_name="manifest", on_delete=models.PROTECT, related_name="signatures"
    )
    slug = models.SlugField(
        "sleutel", max_length=80, help_text="Eigen sleutel binnen het manifest, bijvoorbeeld mnre1034."
    )
    number = models.PositiveIntegerField(
        "nummer in de Staatscourant", null=True, blank=True, help_text="Alleen als het bekend is."
    )
    office = models.ForeignKey(
        Office,
        verbose_name="ambt dat tekende",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
    )
    signed_on = PartialDateField("ondertekend op", precision_field="signed_on_precision")
    signed_on_precision = PrecisionField("nauwkeurigheid ondertekening")
    withdrawn_on = models.DateField("ingetrokken op", null=True, blank=True)
    citation = models.CharField("vindplaats", max_length=200, blank=True)
    organisations: models.ManyToManyField[Organisation, Signatory] = models.ManyToManyField(
        Organisation, through="Signatory", verbose_name="organisaties", related_name="signatures"
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        ordering = ["manifest", "signed_on", "slug"]
        constraints = [
            ordered("signature", "signed_on", "withdrawn_on"),
            models.UniqueConstraint(
                fields=["manifest", "slug"],
                name="signature_slug_once",
                violation_error_message="Deze handtekening staat al onder het manifest.",
            ),
            models.UniqueConstraint(
                fields=["manifest", "number"],
                name="signature_number_once",
                violation_error_message="Dit nummer heeft al een handtekening onder dit manifest.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manifest}: {self.slug}"

    @property
    def natural(self) -> str:
        """Needs `manifest` loaded."""
        return f"{self.manifest.slug}:{self.slug}"


# when an organisation stands under its signature: from its own from until its own until, while it exists
PRESENCE = (
    Period("valid_from", "valid_until"),
    Period("organisation__valid_from", "organisation__valid_until"),
)


def signatory_periods() -> list[Period]:
    """When an organisation is a signatory in force.

    Its own from and until, while its signature is in force, and while the organisation exists.
    """
    return [*signature_periods("signature__"), *PRESENCE]


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def of_kind(self, *kinds: Kind) -> Self:
        return self.filter(organisation__kind__in=kinds)

    def with_span(self) -> Self:
        """Annotate `span`: the days on which the organisation is a signatory in force."""
        return self.annotate(span=in_all(signatory_periods()))

    def with_state(self, *, on: date) -> Self:
        """Annotate `is_in_force`: whether it counts on the day."""
        in_force = Case(When(span__contains=on, then=True), default=False)
        return self.with_span().annotate(is_in_force=in_force)

    def in_force(self, *, on: date) -> Self:
        return self.filter(on_all(signatory_periods(), on))

    def present(self, *, on: date) -> Self:
        """Those in force, of signatures that are: it asks nothing of the signatures."""
        return self.filter(on_all(PRESENCE, on))

    def visible_to(self, user: User, *, on: date) -> Self:
        if scope(user, Action.READ) is Scope.YES:
            return self
        return self.filter(organisation__in=Organisation.objects.visible_to(user, on=on))

    def with_name(self, *, on: date, fields: Iterable[str] = ("name", "sort_name")) -> Self:
        """Annotate `name_on_day` and `sort_name_on_day`, or others of its fields."""
        called = names_on_day("organisation", fields, on)
        return self.annotate(named=named_on("organisation__names", on)).annotate(**called)

    def with_via(self, *, on: date) -> Self:
        """Annotate `via_on_day`: the predecessor that it came from, by its name of the day."""
        return self.annotate(via_on_day=NearestName("via__predecessor", on))


@tracked()
class Signatory(Fact):
    """An organisation under a signature, from a day until another.

    A confirmed succession stands here as a row of the successor (`via`), so that counting never has to
    follow chains.
    """

    signature = models.ForeignKey(
        Signature, verbose_name="handtekening", on_delete=models.CASCADE, related_name="signatories"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisatie", on_delete=models.PROTECT, related_name="signatory_rows"
    )
    valid_from = models.DateField("vanaf", null=True, blank=True, help_text="Leeg: vanaf de ondertekening.")
    valid_until = models.DateField("tot en met", null=True, blank=True)
    via = models.ForeignKey(
        Succession,
        verbose_name="door opvolging",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatories",
    )

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = "ondertekenaar"
        verbose_name_plural = "ondertekenaars"
        ordering = ["signature", "organisation__key"]
        constraints = [
            ordered("signatory"),
            ExclusionConstraint(
                name="signatory_no_overlap",
                expressions=[
                    ("signature", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (daterange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze organisatie valt in deze periode al onder de handtekening.",
            ),
            models.CheckConstraint(
                condition=Q(via__isnull=True) | Q(valid_from__isnull=False),
                name="signatory_via_has_start",
                violation_error_message="Een opvolger ondertekent vanaf een dag: vul die in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.signature})"

    @property
    def natural(self) -> str:
        """Needs `organisation` loaded."""
        return self.organisation.key
