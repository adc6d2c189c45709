"""Line B's figure: which groups count from when, and how complete that is."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from buyergroups.models import Sector
from mvi_portal.accounts.models import Role
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.figures import Qualifier, registry
from tests.factories.buyergroups import BuyerGroupFactory, OutputFactory, ParticipationFactory, PhaseFactory
from tests.factories.signatories import ActorFactory

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


def test_a_group_is_at_work_until_the_day_it_ends() -> None:
    group = BuyerGroupFactory(started_on=date(2021, 3, 1))
    PhaseFactory(group=group, kind="completed", valid_from=date(2023, 3, 1))
    active = registry.get("buyergroups.actief")

    days = (date(2021, 2, 28), date(2021, 3, 1), date(2023, 2, 28), date(2023, 3, 1))
    assert [active.value(day) for day in days] == [0, 1, 1, 0]
    assert [value for _day, value in active.series(days)] == [0, 1, 1, 0]


def test_the_sectors_together_are_all_groups() -> None:
    for sector in Sector:
        BuyerGroupFactory(sector=sector)
    BuyerGroupFactory(sector=Sector.BUILDING)
    BuyerGroupFactory(sector=Sector.BUILDING, started_on=None)
    keys = [f"buyergroups.gestart_{word}" for word in ("bouw", "gww", "mobiliteit", "bedrijfsvoering")]
    assert [registry.get(key).value(ON) for key in keys] == [2, 1, 1, 1]
    assert STARTED.value(ON) == 5
    assert registry.get(keys[0]).completeness(ON).qualifier is Qualifier.ABOUT
    assert registry.get(keys[1]).completeness(ON).qualifier is Qualifier.EXACT


def test_who_takes_part_counts_once_and_only_while_the_group_works() -> None:
    one, other = BuyerGroupFactory(), BuyerGroupFactory(started_on=date(2022, 1, 1))
    member = ParticipationFactory(group=one, organisation__key="gm0001").organisation
    ParticipationFactory(group=other, organisation=member)
    ParticipationFactory(group=one, organisation=None, party_name="BV", valid_until=date(2022, 1, 1))
    ParticipationFactory(group=BuyerGroupFactory(started_on=None))
    PhaseFactory(group=one, kind="stopped", valid_from=date(2023, 1, 1))
    taking_part = registry.get("buyergroups.deelnemers")

    days = (date(2021, 2, 28), date(2021, 3, 1), date(2022, 1, 2), date(2023, 1, 1))
    assert [taking_part.value(day) for day in days] == [0, 2, 1, 1]
    assert taking_part.row_keys(date(2021, 3, 1)) == ["BV", "gm0001"]


def test_a_result_counts_from_its_publication() -> None:
    made = OutputFactory(title="Visie", group__slug="groep", published_on=date(2022, 5, 1))
    OutputFactory(group=made.group, published_on=None)
    results = registry.get("buyergroups.resultaten")

    assert [results.value(day) for day in (date(2022, 4, 30), date(2022, 5, 1))] == [0, 1]
    assert results.row_keys(ON) == ["groep:Visie"]


@pytest.mark.parametrize("key", ["buyergroups.deelnemers", "buyergroups.resultaten", "buyergroups.actief"])
def test_the_page_of_a_figure_names_what_it_counts(client: Client, key: str) -> None:
    group = BuyerGroupFactory(name="Viaducten")
    ParticipationFactory(group=group, organisation__called__name="Amsterdam")
    ParticipationFactory(group=group, organisation=None, party_name="Voorbeeld BV")
    OutputFactory(group=group, title="Een visie", published_on=date(2022, 5, 1))
    client.force_login(ActorFactory(role=Role.READER))
    html = client.get(f"/definities/{key}/", {"peildatum": "2025-01-31"}).content.decode()
    names = {"deelnemers": "Amsterdam", "resultaten": "Een visie", "actief": "Viaducten"}
    assert names[key.split(".")[1]] in html
    assert ("Voorbeeld BV" in html) is (key == "buyergroups.deelnemers")
