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
    FilteredRelation,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject

from actionplans.models.evaluations import Evaluation
from actionplans.models.plans import PlanVersion
from actionplans.models.terms import Answer, Inquiry, still_holds
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
        asked = signature.plan_asked
        return cls(
            state=PlanState(signature.plan_state),
            due_on=signature.due_on,
            ends_on=signature.term_ends_on,
            delayed_until=_partial(signature.delayed_until, signature.delayed_until_precision),
            received_on=_dated(signature.plan_received),
            evaluated_on=_dated(signature.plan_evaluated),
            asked_on=date.fromisoformat(asked["day"]) if asked else None,
            answer=Answer(asked["answer"]) if asked else Answer.UNKNOWN,
        )

    @property
    def is_known(self) -> bool:
        """There is a plan, or somebody asked lately and got an answer. Otherwise: not known."""
        return self.received_on is not None or self.answer != Answer.UNKNOWN


def clock_of(signature: Signature, *, on: date) -> Clock:
    """The clock of one signature; for many, read `Clock.of` from `with_clock`."""
    return Clock.of(with_clock(Signature.objects.filter(pk=signature.pk), on=on).get())


def with_clock(signatures: QuerySet[Signature], *, on: date) -> QuerySet[Any]:
    """Annotate the clock as it stood on the day: what `Clock.of` reads.

    Of these `plan_state` (PlanState), `due_on` and `term_ends_on` are there to be read as well; to filter and
    to sort on, there is all that `by_clock` names.
    """
    shown = {name: F(name) for name in ("due_on", "term_ends_on", "plan_state")}
    found: QuerySet[Any] = by_clock(signatures, on=on).annotate(
        **shown,
        delayed_until=F("told_delay__until"),
        delayed_until_precision=F("told_delay__until_precision"),
        plan_received=_first(_received(on), day="received_on", precision="received_on_precision"),
        plan_evaluated=_first(_evaluated(on), day="evaluated_on", precision="evaluated_on_precision"),
        plan_asked=_first(_asked(on), day="asked_on", answer=_answer(on)),
    )
    return found


def by_clock(signatures: QuerySet[Signature], *, on: date) -> QuerySet[Any]:
    """To filter and to sort on, without working out a clock that nobody reads.

    Dates: `due_on`, `term_ends_on`, `plan_received_on`, `plan_evaluated_on` and `last_asked_on`; beside these
    `plan_state` (PlanState) and `plan_answer` (Answer).
    """
    told = FilteredRelation("delay", condition=Q(delay__announced_on__lte=on))  # at most one
    return (
        signatures.alias(told_delay=told)
        .alias(due_on=first_due_on())
        .alias(
            term_ends_on=Greatest("due_on", "told_delay__until", output_field=DateField()),
            plan_received_on=_day(_received(on), "received_on"),
            plan_evaluated_on=_day(_evaluated(on), "evaluated_on"),
            last_asked_on=_day(_asked(on), "asked_on"),
            plan_answer=Coalesce(Subquery(_asked(on).values_list(_answer(on))[:1]), Value(Answer.UNKNOWN)),
        )
        .alias(plan_state=_state(on))
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


def _received(on: date) -> QuerySet[Any]:
    """The versions of the plans that stand for the signature of the outer query, the first in front."""
    found: QuerySet[Any] = received_versions().received(on=on).order_by("received_on", "number")
    return found


def _evaluations() -> Any:
    return Evaluation.objects.filter(plan__coverages__signature=OuterRef("pk"))


def _evaluated(on: date) -> QuerySet[Any]:
    """The published evaluations of those plans, the last in front."""
    found: QuerySet[Any] = _evaluations().evaluated(on=on).order_by("-evaluated_on")
    return found


def _asked(on: date) -> QuerySet[Inquiry]:
    """What was asked about the plan, the last in front."""
    return Inquiry.objects.filter(signature=OuterRef("pk"), asked_on__lte=on).order_by("-asked_on")


def _state(on: date) -> Case:
    """The first that holds. A signature that no longer counts owes nothing, whatever it handed in.

    Each fact is asked once: what an expression names, PostgreSQL works out again wherever it stands.
    """
    owed = Case(
        When(term_ends_on__lt=on, then=Value(PlanState.OVERDUE)),
        When(told_delay__until__isnull=False, then=Value(PlanState.DELAYED)),
        default=Value(PlanState.RUNNING),
    )
    return Case(
        When(signed_on__gt=on, then=Value(PlanState.NOT_SIGNED)),
        When(withdrawn_on__lte=on, then=Value(PlanState.WITHDRAWN)),
        When(manifest__ended_on__lte=on, then=Value(PlanState.ENDED)),
        When(~Exists(received_versions().received(on=on)), then=owed),
        When(Exists(_evaluations().evaluated(on=on)), then=Value(PlanState.EVALUATED)),
        When(Exists(_evaluations().filter(started_on__lte=on)), then=Value(PlanState.IN_EVALUATION)),
        default=Value(PlanState.RECEIVED),
        output_field=CharField(),
    )


def _answer(on: date) -> Case:
    """What was answered, while it holds; unknown when that is too long ago."""
    return Case(
        When(still_holds("asked_on", on), then=F("answer")),
        default=Value(Answer.UNKNOWN),
        output_field=CharField(),
    )


def _day(rows: QuerySet[Any], field: str) -> Subquery:
    """The date of the first of the rows."""
    return Subquery(rows.values(field)[:1], output_field=DateField())


def _first(rows: QuerySet[Any], **fields: Any) -> Subquery:
    """Fields of the first of the rows, together: a subquery for each would look it up again for each."""
    return Subquery(rows.values_list(JSONObject(**fields))[:1], output_field=JSONField())


def _partial(day: date | None, precision: str) -> PartialDate | None:
    return PartialDate(day, Precision(precision or Precision.DAY)) if day else None


def _dated(fact: dict[str, str] | None) -> PartialDate | None:
    return _partial(date.fromisoformat(fact["day"]), fact["precision"]) if fact else None
