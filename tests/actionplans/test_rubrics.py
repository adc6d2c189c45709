"""Rubrics: criteria with a scale, frozen once published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from actionplans.models import Criterion, CriterionKind, Rubric
from tests.actionplans.refusals import refused
from tests.factories.actionplans import CriterionFactory, RubricFactory

pytestmark = pytest.mark.django_db

FROZEN = "Een gepubliceerd beoordelingskader verandert niet meer. Maak een nieuwe versie."
CRITERION_FROZEN = "Een criterium van een gepubliceerd beoordelingskader verandert niet meer."


@pytest.mark.parametrize(
    ("kind", "max_points", "scale"),
    [
        (CriterionKind.FIVE_STEP, None, (1, 5)),
        (CriterionKind.YES_NO, None, (0, 1)),
        (CriterionKind.POINTS, 40, (0, 40)),
        (CriterionKind.TEXT, None, (None, None)),
    ],
)
def test_the_scale_follows_from_the_kind(
    kind: CriterionKind, max_points: int | None, scale: tuple[int | None, int | None]
) -> None:
    criterion = CriterionFactory(kind=kind, max_points=max_points)
    criterion.refresh_from_db()
    assert (criterion.lowest, criterion.highest) == scale


def test_a_version_of_a_rubric_exists_once() -> None:
    RubricFactory(slug="kader", version=1)
    RubricFactory(slug="kader", version=2)
    with refused("rubric_version_once"):
        RubricFactory(slug="kader", version=2)
    with refused("rubric_version_positive"):
        RubricFactory(version=0)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("criterion_kind_known", {"kind": "sterren"}),
        ("criterion_points_have_maximum", {"kind": CriterionKind.POINTS}),
        ("criterion_points_have_maximum", {"kind": CriterionKind.POINTS, "max_points": 0}),
        ("criterion_points_have_maximum", {"kind": CriterionKind.YES_NO, "max_points": 5}),
    ],
)
def test_a_criterion_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        CriterionFactory(**fields)


def test_a_code_exists_once_in_a_rubric() -> None:
    criterion = CriterionFactory(code="concreet")
    CriterionFactory(code="concreet")
    with refused("criterion_once"):
        CriterionFactory(rubric=criterion.rubric, code="concreet")


def test_a_criterion_is_not_compared_with_itself() -> None:
    criterion = CriterionFactory()
    with refused("criterion_mapped_to_other"):
        Criterion.objects.filter(pk=criterion.pk).update(mapped_to=criterion.pk)


def test_a_draft_is_free_to_change() -> None:
    criterion = CriterionFactory()
    criterion.name = "De acties zijn belegd"
    criterion.save()
    criterion.rubric.delete()
    assert not Criterion.objects.exists()


def test_a_published_rubric_never_changes() -> None:
    rubric = RubricFactory.published()
    assert list(Rubric.objects.published()) == [rubric]
    with refused("rubric_frozen", FROZEN):
        Rubric.objects.update(name="Iets anders")
    with refused("rubric_frozen", FROZEN):
        Rubric.objects.update(published_on=None)


def test_a_published_rubric_is_never_deleted() -> None:
    rubric = RubricFactory(published_on=date(2023, 6, 1))
    with refused("rubric_frozen", FROZEN):
        rubric.delete()


def test_the_criteria_of_a_published_rubric_never_change() -> None:
    rubric = RubricFactory.published()
    with refused("criterion_frozen", CRITERION_FROZEN):
        CriterionFactory(rubric=rubric)
    with refused("criterion_frozen"):
        rubric.criteria.update(max_points=20, kind=CriterionKind.POINTS)
    with refused("criterion_frozen"):
        rubric.criteria.all().delete()


def test_a_criterion_does_not_move_into_a_published_rubric() -> None:
    criterion, rubric = CriterionFactory(), RubricFactory.published()
    with refused("criterion_frozen"):
        Criterion.objects.filter(pk=criterion.pk).update(rubric=rubric)


def test_saving_what_is_frozen_as_it_is_does_no_harm() -> None:
    rubric = RubricFactory.published()
    rubric.save()
    for criterion in rubric.criteria.all():
        criterion.save()


def test_what_a_published_criterion_is_compared_with_may_be_found_out_later() -> None:
    older, newer = RubricFactory.published(), RubricFactory.published()
    criterion = newer.criteria.get(code="five-step")
    criterion.mapped_to = older.criteria.get(code="five-step")
    criterion.save()
    assert older.criteria.get(code="five-step").mapped_from.get() == criterion


def test_rows_are_named_for_people_and_keyed_without_database_keys() -> None:
    criterion = CriterionFactory(rubric__slug="kader", rubric__version=2, rubric__name="Kader", code="doel")
    assert (str(criterion.rubric), criterion.rubric.natural) == ("Kader (voorbeeld), versie 2", "kader:2")
    assert (str(criterion), criterion.natural) == ("De acties zijn concreet", "kader:2:doel")


def test_a_change_in_bulk_is_recorded() -> None:
    CriterionFactory.create_batch(2)
    Criterion.objects.update(name="De acties hebben een eigenaar")
    events = apps.get_model("actionplans", "CriterionEvent").objects.filter(pgh_label="update")
    assert [event.name for event in events] == ["De acties hebben een eigenaar"] * 2
