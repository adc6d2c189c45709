"""Lists of signatures: sorted and narrowed by a clock that is worked out for their page alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Answer, PlanState
from mvi_portal.accounts.models import Role
from tests.actionplans.keeping import person, signed
from tests.factories.actionplans import (
    ActionPlanFactory,
    DelayFactory,
    EvaluationFactory,
    InquiryFactory,
    PlanVersionFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 1)
PLANS, TERMS = "/actieplannen/", "/actieplannen/termijnen/"
NAMES = ("Aardorp", "Beekstad", "Ceedam", "Deltawijk")


@pytest.fixture
def reader() -> Client:
    """Of four: one waits, one asked for delay, one sent a plan, one was evaluated."""
    late, delayed, sent, done = (
        signed(name, signature__signed_on=date(2023, 4 - number, 1)).signature
        for number, name in enumerate(NAMES)
    )
    DelayFactory(signature=delayed, announced_on=date(2024, 1, 1), until=date(2024, 3, 20))
    InquiryFactory(signature=late, asked_on=date(2024, 2, 1), answer=Answer.PROMISED)
    InquiryFactory(signature=delayed, asked_on=date(2024, 1, 5), answer=Answer.NOTHING)
    PlanVersionFactory(plan=ActionPlanFactory.covering(sent), received_on=date(2024, 1, 1))
    version = PlanVersionFactory(plan=ActionPlanFactory.covering(done), received_on=date(2023, 6, 1))
    EvaluationFactory.published(version=version, evaluated_on=date(2023, 12, 1), published_on=ON)
    return person(Role.READER, "Lia")


def shown(reader: Client, place: str, **query: str) -> list[str]:
    answer = reader.get(place, {"peildatum": ON.isoformat(), **query})
    assert answer.status_code == 200
    table = answer.text.partition("<tbody>")[2]
    return sorted((name for name in NAMES if name in table), key=table.index)


@pytest.mark.parametrize(
    ("place", "sort", "order"),
    [
        (PLANS, "naam", "ABCD"),
        (PLANS, "-naam", "DCBA"),
        (PLANS, "ondertekend", "DCBA"),
        (PLANS, "termijn", "DCBA"),
        (PLANS, "ontvangen", "DCBA"),
        (PLANS, "-ontvangen", "CDBA"),
        (PLANS, "geevalueerd", "DCBA"),
        (TERMS, "", "BA"),
        (TERMS, "-termijn", "AB"),
        (TERMS, "naam", "AB"),
        (TERMS, "gevraagd", "BA"),
        (TERMS, "-gevraagd", "AB"),
    ],
)
def test_a_list_is_sorted_by_a_fact_of_the_clock(reader: Client, place: str, sort: str, order: str) -> None:
    query = {"volgorde": sort} if sort else {}
    assert "".join(name[0] for name in shown(reader, place, **query)) == order


@pytest.mark.parametrize("place", [PLANS, TERMS])
def test_a_list_takes_two_queries_beside_who_asks(
    reader: Client, place: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        shown(reader, place)


@pytest.mark.parametrize(
    ("place", "query", "found"),
    [
        (PLANS, {"stand": PlanState.DELAYED}, "B"),
        (PLANS, {"stand": PlanState.RECEIVED}, "C"),
        (PLANS, {"stand": PlanState.EVALUATED, "volgorde": "termijn"}, "D"),
        (PLANS, {"verwacht": "ja"}, "BCD"),
        (PLANS, {"verwacht": "nee", "stand": PlanState.RUNNING}, "A"),
        (TERMS, {"stand": PlanState.RUNNING}, "A"),
        (TERMS, {"bekend": Answer.NOTHING}, "B"),
        (TERMS, {"bekend": Answer.UNKNOWN}, ""),
        (TERMS, {"binnen": "30"}, "B"),
        (TERMS, {"binnen": "90", "bekend": Answer.PROMISED, "stand": PlanState.RUNNING}, "A"),
    ],
)
def test_a_list_is_narrowed_by_the_clock(
    reader: Client, place: str, query: dict[str, str], found: str
) -> None:
    assert "".join(sorted(name[0] for name in shown(reader, place, **query))) == found
