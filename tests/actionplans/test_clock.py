"""The plan's clock: what a signature's state is on a day, and what is known about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateField, Value
from django.test.utils import CaptureQueriesContext

from actionplans.models import Answer, Clock, PlanState, clock_of, owing_a_plan, with_clock
from actionplans.reminding.due import OWING
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.spans import add_months
from signatories.models import Manifest, Signature
from tests.factories.actionplans import (
    ActionPlanFactory,
    DelayFactory,
    EvaluationFactory,
    InquiryFactory,
    PlanVersionFactory,
)
from tests.factories.signatories import ManifestFactory, SignatureFactory

pytestmark = pytest.mark.django_db

SIGNED = date(2022, 11, 24)
DUE = date(2023, 11, 24)
LATE = date(2023, 11, 25)


@pytest.fixture
def signature() -> Signature:
    return SignatureFactory(signed_on=SIGNED)


def received(signature: Signature, on: Any) -> Any:
    return PlanVersionFactory(plan=ActionPlanFactory.covering(signature), received_on=on)


def state(signature: Signature, on: date) -> PlanState:
    return clock_of(signature, on=on).state


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2022, 11, 24), 12, date(2023, 11, 24)),
        (date(2022, 1, 31), 12, date(2023, 1, 31)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(
    day: date, months: int, later: date, signature: Signature
) -> None:
    moved = add_months(Value(day, output_field=DateField()), Value(months))
    assert Signature.objects.values_list(moved, flat=True).get() == later


def test_the_due_date_is_the_signing_and_the_term_of_the_manifest() -> None:
    manifest = ManifestFactory(plan_term_months=6)
    signature = SignatureFactory(manifest=manifest, signed_on=PartialDate.month(2023, 8))
    clock = clock_of(signature, on=SIGNED)
    assert clock.due_on == clock.ends_on == date(2024, 2, 29)


def test_the_term_runs_up_to_and_including_the_due_date(signature: Signature) -> None:
    assert state(signature, date(2022, 11, 23)) == PlanState.NOT_SIGNED
    assert state(signature, SIGNED) == PlanState.RUNNING
    assert state(signature, DUE) == PlanState.RUNNING
    assert state(signature, LATE) == PlanState.OVERDUE


def test_a_delay_counts_from_the_day_that_it_was_announced(signature: Signature) -> None:
    DelayFactory(signature=signature, announced_on=date(2023, 12, 10), until=PartialDate.month(2024, 2))
    assert state(signature, date(2023, 12, 9)) == PlanState.OVERDUE
    assert state(signature, date(2023, 12, 10)) == PlanState.DELAYED
    assert state(signature, date(2024, 2, 29)) == PlanState.DELAYED
    assert state(signature, date(2024, 3, 1)) == PlanState.OVERDUE
    assert clock_of(signature, on=date(2023, 12, 9)).delayed_until is None
    assert str(clock_of(signature, on=date(2023, 12, 10)).delayed_until) == "februari 2024"


def test_a_delay_never_shortens_the_term(signature: Signature) -> None:
    DelayFactory(signature=signature, announced_on=date(2023, 1, 1), until=date(2023, 6, 1))
    assert clock_of(signature, on=date(2023, 7, 1)).ends_on == DUE
    assert state(signature, DUE) == PlanState.DELAYED
    assert state(signature, LATE) == PlanState.OVERDUE


def test_a_plan_ends_the_waiting_on_its_day(signature: Signature) -> None:
    received(signature, PartialDate.month(2023, 12))
    assert state(signature, date(2023, 12, 30)) == PlanState.OVERDUE
    clock = clock_of(signature, on=date(2023, 12, 31))
    assert (clock.state, str(clock.received_on)) == (PlanState.RECEIVED, "december 2023")


def test_a_plan_received_before_the_signing_counts(signature: Signature) -> None:
    received(signature, date(2022, 1, 1))
    assert state(signature, SIGNED) == PlanState.RECEIVED


def test_a_regional_plan_ends_the_waiting_of_each_signature() -> None:
    signatures = SignatureFactory.create_batch(2)
    other = SignatureFactory()
    PlanVersionFactory(plan=ActionPlanFactory.covering(*signatures), received_on=DUE)
    assert [state(item, LATE) for item in signatures] == [PlanState.RECEIVED] * 2
    assert state(other, LATE) == PlanState.OVERDUE


def test_the_first_version_of_the_first_plan_counts(signature: Signature) -> None:
    received(signature, date(2023, 10, 2))
    version = received(signature, date(2023, 10, 1))
    PlanVersionFactory(plan=version.plan, received_on=date(2023, 11, 1))
    assert clock_of(signature, on=DUE).received_on == PartialDate.day(date(2023, 10, 1))


def test_an_evaluation_goes_through_its_states(signature: Signature) -> None:
    version = received(signature, date(2023, 10, 1))
    EvaluationFactory.published(
        version=version,
        started_on=date(2024, 4, 2),
        evaluated_on=PartialDate.month(2024, 5),
        published_on=date(2024, 7, 1),
    )
    assert state(signature, date(2024, 4, 1)) == PlanState.RECEIVED
    assert state(signature, date(2024, 4, 2)) == PlanState.IN_EVALUATION
    assert state(signature, date(2024, 5, 30)) == PlanState.IN_EVALUATION
    clock = clock_of(signature, on=date(2024, 5, 31))
    assert (clock.state, str(clock.evaluated_on)) == (PlanState.EVALUATED, "mei 2024")


def test_the_last_evaluation_counts(signature: Signature) -> None:
    version = received(signature, date(2023, 10, 1))
    first = {"evaluated_on": date(2024, 5, 15)}
    second = {"evaluated_on": date(2024, 9, 2), "number": 2, "correction_reason": "Bijlage gelezen."}
    for fields in (first, second):
        EvaluationFactory.published(version=version, published_on=date(2024, 10, 1), **fields)
    assert clock_of(signature, on=date(2024, 9, 1)).evaluated_on == PartialDate.day(date(2024, 5, 15))
    assert clock_of(signature, on=date(2024, 9, 2)).evaluated_on == PartialDate.day(date(2024, 9, 2))


def test_a_draft_is_no_evaluation(signature: Signature) -> None:
    version = received(signature, date(2023, 10, 1))
    EvaluationFactory(version=version, started_on=date(2024, 4, 2), evaluated_on=date(2024, 5, 1))
    assert state(signature, date(2024, 6, 1)) == PlanState.IN_EVALUATION


def test_who_withdrew_owes_nothing(signature: Signature) -> None:
    signature.withdrawn_on = date(2024, 1, 1)
    signature.save()
    assert state(signature, date(2023, 12, 31)) == PlanState.OVERDUE
    assert state(signature, date(2024, 1, 1)) == PlanState.WITHDRAWN


def test_when_the_manifest_has_ended_nobody_owes(signature: Signature) -> None:
    Manifest.objects.update(ended_on=date(2024, 1, 1))
    assert state(signature, date(2023, 12, 31)) == PlanState.OVERDUE
    assert state(signature, date(2024, 1, 1)) == PlanState.ENDED


def test_not_known_is_another_thing_than_nothing_there(signature: Signature) -> None:
    assert not clock_of(signature, on=LATE).is_known
    InquiryFactory(signature=signature, asked_on=date(2023, 12, 1), answer=Answer.NOTHING)
    clock = clock_of(signature, on=date(2023, 12, 1))
    assert (clock.is_known, clock.answer, clock.asked_on) == (True, Answer.NOTHING, date(2023, 12, 1))
    assert not clock_of(signature, on=date(2023, 11, 30)).is_known


def test_the_last_answer_counts(signature: Signature) -> None:
    InquiryFactory(signature=signature, asked_on=date(2023, 12, 1), answer=Answer.PROMISED)
    InquiryFactory(signature=signature, asked_on=date(2024, 1, 1), answer=Answer.UNKNOWN)
    assert clock_of(signature, on=date(2023, 12, 31)).answer == Answer.PROMISED
    assert clock_of(signature, on=date(2024, 1, 1)).answer == Answer.UNKNOWN


def test_an_answer_grows_old_in_a_year(signature: Signature) -> None:
    InquiryFactory(signature=signature, asked_on=date(2023, 12, 1), answer=Answer.NOTHING)
    assert clock_of(signature, on=date(2024, 11, 30)).answer == Answer.NOTHING
    clock = clock_of(signature, on=date(2024, 12, 1))
    assert (clock.answer, clock.asked_on) == (Answer.UNKNOWN, date(2023, 12, 1))


def test_a_plan_is_known_without_asking(signature: Signature) -> None:
    received(signature, DUE)
    assert clock_of(signature, on=DUE).is_known


def test_the_clocks_of_many_signatures_take_one_query() -> None:
    for signature in SignatureFactory.create_batch(5):
        received(signature, DUE)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        clocks = [Clock.of(row) for row in with_clock(Signature.objects.all(), on=LATE)]
    assert len(queries) == 1
    assert {clock.state for clock in clocks} == {PlanState.RECEIVED}


@pytest.mark.parametrize("on", [date(2022, 11, 1), DUE, LATE, date(2024, 6, 1), date(2026, 1, 1)])
def test_who_owes_a_plan_is_who_the_clock_says(signature: Signature, on: date) -> None:
    for day in (date(2022, 6, 1), DUE, date(2024, 5, 1)):
        received(SignatureFactory(signed_on=SIGNED), day)
    SignatureFactory(signed_on=SIGNED, withdrawn_on=LATE)
    SignatureFactory(signed_on=SIGNED, manifest=ManifestFactory(ended_on=date(2024, 1, 1)))
    DelayFactory(signature=signature, announced_on=date(2023, 6, 1), until=date(2025, 1, 1))
    EvaluationFactory(version=received(SignatureFactory(signed_on=date(2022, 12, 1)), DUE), started_on=DUE)
    PlanVersionFactory(plan=ActionPlanFactory(), received_on=SIGNED)  # of nobody
    told = with_clock(Signature.objects.all(), on=on).filter(plan_state__in=OWING)
    assert set(owing_a_plan(Signature.objects.all(), on=on)) == set(told)


def test_a_list_is_ordered_by_urgency_and_filtered_on_the_state(signature: Signature) -> None:
    later = SignatureFactory(signed_on=date(2023, 1, 1))
    DelayFactory(signature=signature, announced_on=date(2023, 10, 1), until=date(2024, 6, 1))
    clocks = with_clock(Signature.objects.all(), on=DUE)
    assert list(clocks.order_by("term_ends_on")) == [later, signature]
    assert list(clocks.filter(plan_state=PlanState.DELAYED)) == [signature]
