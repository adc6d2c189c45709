"""The register at 10, 400 and 4,000 organisations: queries of a letter, and a five-year monthly series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from bench.scratch import promise, seconds
from buyergroups.models import BuyerGroup, Participation, Phase
from buyergroups.models.groups import Sector
from buyergroups.models.participations import ParticipationRole
from buyergroups.models.phases import PhaseKind
from monitoring.models import (
    Commitment,
    CommitmentKind,
    EntryState,
    ProgressEntry,
    ProgressRequest,
    ProgressRound,
)
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import reference_dates
from mvi_portal.core.figures import registry
from reports import content
from reports.models import Letter
from signatories.models import Domain, Kind, Manifest, Organisation, OrganisationName, Signatory, Signature

NAME = "voortgangsbrief-2025"
SIZES = (10, 400, 4_000)
FIRST, LAST = date(2020, 1, 31), date(2025, 1, 31)
GEMEENTEN = "ondertekenaars.gemeenten"
ROUND = "voortgang-2025"  # of the demonstration
TOLD = "<p>Wij kochten circulaire stoelen.</p>"


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
    """Up to `size` municipalities that signed, one a day, with what else is known of as many.

    Every other one sent a plan a year later, one in twenty began a buyer group, and of one in fifty there is
    progress in the round that is open and a promise.
    """
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
    groups(bodies[::20])
    around(bodies[::50])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself, some time after so many new rows


def groups(bodies: Sequence[Organisation]) -> None:
    """Each with two phases, and an organisation that takes part."""
    began = FIRST + timedelta(days=365)
    made = BuyerGroup.objects.bulk_create(
        BuyerGroup(
            slug=body.key,
            name=f"Buyer group {body.key}",
            sector=Sector.BUILDING,
            domain=Domain.PHYSICAL,
            started_on=FIRST,
            is_demo=True,
        )
        for body in bodies
    )
    Phase.objects.bulk_create(
        Phase(group=group, kind=kind, valid_from=start, valid_until=end)
        for group in made
        for kind, start, end in (
            (PhaseKind.START, FIRST, began - timedelta(days=1)),
            (PhaseKind.MARKET, began, None),
        )
    )
    Participation.objects.bulk_create(
        Participation(group=group, organisation=body, role=ParticipationRole.CORE, valid_from=FIRST)
        for group, body in zip(made, bodies, strict=True)
    )


def around(bodies: Sequence[Organisation]) -> None:
    """Asked in the round that the board shows, with an answer; and a promise, that a search finds."""
    asked = ProgressRound.objects.get(slug=ROUND)
    line, by = asked.frame.lines.order_by("order")[0], User.objects.order_by("pk")[0]
    ProgressRequest.objects.bulk_create(
        ProgressRequest(round=asked, organisation=body, is_demo=True) for body in bodies
    )
    now = timezone.now()
    ProgressEntry.objects.bulk_create(
        ProgressEntry(
            organisation=body,
            line=line,
            round=asked,
            text=TOLD,
            state=EntryState.ACCEPTED,
            submitted_at=now,
            submitted_by=by,
            accepted_at=now,
            accepted_by=by,
            is_demo=True,
        )
        for body in bodies
    )
    Commitment.objects.bulk_create(
        Commitment(
            slug=body.key,
            kind=CommitmentKind.COMMITMENT,
            text=f"{body.key} koopt circulaire stoelen",
            made_on=FIRST,
            source="bench",
            owner=body,
            is_demo=True,
        )
        for body in bodies
    )


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
