"""The plan's clock: where a signature stands, on a day, with the action plan that it owes.

Everything is derived from dates, in one place and in SQL, so that a page, a list that is filtered on it, and
a figure cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

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
from django.db.models.lookups import IsNull

from actionplans.models.evaluations import Evaluation
from actionplans.models.plans import PlanCoverage, PlanVersion
from actionplans.models.terms import Answer, Inquiry, still_holds
from mvi_portal.core.dates import PartialDate, Precision
from mvi_portal.core.prepared import Prepared
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

    @classmethod
    def told(cls, values: Iterable[Any]) -> Clock:
        """From the values of the annotations that `CLOCK` names."""
        return cls.of(_Told(*values))

    @property
    def is_known(self) -> bool:
        """There is a plan, or somebody asked lately and got an answer. Otherwise: not known."""
        return self.received_on is not None or self.answer != Answer.UNKNOWN


def clock_of(signature: Signature, *, on: date) -> Clock:
    """The clock of one signature."""
    return clocks([signature.pk], on=on)[signature.pk]


def clocks(keys: Iterable[int], *, on: date) -> dict[int, Clock]:
    """The clocks of the signatures with these keys: what `with_clock` tells, at less cost."""
    return {key: Clock.told(told) for key, *told in _CLOCKS.rows(keys, on)}


def with_clock(signatures: QuerySet[Signature], *, on: date) -> QuerySet[Any]:
    """Annotate the clock as it stood on the day: what `Clock.of` reads.

    Of these `plan_state` (PlanState), `due_on` and `term_ends_on` are there to be read as well. It asks one
    signature after the other; to filter and to sort on, see `by_clock`.
    """
    found: QuerySet[Any] = by_clock(signatures, "term_ends_on", on=on).annotate(
        due_on=F("due_on"),
        term_ends_on=F("term_ends_on"),
        plan_state=_state(on, has=_has_one),
        delayed_until=F("told_delay__until"),
        delayed_until_precision=F("told_delay__until_precision"),
        plan_received=first_of(_received(on), day="received_on", precision="received_on_precision"),
        plan_evaluated=first_of(_evaluated(on), day="evaluated_on", precision="evaluated_on_precision"),
        plan_asked=first_of(_asked(on), day="asked_on", answer=_answer(on)),
    )
    return found


def by_clock(signatures: QuerySet[Any], *names: str, on: date) -> QuerySet[Any]:
    """To filter and to sort on these facts, without working out the clock of who is not shown.

    Dates: `due_on`, `term_ends_on`, `plan_received_on`, `plan_evaluated_on` and `last_asked_on`; beside these
    `plan_state` (PlanState) and `plan_answer` (Answer). Other names, and what is there, are passed over.
    """
    found = _by_term(signatures, on) if _OF_TERM & {*names} else signatures
    wanted = [name for name in names if name in _FACTS and name not in found.query.annotations]
    named: QuerySet[Any] = found.alias(**{name: _FACTS[name](on) for name in wanted})
    return named


def _by_term(signatures: QuerySet[Any], on: date) -> QuerySet[Any]:
    """With the delay as it was told by the day: there is at most one, so that it is a join."""
    if "term_ends_on" in signatures.query.annotations:
        return signatures
    told = FilteredRelation("delay", condition=Q(delay__announced_on__lte=on))
    due = signatures.alias(told_delay=told, due_on=first_due_on())
    ends_on = Greatest("due_on", "told_delay__until", output_field=DateField())
    found: QuerySet[Any] = due.alias(term_ends_on=ends_on)
    return found


def owing_a_plan(signatures: SignatureQuerySet, *, on: date) -> SignatureQuerySet:
    """Those that owe a plan on the day: in force, and without one that was received.

    What `plan_state` of the clock tells as well; asked so, no clock has to be worked out for the others.
    """
    received = PlanVersion.objects.received(on=on).values("plan")
    covered = PlanCoverage.objects.filter(signature=OuterRef("pk"), plan__in=received)
    return signatures.in_force(on=on).filter(~Exists(covered))


def _versions() -> Any:
    """The versions of the plans that stand for the signature of the outer query."""
    return PlanVersion.objects.filter(plan__coverages__signature=OuterRef("pk"))


def first_due_on() -> Cast:
    """The day on or before which the plan is due, delays aside: signing, and the Manifest's term."""
    return add_months(F("signed_on"), F("manifest__plan_term_months"))


def _received(on: date) -> QuerySet[Any]:
    """The versions of the plans that stand for the signature of the outer query, the first in front."""
    found: QuerySet[Any] = _versions().received(on=on).order_by("received_on", "number")
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


def _state(on: date, has: Callable[[QuerySet[Any]], Any] = Exists) -> Case:
    """The first that holds. A signature that no longer counts owes nothing, whatever it handed in.

    Each fact is asked once: what an expression names, PostgreSQL works out again wherever it stands. `has` is
    how it is asked: of many signatures, or of each.
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
        When(~Q(has(_versions().received(on=on))), then=owed),
        When(Q(has(_evaluations().evaluated(on=on))), then=Value(PlanState.EVALUATED)),
        When(Q(has(_evaluations().filter(started_on__lte=on))), then=Value(PlanState.IN_EVALUATION)),
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


def _has_one(rows: QuerySet[Any]) -> IsNull:
    """For a few signatures: for EXISTS PostgreSQL would first gather all that have one."""
    return IsNull(Subquery(rows.values("pk")[:1]), rhs=False)


def first_of(rows: QuerySet[Any], **fields: Any) -> Subquery:
    """Fields of the first of the rows, together: a subquery for each would look it up again for each."""
    return Subquery(rows.values_list(JSONObject(**fields))[:1], output_field=JSONField())


def _partial(day: date | None, precision: str) -> PartialDate | None:
    return PartialDate(day, Precision(precision or Precision.DAY)) if day else None


def _dated(fact: dict[str, str] | None) -> PartialDate | None:
    return _partial(date.fromisoformat(fact["day"]), fact["precision"]) if fact else None


_OF_TERM = {"due_on", "term_ends_on", "plan_state"}
_FACTS: dict[str, Callable[[date], Any]] = {
    "plan_received_on": lambda on: _day(_received(on), "received_on"),
    "plan_evaluated_on": lambda on: _day(_evaluated(on), "evaluated_on"),
    "last_asked_on": lambda on: _day(_asked(on), "asked_on"),
    "plan_answer": lambda on: Coalesce(
        Subquery(_asked(on).values_list(_answer(on))[:1]), Value(Answer.UNKNOWN)
    ),
    "plan_state": _state,
}


class _Told(NamedTuple):
    """A row of `with_clock`, for `Clock.of`."""

    plan_state: str
    due_on: date
    term_ends_on: date
    delayed_until: date | None
    delayed_until_precision: str
    plan_received: dict[str, str] | None
    plan_evaluated: dict[str, str] | None
    plan_asked: dict[str, str] | None


CLOCK = _Told._fields
_CLOCKS = Prepared(
    lambda those, on: with_clock(Signature.objects.filter(those("pk")).order_by(), on=on).values_list(
        "pk", *CLOCK
    )
)
