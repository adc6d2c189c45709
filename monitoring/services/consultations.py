"""Around a consultation: its decisions become agreements, and a sheet is printed for at the table."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from monitoring.models import (
    Commitment,
    CommitmentKind,
    CommitmentParty,
    CommitmentSide,
    Consultation,
    ConsultationDecision,
)
from mvi_portal.accounts.models import User
from mvi_portal.core.enumerating import enumerated
from mvi_portal.core.slugs import free_slug
from mvi_portal.history import history
from mvi_portal.jobs.models import Job, JobQuerySet
from mvi_portal.jobs.services import enqueue

SHEET = "consultation.sheet"
NEEDED = "Een afspraak heeft een eigenaar en een uiterste datum."


@transaction.atomic
def agree(*, decision: ConsultationDecision, by: User) -> Commitment:
    """The decision as an agreement, given by who took part, on the day of the consultation.

    Raises ValidationError when it is one already, or when nobody is to see to it by a date.
    """
    locked = ConsultationDecision.objects.select_for_update(of=("self",)).select_related("consultation")
    found = locked.get(pk=decision.pk)
    if found.agreement_id is not None:
        raise ValidationError("Dit besluit is al vastgelegd als afspraak.")
    needed = {"eigenaar": found.owner_id, "uiterste datum": found.due_on}
    if lacking := [what for what, given in needed.items() if not given]:
        raise ValidationError(f"{NEEDED} Vul bij het besluit eerst in: {enumerated(lacking)}.")
    with history(by=by, action="decision.agreed"):
        agreement = _agreement(found)
        found.agreement = agreement
        found.save(update_fields=["agreement"])
    return agreement


def _agreement(decision: ConsultationDecision) -> Commitment:
    held = decision.consultation
    made = Commitment(
        slug=free_slug(Commitment.objects.all(), f"{held.slug}-{decision.number}"),
        kind=CommitmentKind.AGREEMENT,
        text=decision.text,
        made_on=held.held_on,
        citation=held.citation,
        source=f"Besluit {decision.number} van {held.title}"[:300],
        owner=decision.owner,
        due_on=decision.due_on,
        line=held.line,
        is_demo=decision.is_demo,
    )
    made.full_clean()
    made.save()
    givers = held.participants.order_by("organisation").values_list("organisation", flat=True).distinct()
    for organisation in givers:
        CommitmentParty.objects.create(
            commitment=made,
            side=CommitmentSide.GIVER,
            organisation_id=organisation,
            is_demo=decision.is_demo,
        )
    return made


def request_sheet(*, consultation: Consultation, by: User) -> Job:
    """A meeting sheet for who asks; one that is under way is as good."""
    payload = {"consultation": consultation.pk}
    waiting = sheets_of(consultation, by).open().first()
    return waiting or enqueue(kind=SHEET, payload=payload, by=by)


def sheets_of(consultation: Consultation, by: User) -> JobQuerySet:
    """What somebody asked for, the latest first: each sees only the own ones."""
    mine = Job.objects.filter(kind=SHEET, by=by, payload__consultation=consultation.pk)
    return mine.order_by("-created_at", "-pk")
