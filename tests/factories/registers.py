"""Whole registers at once: as many signatories as asked for, in a handful of queries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from signatories.models import Kind, Manifest, Organisation, OrganisationName, Signatory, Signature
from tests.factories.signatories import ManifestFactory

OPENED_ON = date(2022, 11, 24)


def municipalities(
    count: int, *, first: int = 1, signed_on: date = OPENED_ON, manifest: Manifest | None = None
) -> None:
    """So many municipalities, each with a name and a signature of its own."""
    manifest = manifest or Manifest.objects.first() or ManifestFactory()
    numbers = range(first, first + count)
    organisations = Organisation.objects.bulk_create(
        Organisation(key=f"voorbeeld-{n:04}", kind=Kind.MUNICIPALITY) for n in numbers
    )
    OrganisationName.objects.bulk_create(
        OrganisationName(
            organisation=item,
            name=f"Voorbeeldgemeente {n:04}",
            name_with_kind=f"gemeente Voorbeeldgemeente {n:04}",
            sort_name=f"Voorbeeldgemeente {n:04}",
        )
        for n, item in zip(numbers, organisations, strict=True)
    )
    signatures = Signature.objects.bulk_create(
        Signature(manifest=manifest, slug=item.key, signed_on=signed_on) for item in organisations
    )
    Signatory.objects.bulk_create(
        Signatory(signature=signature, organisation=item)
        for signature, item in zip(signatures, organisations, strict=True)
    )


def plans(of: Collection[str] | None = None) -> None:
    """A plan for each signature, or those with these slugs, received a year after it was signed."""
    rows = Signature.objects.all() if of is None else Signature.objects.filter(slug__in=of)
    signatures = list(rows.order_by("slug"))
    made = ActionPlan.objects.bulk_create(
        ActionPlan(slug=f"plan-{item.slug}", title=f"Actieplan van {item.slug}") for item in signatures
    )
    pairs = list(zip(made, signatures, strict=True))
    PlanCoverage.objects.bulk_create(PlanCoverage(plan=plan, signature=item) for plan, item in pairs)
    PlanVersion.objects.bulk_create(
        PlanVersion(plan=plan, number=1, received_on=item.signed_on.last_day + timedelta(days=365))
        for plan, item in pairs
    )
