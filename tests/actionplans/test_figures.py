"""Line C's figures, against an independent count in Python of the same facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplans import figures
from actionplans.models import Answer, Clock, PlanState, by_clock, with_clock
from actionplans.owed import owed
from actionplans.tables import names_under, plans_for
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.figures import Memo, Qualifier, registry
from signatories.models import Kind, Signature
from tests.factories.actionplans import (
    ActionPlanFactory,
    DelayFactory,
    EvaluationFactory,
    InquiryFactory,
    PlanVersionFactory,
    RubricFactory,
)
from tests.factories.signatories import ManifestFactory, SignatoryFactory, SignatureFactory

pytestmark = pytest.mark.django_db

START = date(2022, 11, 24)
LATE = date(2023, 11, 25)


def value(key: str, on: date) -> int:
    return registry.get(f"actieplannen.{key}").value(on)


def test_a_plan_is_expected_from_its_first_due_date_also_with_a_delay() -> None:
    signature = SignatureFactory(signed_on=START)
    DelayFactory(signature=signature, until=date(2024, 6, 1))
    assert value("verwacht", date(2023, 11, 23)) == 0
    assert value("verwacht", date(2023, 11, 24)) == 1


def test_a_plan_for_two_signatures_is_received_once() -> None:
    plan = ActionPlanFactory.covering(*SignatureFactory.create_batch(2, signed_on=START))
    PlanVersionFactory.create_batch(2, plan=plan, received_on=PartialDate.month(2023, 11))
    assert value("ontvangen", date(2023, 11, 29)) == 0
    assert value("ontvangen", date(2023, 11, 30)) == 1
    assert value("termijn_verstreken", date(2023, 11, 29)) == 2
    assert value("termijn_verstreken", date(2023, 11, 30)) == 0


def test_a_term_that_passed_stops_at_the_announcement_and_passes_again() -> None:
    signature = SignatureFactory(signed_on=START)
    DelayFactory(signature=signature, announced_on=date(2023, 12, 10), until=date(2024, 3, 1))
    days = [date(2023, 11, 24), LATE, date(2023, 12, 9), date(2023, 12, 10), date(2024, 3, 1)]
    assert [value("termijn_verstreken", on=day) for day in [*days, date(2024, 3, 2)]] == [0, 1, 1, 0, 0, 1]


def test_an_evaluation_that_was_corrected_counts_once() -> None:
    first = EvaluationFactory.published(evaluated_on=PartialDate.month(2024, 5))
    EvaluationFactory.published(version=first.version, number=2, correction_reason="Bijlage gelezen.")
    EvaluationFactory(evaluated_on=date(2024, 5, 1))
    assert value("geevalueerd", date(2024, 5, 31)) == 1


def test_rows_are_named_by_natural_keys() -> None:
    signature = SignatureFactory(signed_on=START, manifest__slug="mvoi", slug="ede")
    plan = ActionPlanFactory.covering(SignatureFactory(), slug="plan-ede")
    EvaluationFactory.published(version=PlanVersionFactory(plan=plan), evaluated_on=START + timedelta(400))
    on = START + timedelta(days=500)
    keys = {name: registry.get(f"actieplannen.{name}").row_keys(on) for name in ("ontvangen", "geevalueerd")}
    assert keys == {"ontvangen": ["plan-ede"], "geevalueerd": ["plan-ede"]}
    assert registry.get("actieplannen.termijn_verstreken").row_keys(on) == [signature.natural]
    assert signature.natural in registry.get("actieplannen.verwacht").row_keys(on)


@pytest.mark.parametrize(
    ("key", "qualifier"), [("ontvangen", Qualifier.AT_LEAST), ("termijn_verstreken", Qualifier.ABOUT)]
)
def test_a_count_is_exact_while_all_that_is_missing_is_known_to_be(key: str, qualifier: Qualifier) -> None:
    figure = registry.get(f"actieplannen.{key}")
    silent, asked = SignatureFactory.create_batch(2, signed_on=START)
    InquiryFactory(signature=asked, asked_on=LATE, answer=Answer.NOTHING)
    assert figure.completeness(date(2023, 11, 24)).qualifier == Qualifier.EXACT
    found = figure.completeness(LATE)
    assert found.qualifier == qualifier
    assert (
        found.note == "Bij 1 handtekening is de termijn verstreken en is niet bekend of er een actieplan is."
    )
    InquiryFactory(signature=silent, asked_on=LATE, answer=Answer.UNKNOWN)
    assert figure.completeness(LATE).qualifier == qualifier
    InquiryFactory(signature=silent, asked_on=LATE + timedelta(days=1), answer=Answer.PROMISED)
    assert figure.completeness(LATE + timedelta(days=1)).qualifier == Qualifier.EXACT


def test_the_note_counts_more_than_one_that_is_not_known() -> None:
    SignatureFactory.create_batch(2, signed_on=START)
    assert registry.get("actieplannen.ontvangen").completeness(LATE).note.startswith("Bij 2 handtekeningen ")


def test_every_organisation_under_a_signature_with_a_plan_counts() -> None:
    signature = SignatureFactory(signed_on=START)
    SignatoryFactory.create_batch(2, signature=signature)
    SignatoryFactory(signature=signature, organisation__kind=Kind.UMBRELLA)
    SignatoryFactory(signature=SignatureFactory(signed_on=START))
    plan = ActionPlanFactory.covering(signature)
    PlanVersionFactory.create_batch(2, plan=plan, received_on=date(2023, 5, 1))
    assert value("ondertekenaars_met_plan", date(2023, 4, 30)) == 0
    assert value("ondertekenaars_met_plan", date(2023, 5, 1)) == 2


def test_a_plan_is_in_force_while_it_runs_and_when_its_end_is_not_known() -> None:
    running = {"period_from": PartialDate.year(2022), "period_until": PartialDate.year(2024)}
    PlanVersionFactory(plan=ActionPlanFactory(**running), received_on=date(2023, 5, 1))
    PlanVersionFactory(received_on=date(2024, 2, 1))
    ActionPlanFactory(**running)  # never received
    days = (date(2023, 4, 30), date(2023, 5, 1), date(2024, 2, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [value("van_kracht", on) for on in days] == [0, 1, 2, 2, 1]
    figure = registry.get("actieplannen.van_kracht")
    assert figure.completeness(date(2023, 5, 1)).qualifier == Qualifier.EXACT
    found = figure.completeness(date(2024, 2, 1))
    assert found.qualifier == Qualifier.ABOUT
    assert found.note == "Van 1 actieplan is niet bekend tot wanneer het loopt; het telt mee."
    PlanVersionFactory(received_on=date(2024, 2, 1))
    assert "Van 2 actieplannen " in figure.completeness(date(2024, 2, 1)).note


def test_figures_that_do_not_lean_on_asking_are_exact() -> None:
    SignatureFactory(signed_on=START)
    for key in ("verwacht", "geevalueerd"):
        assert registry.get(f"actieplannen.{key}").completeness(LATE).qualifier == Qualifier.EXACT


# --- any register ---------------------------------------------------------------------------------------

OFFSETS = st.integers(0, 700)


@dataclass(frozen=True)
class Signed:
    on: date
    withdrawn_on: date | None
    announced_on: date | None
    until: date | None


@dataclass(frozen=True)
class Planned:
    covers: frozenset[int]
    received: tuple[date, ...]
    evaluated_on: date | None
    is_published: bool


@dataclass(frozen=True)
class Register:
    months: int
    ended_on: date | None
    signatures: tuple[Signed, ...]
    plans: tuple[Planned, ...]


def later(offset: int | None, than: date = START) -> date | None:
    return None if offset is None else than + timedelta(days=offset)


@st.composite
def signed(draw: st.DrawFn) -> Signed:
    on = START + timedelta(days=draw(OFFSETS))
    announced_on = later(draw(st.none() | OFFSETS), on)
    until = announced_on and announced_on + timedelta(days=1 + draw(OFFSETS))
    return Signed(on, later(draw(st.none() | OFFSETS), on), announced_on, until)


@st.composite
def planned(draw: st.DrawFn, signatures: int) -> Planned:
    covers = draw(st.frozensets(st.integers(0, signatures - 1)))
    received = tuple(START + timedelta(days=offset) for offset in draw(st.lists(OFFSETS, max_size=2)))
    evaluated_on = later(draw(st.none() | OFFSETS), max(received)) if received else None
    return Planned(covers, received, evaluated_on, draw(st.booleans()))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    signatures = tuple(draw(st.lists(signed(), min_size=1, max_size=4)))
    plans = tuple(draw(st.lists(planned(len(signatures)), max_size=3)))
    ended_on = later(draw(st.none() | st.integers(0, 1500)))
    return Register(draw(st.integers(1, 14)), ended_on, signatures, plans)


def store(register: Register) -> None:
    manifest = ManifestFactory(plan_term_months=register.months, ended_on=register.ended_on)
    signatures = []
    for item in register.signatures:
        made = SignatureFactory(manifest=manifest, signed_on=item.on, withdrawn_on=item.withdrawn_on)
        if item.announced_on:
            DelayFactory(signature=made, announced_on=item.announced_on, until=item.until)
        signatures.append(made)
    rubric = RubricFactory.published()
    for plan in register.plans:
        stored = ActionPlanFactory.covering(*(signatures[index] for index in plan.covers))
        versions = [PlanVersionFactory(plan=stored, received_on=day) for day in plan.received]
        if plan.evaluated_on:
            EvaluationFactory(
                version=versions[-1],
                rubric=rubric,
                evaluated_on=plan.evaluated_on,
                published_on=plan.evaluated_on if plan.is_published else None,
            )


def months_later(day: date, months: int) -> date:
    """The same day of the month, or else the nearest before it: counted back until it exists."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        with suppress(ValueError):
            return date(year, month + 1, number)
    raise AssertionError


def in_force(register: Register, item: Signed, on: date) -> bool:
    ends = [day for day in (item.withdrawn_on, register.ended_on) if day]
    return item.on <= on and all(on < day for day in ends)


def is_overdue(register: Register, index: int, on: date) -> bool:
    item = register.signatures[index]
    due = months_later(item.on, register.months)
    if item.announced_on and item.until and item.announced_on <= on:
        due = max(due, item.until)
    plans = [plan for plan in register.plans if index in plan.covers]
    has_plan = any(day <= on for plan in plans for day in plan.received)
    return in_force(register, item, on) and due < on and not has_plan


def counted(register: Register, on: date) -> dict[str, int]:
    expected = (
        in_force(register, item, on) and months_later(item.on, register.months) <= on
        for item in register.signatures
    )
    evaluated = (
        plan.is_published and plan.evaluated_on is not None and plan.evaluated_on <= on
        for plan in register.plans
    )
    return {
        "verwacht": sum(expected),
        "ontvangen": sum(any(day <= on for day in plan.received) for plan in register.plans),
        "termijn_verstreken": sum(
            is_overdue(register, index, on) for index in range(len(register.signatures))
        ),
        "geevalueerd": sum(evaluated),
    }


Shown = tuple[PlanState, date, date | None, date | None]


def shown(clock: Clock) -> Shown:
    received, evaluated = clock.received_on, clock.evaluated_on
    return (
        clock.state,
        clock.ends_on,
        received.last_day if received else None,
        evaluated.last_day if evaluated else None,
    )


def clocks_of(register: Register, on: date) -> list[Shown]:
    """The clock of each signature: its state, when its term ends, the first receipt, the last evaluation."""
    return [clock_in_python(register, index, on) for index in range(len(register.signatures))]


def clock_in_python(register: Register, index: int, on: date) -> Shown:
    item = register.signatures[index]
    is_delayed = item.announced_on is not None and item.announced_on <= on
    ends_on = months_later(item.on, register.months)
    if is_delayed and item.until:
        ends_on = max(ends_on, item.until)
    plans = [plan for plan in register.plans if index in plan.covers]
    days = [day for plan in plans for day in plan.received if day <= on]
    received: date | None = min(days, default=None)
    published = (plan.evaluated_on for plan in plans if plan.is_published)
    evaluated = max((day for day in published if day and day <= on), default=None)
    if item.on > on:
        state = PlanState.NOT_SIGNED
    elif item.withdrawn_on and item.withdrawn_on <= on:
        state = PlanState.WITHDRAWN
    elif register.ended_on and register.ended_on <= on:
        state = PlanState.ENDED
    elif received:
        state = PlanState.EVALUATED if evaluated else PlanState.RECEIVED
    elif ends_on < on:
        state = PlanState.OVERDUE
    else:
        state = PlanState.DELAYED if is_delayed else PlanState.RUNNING
    return state, ends_on, received, evaluated


def told_of_lists(on: date) -> dict[int, tuple[Clock, list[str], str | None]]:
    rows = owed(Signature.objects.values_list("pk", flat=True), on=on)
    return {key: (row.clock, row.names, row.plan["slug"] if row.plan else None) for key, row in rows.items()}


def told_of_pages(on: date) -> dict[int, tuple[Clock, list[str], str | None]]:
    rows = list(with_clock(Signature.objects.all(), on=on))
    names, plans = names_under(rows, on), plans_for(rows, on)
    return {
        row.pk: (Clock.of(row), names[row.pk], plans[row.pk].slug if row.pk in plans else None)
        for row in rows
    }


@contextmanager
def thrown_away() -> Iterator[None]:
    """What is published cannot be deleted; only taking back the whole example leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(register=registers(), offsets=st.lists(st.integers(-30, 1500), min_size=1, max_size=6, unique=True))
def test_every_figure_equals_a_count_in_python_and_its_series(register: Register, offsets: list[int]) -> None:
    days = sorted(START + timedelta(days=offset) for offset in offsets)
    with thrown_away():
        store(register)
        for key in ("verwacht", "ontvangen", "termijn_verstreken", "geevalueerd"):
            independent = [(day, counted(register, day)[key]) for day in days]
            assert [(day, value(key, day)) for day in days] == independent, key
            assert registry.get(f"actieplannen.{key}").series(days) == independent, key
        for day in days:
            clocks = [Clock.of(row) for row in with_clock(Signature.objects.order_by("pk"), on=day)]
            assert [shown(clock) for clock in clocks] == clocks_of(register, day)
            states = Counter(clock.state for clock in clocks)
            assert states[PlanState.OVERDUE] == value("termijn_verstreken", day)
            assert figures._not_known(day, Memo()) == states[PlanState.OVERDUE]  # nobody asked
            found = by_clock(Signature.objects.all(), "plan_state", on=day)
            assert {state: found.filter(plan_state=state).count() for state in states} == states
            assert told_of_lists(day) == told_of_pages(day)
