"""The plan's clock: where a signature stands, on a day, with the action plan that it owes.

Everything is derived from dates, in one place and in SQL, so that a page, a list that is filtered on it, and
a figure cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest

from actionplans.models.evaluations import Evaluation
from actionplans.models.plans import PlanVersion
from actionplans.models.terms import Answer, Delay, Inquiry, still_holds
from mvi_portal.core.dates import PartialDate, Precision
from mvi_portal.core.spans import add_months
from signatories.models import Signature
from signatories.models.signatures import SignatureQuerySet


class PlanState(TextChoices):
    """Where a signature stands with its plan. Every signature has exactly one, on every day."""

    NOT_SIGNED = "not-signed", "nog niet ondertekend"
    RUNNING = "running", "termijn loopt"
    DELAYED = "delayed", "uitstel gemeld"
    OVERDUE = "overdue", "termijn verstreken"
    RECEIVED = "received", "ingediend"
    IN_EVALUATION = "in-evaluation", "in evaluatie"
    EVALUATED = "evaluated", "geëvalueerd"
    WITHDRAWN = "withdrawn", "ingetrokken"
    ENDED = "ended", "manifest beëindigd"


@dataclass(frozen=True)
class Clock:
    """The clock of one signature, read on a day: nothing that happened later is in it."""

    state: PlanState
    due_on: date  # signing, and the Manifest's term
    ends_on: date  # the due date, or the date that was announced when that is later
    delayed_until: PartialDate | None
    received_on: PartialDate | None  # the first version of a plan that stands for the signature
    evaluated_on: PartialDate | None  # the last published evaluation of such a plan
    asked_on: date | None
    answer: Answer  # what is known of a plan that was not received

    @classmethod
    def of(cls, signature: Any) -> Clock:
        """From a signature that carries the annotations of `with_clock`."""
        return cls(
            state=PlanState(signature.plan_state),
            due_on=signature.due_on,
            ends_on=signature.term_ends_on,
            delayed_until=_partial(signature, "delayed_until"),
            received_on=_partial(signature, "plan_received_on"),
            evaluated_on=_partial(signature, "plan_evaluated_on"),
            asked_on=signature.last_asked_on,
            answer=Answer(signature.plan_answer),
        )

    @property
    def is_known(self) -> bool:
        """There is a plan, or somebody asked lately and got an answer. Otherwise: not known."""
        return self.received_on is not None or self.answer != Answer.UNKNOWN


def clock_of(signature: Signature, *, on: date) -> Clock:
    """The clock of one signature; for many, read `Clock.of` from `with_clock`."""
    return Clock.of(with_clock(Signature.objects.filter(pk=signature.pk), on=on).get())


def with_clock(signatures: QuerySet[Signature], *, on: date) -> QuerySet[Any]:
    """Annotate the clock as it stood on the day.

    Dates: `due_on`, `term_ends_on`, `delayed_until`, `plan_received_on`, `plan_evaluated_on` and
    `last_asked_on`; beside these `plan_state` (PlanState) and `plan_answer` (Answer), to filter on.
    """
    received = received_versions().received(on=on).order_by("received_on", "number")
    evaluations = Evaluation.objects.filter(plan__coverages__signature=OuterRef("pk"))
    evaluated = evaluations.evaluated(on=on).order_by("-evaluated_on")
    delay = Delay.objects.filter(signature=OuterRef("pk"), announced_on__lte=on)
    asked = Inquiry.objects.filter(signature=OuterRef("pk"), asked_on__lte=on).order_by("-asked_on")
    return signatures.annotate(
        due_on=first_due_on(),
        **_dated("plan_received_on", received, "received_on"),
        **_dated("plan_evaluated_on", evaluated, "evaluated_on"),
        **_dated("delayed_until", delay, "until"),
        last_asked_on=Subquery(asked.values("asked_on")[:1]),
        in_evaluation=Exists(evaluations.filter(started_on__lte=on)),
    ).annotate(
        term_ends_on=Greatest("due_on", "delayed_until"),
        plan_answer=_answer(Subquery(asked.values("answer")[:1]), on),
        plan_state=_state(on),
    )


def owing_a_plan(signatures: SignatureQuerySet, *, on: date) -> SignatureQuerySet:
    """Those that owe a plan on the day: in force, and without one that was received.

    What `plan_state` of the clock tells as well; asked so, no clock has to be worked out for the others.
    """
    return signatures.in_force(on=on).filter(~Exists(received_versions().received(on=on)))


def received_versions() -> Any:
    """The versions of the plans that stand for the signature of the outer query."""
    return PlanVersion.objects.filter(plan__coverages__signature=OuterRef("pk"))


def first_due_on() -> Cast:
    """The day on or before which the plan is due, delays aside: signing, and the Manifest's term."""
    return add_months(F("signed_on"), F("manifest__plan_term_months"))


def _state(on: date) -> Case:
    """The first that holds. A signature that no longer counts owes nothing, whatever it handed in."""
    return Case(
        When(signed_on__gt=on, then=Value(PlanState.NOT_SIGNED)),
        When(withdrawn_on__lte=on, then=Value(PlanState.WITHDRAWN)),
        When(manifest__ended_on__lte=on, then=Value(PlanState.ENDED)),
        When(Q(plan_received_on=None, term_ends_on__lt=on), then=Value(PlanState.OVERDUE)),
        When(Q(plan_received_on=None, delayed_until__isnull=False), then=Value(PlanState.DELAYED)),
        When(plan_received_on=None, then=Value(PlanState.RUNNING)),
        When(plan_evaluated_on__isnull=False, then=Value(PlanState.EVALUATED)),
        When(in_evaluation=True, then=Value(PlanState.IN_EVALUATION)),
        default=Value(PlanState.RECEIVED),
        output_field=CharField(),
    )


def _answer(last: Subquery, on: date) -> Case:
    """The last answer while it holds; unknown when nobody asked, or too long ago."""
    return Case(
        When(still_holds("last_asked_on", on), then=last),
        default=Value(Answer.UNKNOWN),
        output_field=CharField(),
    )


def _dated(name: str, rows: QuerySet[Any], field: str) -> dict[str, Subquery]:
    """The date of the first of the rows, and how precise it is."""
    return {
        name: Subquery(rows.values(field)[:1], output_field=DateField()),
        f"{name}_precision": Subquery(rows.values(f"{field}_precision")[:1]),
    }


def _partial(signature: Any, name: str) -> PartialDate | None:
    day = getattr(signature, name)
    return PartialDate(day, getattr(signature, f"{name}_precision") or Precision.DAY) if day else None
