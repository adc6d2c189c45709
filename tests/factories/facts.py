"""What a register holds beside its signatories, in proportion to them: in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle, product

from django.utils import timezone

from actionplans.models import ActionPlan, Evaluation, PlanCoverage, PlanVersion
from buyergroups.models import BuyerGroup, Output, Participation, Phase, Sector
from monitoring.models import (
    Activity,
    Commitment,
    CommitmentParty,
    CommitmentStep,
    EntryState,
    ProgressEntry,
    ProgressRequest,
    ProgressRound,
)
from mvi_portal.core import statistics
from signatories.models import Domain, Organisation, OrganisationName, Signatory, Signature
from tests.factories import registers
from tests.factories.actionplans import EVALUATED_ON, RubricFactory
from tests.factories.monitoring import OfficerFactory, PolicyLineFactory, ProgressRoundFactory

BEGAN_ON, PUBLISHED_ON = date(2021, 3, 1), date(2024, 6, 30)
MADE_ON = date(2024, 6, 12)
ASKED_ON = date(2024, 12, 1)
LINES = 4
TABLES = (
    *(Organisation, OrganisationName, Signature, Signatory),
    *(ActionPlan, PlanCoverage, PlanVersion, Evaluation),
    *(BuyerGroup, Phase, Participation, Output, Commitment, CommitmentStep, CommitmentParty),
    *(Activity, ProgressRequest, ProgressEntry),
)


def asked_round() -> ProgressRound:
    """A round that asks about four lines; `grow` makes it ask more organisations."""
    made: ProgressRound = ProgressRoundFactory(asked_on=ASKED_ON)
    PolicyLineFactory.create_batch(LINES, frame=made.frame)
    return made


def grow(asked: ProgressRound, *, first: int, last: int) -> None:
    """From so many municipalities to so many: each signed and has a plan, one of ten plans is evaluated.

    One of ten owns an activity and a promise, one of twenty began a buyer group with four others, and one of
    fifty is asked in the round, and answered. One of each at least, and a group in each sector.
    """
    registers.municipalities(last - first, first=first + 1)
    keys = [f"voorbeeld-{n:04}" for n in range(first + 1, last + 1)]
    bodies = list(Organisation.objects.filter(key__in=keys).order_by("key"))
    registers.plans(keys)
    evaluations(keys[::10])
    groups(bodies)
    promises(bodies[::10], asked)
    answers(bodies[::50], asked)
    statistics.refresh(*TABLES)


def evaluations(signatures: Sequence[str]) -> None:
    """Published, of the plans for these signatures."""
    rubric = RubricFactory.published()
    versions = PlanVersion.objects.filter(plan__signatures__slug__in=signatures)
    Evaluation.objects.bulk_create(
        Evaluation(
            version=item,
            plan_id=item.plan_id,
            rubric=rubric,
            evaluated_on=EVALUATED_ON,
            published_on=PUBLISHED_ON,
        )
        for item in versions
    )


def groups(bodies: Sequence[Organisation]) -> None:
    """Of twenty, or fewer where there would not be one in each sector; each with a phase and a result."""
    sectors, size = cycle(Sector), min(20, max(1, len(bodies) // len(Sector)))
    made = BuyerGroup.objects.bulk_create(
        BuyerGroup(
            slug=f"voorbeeldgroep-{body.key}",
            name=f"Voorbeeldgroep {body.key}",
            sector=next(sectors),
            domain=Domain.PHYSICAL,
            started_on=BEGAN_ON,
        )
        for body in bodies[::size]
    )
    Phase.objects.bulk_create(
        Phase(group=group, kind=Phase.Kind.START, valid_from=BEGAN_ON) for group in made
    )
    Participation.objects.bulk_create(
        Participation(group=group, organisation=body, role=Participation.Role.CORE)
        for group, some in zip(made, _parts(bodies, size), strict=True)
        for body in some[:5]
    )
    Output.objects.bulk_create(
        Output(group=group, kind=Output.Kind.MARKET_VISION, title="Marktvisie", published_on=date(2022, 5, 1))
        for group in made
    )


def promises(bodies: Sequence[Organisation], asked: ProgressRound) -> None:
    """Of each a promise that was kept, and an activity for the first line."""
    line = asked.frame.lines.order_by("order")[0]
    made = Commitment.objects.bulk_create(
        Commitment(
            slug=f"toezegging-{body.key}",
            kind=Commitment.Kind.COMMITMENT,
            text="De Kamer krijgt een voorbeeld.",
            made_on=MADE_ON,
            source="Verslag",
            owner=body,
            line=line,
        )
        for body in bodies
    )
    CommitmentStep.objects.bulk_create(
        CommitmentStep(
            commitment=item,
            status=Commitment.Status.MET,
            since=date(2025, 1, 31),
            evidence="De brief is verzonden.",
        )
        for item in made
    )
    CommitmentParty.objects.bulk_create(
        CommitmentParty(commitment=item, side=CommitmentParty.Side.GIVER, organisation=body)
        for item, body in zip(made, bodies, strict=True)
    )
    Activity.objects.bulk_create(
        Activity(
            slug=f"voorbeeld-{body.key}", line=line, owner=body, title="Een voorbeeld", started_on=MADE_ON
        )
        for body in bodies
    )


def answers(bodies: Sequence[Organisation], asked: ProgressRound) -> None:
    """These are asked, and handed in an answer on each line."""
    by, now = OfficerFactory(), timezone.now()
    ProgressRequest.objects.bulk_create(ProgressRequest(round=asked, organisation=body) for body in bodies)
    ProgressEntry.objects.bulk_create(
        ProgressEntry(
            round=asked,
            organisation=body,
            line=line,
            text="<p>Er is een voorbeeld gemaakt.</p>",
            state=EntryState.SUBMITTED,
            submitted_at=now,
            submitted_by=by,
        )
        for body, line in product(bodies, asked.frame.lines.all())
    )


def _parts(bodies: Sequence[Organisation], size: int) -> Iterator[Sequence[Organisation]]:
    return (bodies[start : start + size] for start in range(0, len(bodies), size))
