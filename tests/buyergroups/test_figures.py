"""Line B's figure: which groups count from when, and how complete that is."""

from __future__ import annotations

from datetime import date

import pytest

from mvi_portal.core.dates import PartialDate
from mvi_portal.core.figures import Qualifier, registry
from tests.factories.buyergroups import BuyerGroupFactory, PhaseFactory

pytestmark = pytest.mark.django_db

STARTED = registry.get("buyergroups.gestart")
ON = date(2025, 1, 31)


def test_a_group_counts_from_the_day_it_starts() -> None:
    BuyerGroupFactory(started_on=date(2021, 3, 1))

    assert [STARTED.value(day) for day in (date(2021, 2, 28), date(2021, 3, 1), ON)] == [0, 1, 1]


def test_a_group_of_before_2020_does_not_count() -> None:
    BuyerGroupFactory(started_on=date(2019, 12, 31))
    BuyerGroupFactory(started_on=date(2020, 1, 1))

    assert STARTED.value(ON) == 1


def test_a_season_counts_from_its_last_day() -> None:
    BuyerGroupFactory(started_on=PartialDate.season(2021, "najaar"))

    assert [STARTED.value(date(2021, 11, day)) for day in (29, 30)] == [0, 1]


def test_a_group_that_ended_was_started_all_the_same() -> None:
    group = BuyerGroupFactory(started_on=date(2021, 3, 1))
    PhaseFactory(group=group, kind="completed", valid_from=date(2023, 3, 1))

    assert STARTED.value(ON) == 1


def test_rows_are_named_by_their_key() -> None:
    BuyerGroupFactory(slug="zonnepanelen", started_on=date(2021, 3, 1))

    assert STARTED.row_keys(ON) == ["zonnepanelen"]


@pytest.mark.parametrize(
    ("unknown", "qualifier", "note"),
    [
        (0, Qualifier.EXACT, ""),
        (1, Qualifier.ABOUT, "Van 1 buyer group is niet bekend wanneer die is gestart; die telt niet mee."),
        (
            3,
            Qualifier.ABOUT,
            "Van 3 buyer groups is niet bekend wanneer ze zijn gestart; ze tellen niet mee.",
        ),
    ],
)
def test_groups_without_a_known_start_make_it_about_so_many(
    unknown: int, qualifier: Qualifier, note: str
) -> None:
    BuyerGroupFactory(started_on=date(2021, 3, 1))
    BuyerGroupFactory.create_batch(unknown, started_on=None)

    complete = STARTED.completeness(ON)

    assert (STARTED.value(ON), complete.qualifier, complete.note) == (1, qualifier, note)
