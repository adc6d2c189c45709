"""Buyer groups: when they count, their phases, and what can never be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from buyergroups.models import BuyerGroup, Output, Participation, Phase
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories.buyergroups import (
    BuyerGroupFactory,
    GroupThemeFactory,
    InitiatorFactory,
    OutputFactory,
    ParticipationFactory,
    PhaseFactory,
)
from tests.factories.signatories import OrganisationFactory

pytestmark = pytest.mark.django_db


def names(groups: Any) -> set[str]:
    return {group.name for group in groups}


def test_started_counts_both_ends_and_vague_dates_on_their_last_day() -> None:
    BuyerGroupFactory(name="eerder", started_on=date(2019, 12, 31))
    BuyerGroupFactory(name="eerste dag", started_on=date(2020, 1, 1))
    BuyerGroupFactory(name="in 2020", started_on=PartialDate.year(2020))
    BuyerGroupFactory(name="later", started_on=date(2021, 2, 1))
    BuyerGroupFactory(name="onbekend", started_on=None)
    since = date(2020, 1, 1)
    assert names(BuyerGroup.objects.started(since=since, on=date(2020, 12, 30))) == {"eerste dag"}
    assert names(BuyerGroup.objects.started(since=since, on=date(2020, 12, 31))) == {"eerste dag", "in 2020"}
    assert "eerder" in names(BuyerGroup.objects.started(on=date(2020, 12, 31)))


def test_a_group_is_active_from_its_start_until_the_day_that_it_ends() -> None:
    group = BuyerGroupFactory(started_on=date(2021, 3, 1))
    PhaseFactory(group=group, valid_until=date(2022, 12, 31))
    PhaseFactory(group=group, kind=Phase.Kind.COMPLETED, valid_from=date(2023, 6, 1))
    BuyerGroupFactory(name="start niet bekend", started_on=None)
    for day, active in [
        (date(2021, 2, 28), False),
        (date(2021, 3, 1), True),
        (date(2023, 5, 31), True),
        (date(2023, 6, 1), False),
    ]:
        assert list(BuyerGroup.objects.active(on=day)) == ([group] if active else [])


def test_the_end_is_the_day_of_completing_or_stopping() -> None:
    group = BuyerGroupFactory()
    assert group.ended_on is None
    rows: Any = BuyerGroup.objects.with_ended_on()
    assert rows.get().ended_day is None
    PhaseFactory(group=group, kind=Phase.Kind.STOPPED, valid_from=PartialDate.month(2022, 5))
    assert str(group.ended_on) == "mei 2022"
    assert rows.all().get().ended_day == date(2022, 5, 31)


def test_the_phase_on_a_day_is_the_row_that_holds_then() -> None:
    group = BuyerGroupFactory()
    PhaseFactory(group=group, valid_until=date(2021, 12, 30))
    market = PhaseFactory(group=group, kind=Phase.Kind.MARKET, valid_from=PartialDate.year(2021))
    assert group.phase_on(date(2021, 2, 1)) is None
    assert group.phase_on(date(2021, 12, 30)).kind == Phase.Kind.START
    assert group.phase_on(date(2022, 1, 1)) == market
    annotated: Any = BuyerGroup.objects.with_phase(on=date(2022, 1, 1)).get()
    assert annotated.phase_kind == Phase.Kind.MARKET
    assert list(Phase.objects.at(on=date(2022, 1, 1))) == [market]


@pytest.mark.parametrize("field", ["sector", "domain"])
def test_a_group_has_a_known_sector_and_domain(field: str) -> None:
    with refused(f"buyergroup_{field}_known"):
        BuyerGroupFactory(**{field: "anders"})


def test_no_two_groups_bear_one_name() -> None:
    BuyerGroupFactory(name="Verkeersborden")
    with refused("buyergroup_name_once"):
        BuyerGroupFactory(name="Verkeersborden")


def test_a_phase_is_known_and_ends_after_it_begins() -> None:
    with refused("phase_kind_known"):
        PhaseFactory(kind="pauze")
    with refused("phase_valid_until_after_valid_from"):
        PhaseFactory(valid_from=date(2022, 1, 2), valid_until=date(2022, 1, 1))


def test_phases_of_a_group_share_no_day() -> None:
    first = PhaseFactory(valid_until=date(2022, 12, 31))
    PhaseFactory(valid_from=date(2022, 12, 31))
    with refused("phase_no_overlap"):
        PhaseFactory(group=first.group, kind=Phase.Kind.MARKET, valid_from=PartialDate.year(2022))
    PhaseFactory(group=first.group, kind=Phase.Kind.MARKET, valid_from=date(2023, 1, 1))


def test_a_form_hears_of_an_overlap_in_dutch() -> None:
    first = PhaseFactory()
    second = PhaseFactory.build(
        group=first.group, kind=Phase.Kind.MARKET, valid_from=PartialDate.season(2021, "najaar")
    )
    with pytest.raises(ValidationError, match="al in een andere fase"):
        second.full_clean()


def test_an_ended_group_stays_ended() -> None:
    with refused("phase_final_stays_open"):
        PhaseFactory(kind=Phase.Kind.COMPLETED, valid_until=date(2024, 1, 1))


def test_a_phase_does_not_begin_before_its_group() -> None:
    group = BuyerGroupFactory(started_on=date(2021, 3, 1))
    with refused("phase_not_before_start", "De fase begint vóór de start van de groep."):
        PhaseFactory(group=group, valid_from=date(2021, 2, 28))
    PhaseFactory(group=BuyerGroupFactory(started_on=None), valid_from=date(2021, 2, 28))


def test_participants_at_a_day() -> None:
    always = ParticipationFactory()
    ParticipationFactory(group=always.group, valid_from=date(2022, 1, 1), valid_until=date(2022, 12, 31))
    assert Participation.objects.at(on=date(2022, 6, 1)).count() == 2
    assert list(Participation.objects.at(on=date(2023, 1, 1))) == [always]
    spans: Any = Participation.objects.with_span()
    assert spans.filter(span__contains=date(2023, 1, 1)).get() == always


def test_a_participant_is_an_organisation_or_a_name_never_both_or_neither() -> None:
    ParticipationFactory(organisation=None, party_name="Voorbeeldbouwer", role=Participation.Role.MARKET)
    with refused("participation_one_party"):
        ParticipationFactory(party_name="Voorbeeldbouwer")
    with refused("participation_one_party"):
        ParticipationFactory(organisation=None)


def test_a_participation_has_a_known_role_and_dates_in_order() -> None:
    with refused("participation_role_known"):
        ParticipationFactory(role="gast")
    with refused("participation_valid_until_after_valid_from"):
        ParticipationFactory(valid_from=date(2022, 1, 2), valid_until=date(2022, 1, 1))


def test_nobody_takes_part_twice_at_once() -> None:
    first = ParticipationFactory(valid_until=date(2022, 12, 31))
    again = {"group": first.group, "organisation": first.organisation, "role": Participation.Role.LEARNING}
    with refused("participation_organisation_no_overlap"):
        ParticipationFactory(**again, valid_from=date(2022, 12, 31))
    ParticipationFactory(**again, valid_from=date(2023, 1, 1))
    party = {"group": first.group, "organisation": None, "party_name": "Voorbeeldbouwer"}
    ParticipationFactory(**party)
    with refused("participation_party_no_overlap"):
        ParticipationFactory(**party)


def test_published_outputs() -> None:
    OutputFactory()
    output = OutputFactory(published_on=PartialDate.month(2023, 5))
    assert not Output.objects.published(on=date(2023, 5, 30))
    assert list(Output.objects.published(on=date(2023, 5, 31))) == [output]
    spans: Any = Output.objects.with_span()
    assert list(spans.filter(span__contains=date(2024, 1, 1))) == [output]


def test_an_output_has_a_known_kind_and_a_title_of_its_own() -> None:
    first = OutputFactory()
    with refused("output_kind_known"):
        OutputFactory(kind="taart")
    with refused("output_once"):
        OutputFactory(group=first.group, title=first.title)


def test_initiators_and_themes_stand_once_with_a_group() -> None:
    initiator, theme = InitiatorFactory(), GroupThemeFactory()
    with refused("initiator_once"):
        InitiatorFactory(group=initiator.group, organisation=initiator.organisation)
    with refused("grouptheme_once"):
        GroupThemeFactory(group=theme.group, theme=theme.theme)
    assert list(initiator.group.initiators.all()) == [initiator.organisation]
    assert list(theme.group.themes.all()) == [theme.theme]


def test_rows_are_named_by_their_own_keys() -> None:
    group = BuyerGroupFactory(slug="borden", name="Verkeersborden")
    organisation = OrganisationFactory(key="gm0363")
    assert group.natural == "borden"
    assert PhaseFactory(group=group, valid_from=date(2021, 3, 1)).natural == "borden:start:2021-03-01"
    assert ParticipationFactory(group=group, organisation=organisation).natural == "borden:gm0363"
    assert (
        ParticipationFactory(group=group, organisation=None, party_name="Bouwer").natural == "borden:Bouwer"
    )
    assert OutputFactory(group=group, title="Visie").natural == "borden:Visie"
    assert str(group) == "Verkeersborden"
