"""The register at 10, 400 and 4,000 organisations: queries of a letter, and a five-year monthly series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from bench.scratch import promise, seconds
from mvi_portal.core.dates import reference_dates
from mvi_portal.core.figures import registry
from reports import content
from reports.models import Letter
from signatories.models import Kind, Manifest, Organisation, OrganisationName, Signatory, Signature

NAME = "voortgangsbrief-2025"
SIZES = (10, 400, 4_000)
FIRST, LAST = date(2020, 1, 31), date(2025, 1, 31)
GEMEENTEN = "ondertekenaars.gemeenten"


def measure() -> bool:
    """True when a letter takes the same number of queries at every size, and a series is one query."""
    letter = Letter.objects.get(slug=NAME)
    manifest = Manifest.objects.create(slug="bench", name="Bench", opened_on=FIRST)
    counts, times = [], []
    for size in SIZES:
        grow(manifest, size)
        with CaptureQueriesContext(connection) as queries:
            content.gather(letter.pk, on=letter.reference_date)
        counts.append(len(queries))
        times.append(seconds(months, times=3))
    text = ", ".join(f"{size:,}: {count}" for size, count in zip(SIZES, counts, strict=True))
    ratio = times[-1] / times[1]
    with CaptureQueriesContext(connection) as queries:
        points = months()
    return all(
        [
            promise(f"queries of a letter by organisations: {text}", holds=len(set(counts)) == 1),
            promise(f"a series of {points} months: {len(queries)} query, {times[-1]:.2f} s at {SIZES[-1]:,} "
                    f"organisations, {ratio:.1f} times that at {SIZES[1]:,}", holds=len(queries) == 1),
        ]
    )  # fmt: skip


def months() -> int:
    """Five years, month by month."""
    return len(registry.get(GEMEENTEN).series(reference_dates(FIRST, LAST)))


def grow(manifest: Manifest, size: int) -> None:
    """Up to `size` municipalities that signed, one a day; every other one sent a plan a year later."""
    have = Organisation.objects.filter(key__startswith="bench-").count()
    bodies = Organisation.objects.bulk_create(
        Organisation(key=f"bench-{number}", kind=Kind.MUNICIPALITY, is_demo=True)
        for number in range(have, size)
    )
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=body, name=body.key, name_with_kind=body.key, sort_name=body.key)
        for body in bodies
    )
    acts = Signature.objects.bulk_create(
        Signature(manifest=manifest, slug=body.key, signed_on=FIRST + timedelta(days=number % 1_800))
        for number, body in enumerate(bodies)
    )
    Signatory.objects.bulk_create(
        Signatory(signature=act, organisation=body) for act, body in zip(acts, bodies, strict=True)
    )
    plans(acts[::2])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself, some time after so many new rows


def plans(acts: Sequence[Signature]) -> None:
    made = ActionPlan.objects.bulk_create(
        ActionPlan(slug=act.slug, title=f"Actieplan van {act.slug}", is_demo=True) for act in acts
    )
    pairs = list(zip(made, acts, strict=True))
    PlanCoverage.objects.bulk_create(PlanCoverage(plan=plan, signature=act) for plan, act in pairs)
    PlanVersion.objects.bulk_create(
        PlanVersion(plan=plan, number=1, received_on=act.signed_on.last_day + timedelta(days=365))
        for plan, act in pairs
    )
