"""Plans and their versions: what the database accepts, and what it never does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from actionplans.models import ActionPlan, PlanVersion
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories.actionplans import (
    ActionPlanFactory,
    AmbitionFactory,
    EvaluationFactory,
    PlanCoverageFactory,
    PlanVersionFactory,
)
from tests.factories.signatories import SignatureFactory

pytestmark = pytest.mark.django_db

UPLOADED = datetime(2024, 1, 2, 9, tzinfo=UTC)
PRINT = "a" * 64


def test_a_regional_plan_stands_for_several_signatures() -> None:
    first, second = SignatureFactory.create_batch(2)
    plan = ActionPlanFactory.covering(first, second)
    assert set(plan.signatures.all()) == {first, second}
    assert list(first.plans.all()) == [plan]


def test_a_plan_may_be_adopted_before_the_signing() -> None:
    plan = ActionPlanFactory.covering(SignatureFactory(), adopted_on=PartialDate.year(2020))
    assert str(plan.adopted_on) == "2020"


def test_a_plan_is_not_received_before_its_first_version() -> None:
    plan = PlanVersionFactory(received_on=PartialDate.month(2023, 11)).plan
    ActionPlanFactory()
    assert not ActionPlan.objects.received(on=date(2023, 11, 29))
    assert list(ActionPlan.objects.received(on=date(2023, 11, 30))) == [plan]


def test_the_version_of_a_day_is_the_one_received_last() -> None:
    plan = ActionPlanFactory()
    older = PlanVersionFactory(plan=plan, received_on=date(2023, 1, 1))
    newer = PlanVersionFactory(plan=plan, received_on=date(2024, 1, 1))
    assert plan.version_on(date(2022, 12, 31)) is None
    assert plan.version_on(date(2023, 12, 31)) == older
    assert plan.version_on(date(2024, 1, 1)) == newer


def test_natural_keys_hold_no_database_key() -> None:
    version = PlanVersionFactory(plan__slug="heerlen-2024")
    assert (version.plan.natural, version.natural) == ("heerlen-2024", "heerlen-2024:1")


def test_rows_are_named_for_people() -> None:
    ambition = AmbitionFactory(plan__title="Actieplan Heerlen", theme__name="Klimaat", step=None)
    assert str(PlanVersionFactory(plan=ambition.plan)) == "Actieplan Heerlen, versie 1"
    assert str(ambition) == "Klimaat: niet bepaald"


def test_a_plan_cannot_end_before_it_begins() -> None:
    with refused("actionplan_period_until_after_period_from"):
        ActionPlanFactory(period_from=PartialDate.year(2024), period_until=PartialDate.year(2023))


def test_a_plan_covers_a_signature_once() -> None:
    coverage = PlanCoverageFactory()
    with refused("plancoverage_once"):
        PlanCoverageFactory(plan=coverage.plan, signature=coverage.signature)


def test_a_version_number_exists_once_per_plan() -> None:
    version = PlanVersionFactory()
    PlanVersionFactory(number=1)
    with refused("planversion_number_once"):
        PlanVersionFactory(plan=version.plan, number=1)


def test_the_same_file_is_one_version() -> None:
    stored = {"file": "plan.pdf", "sha256": PRINT, "uploaded_at": UPLOADED}
    version = PlanVersionFactory(**stored)
    PlanVersionFactory(**stored)
    with refused("planversion_file_once"):
        PlanVersionFactory(plan=version.plan, **stored)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("planversion_number_positive", {"number": 0}),
        ("planversion_url_has_date", {"url": "https://example.nl/plan"}),
        ("planversion_url_has_date", {"retrieved_on": date(2024, 1, 1)}),
        ("planversion_file_has_fingerprint", {"file": "plan.pdf", "uploaded_at": UPLOADED}),
        ("planversion_file_has_fingerprint", {"file": "plan.pdf", "sha256": PRINT}),
        ("planversion_sha256_form", {"sha256": "A" * 64}),
        ("planversion_pages_positive", {"pages": 0}),
    ],
)
def test_a_version_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        PlanVersionFactory(**fields)


def test_a_version_stays_with_its_plan() -> None:
    version = PlanVersionFactory()
    with refused("planversion_stays_with_plan", "Een versie kan niet naar een ander actieplan."):
        PlanVersion.objects.filter(pk=version.pk).update(plan=ActionPlanFactory())


def test_a_version_is_not_received_after_its_evaluation() -> None:
    evaluation = EvaluationFactory(evaluated_on=date(2024, 5, 15))
    version = evaluation.version
    version.received_on = date(2024, 5, 15)
    version.save()
    version.received_on = date(2024, 5, 16)
    with refused("planversion_received_before_evaluation"):
        version.save()


def test_an_ambition_is_set_once_for_a_theme() -> None:
    ambition = AmbitionFactory()
    with refused("ambition_once"):
        AmbitionFactory(plan=ambition.plan, theme=ambition.theme)


@pytest.mark.parametrize("step", [0, 6])
def test_an_ambition_outside_the_five_steps_is_refused(step: int) -> None:
    with refused("ambition_step_from_one_to_five"):
        AmbitionFactory(step=step)
