"""Where action plans go when organisations merge: along with their signature, and perhaps to another one.

A plan belongs to a signature, so it goes along with it. When the successor also signed in its own right, it
owes a plan for that signature too; the secretariat says whether the predecessor's plan stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from actionplans.models import ActionPlan, PlanCoverage
from mvi_portal.accounts.models import User
from signatories.models import Signatory, Signature, Succession
from signatories.succeeding import Part, Question

NO, YES = "nee", "ja"


@dataclass(frozen=True)
class Meeting:
    """A plan of the predecessor, and a signature that the successor stands under in its own right."""

    plan: ActionPlan
    signature: Signature
    successor: str

    @property
    def key(self) -> str:
        return f"{self.plan.pk}-{self.signature.pk}"


def tell(successions: Sequence[Succession]) -> list[str]:
    """Each plan once."""
    plans = {plan.pk: plan.title for item in successions for plan in _plans(item)}
    return [
        f"Het actieplan ‘{title}’ hoort bij een handtekening en gaat mee met die handtekening."
        for title in plans.values()
    ]


def ask(successions: Sequence[Succession]) -> list[Question]:
    return [
        Question(
            meeting.key,
            f"Geldt het actieplan ‘{meeting.plan.title}’ ook voor de eigen handtekening van "
            f"{meeting.successor} van {meeting.signature.signed_on}?",
            (
                (NO, "Nee, voor die handtekening komt een eigen plan"),
                (YES, "Ja, het plan geldt ook daarvoor"),
            ),
        )
        for meeting in _meetings(successions)
    ]


def carry(successions: Sequence[Succession], answers: Mapping[str, str], _by: User) -> None:
    """Inside the history of the decision."""
    for meeting in _meetings(successions):
        if answers.get(meeting.key) == YES:
            PlanCoverage.objects.get_or_create(plan=meeting.plan, signature=meeting.signature)


def _plans(succession: Succession) -> list[ActionPlan]:
    """Of the signatures that the predecessor stood under on the eve."""
    under = Signatory.objects.in_force(on=succession.eve).filter(organisation=succession.predecessor)
    found = ActionPlan.objects.filter(coverages__signature__in=under.values("signature"))
    return list(found.distinct().order_by("slug"))


def _meetings(successions: Sequence[Succession]) -> Iterator[Meeting]:
    for item in successions:
        name = getattr(item, "after", item.successor.key)
        own = Signature.objects.in_force(on=item.on).filter(
            pk__in=Signatory.objects.in_force(on=item.on)
            .filter(organisation=item.successor, via=None)
            .values("signature")
        )
        for plan in _plans(item):
            for signature in own.exclude(coverages__plan=plan).order_by("signed_on", "pk"):
                yield Meeting(plan, signature, name)


PART = Part(tell, ask, carry)
