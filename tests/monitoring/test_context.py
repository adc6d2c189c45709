"""Consultations, positions, finance, communication, examples, programmes, published figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from monitoring.models import Position, Programme, PublishedFigure
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories import monitoring as factories

pytestmark = pytest.mark.django_db


def test_a_consultation_has_participants_in_a_capacity() -> None:
    participant = factories.ParticipantFactory()
    same = {"consultation": participant.consultation, "organisation": participant.organisation}
    factories.ParticipantFactory(**same, capacity="secretaris")
    with refused("participant_once"):
        factories.ParticipantFactory(**same)
    with refused("participant_capacity_given"):
        factories.ParticipantFactory(capacity="")
    assert set(participant.consultation.organisations.all()) == {participant.organisation}


def test_a_consultation_is_of_a_known_kind() -> None:
    with refused("consultation_kind_known"):
        factories.ConsultationFactory(kind="borrel")


def test_a_decision_has_a_number_and_becomes_one_agreement_at_most() -> None:
    agreement = factories.CommitmentFactory(kind="agreement")
    decision = factories.ConsultationDecisionFactory(agreement=agreement)
    with refused("consultationdecision_once"):
        factories.ConsultationDecisionFactory(consultation=decision.consultation)
    with refused("consultationdecision_text_given"):
        factories.ConsultationDecisionFactory(text="")
    assert agreement.decision == decision
    assert decision.natural == f"{decision.consultation.slug}:1"


def test_positions_taken_the_latest_first() -> None:
    early = factories.PositionFactory(dated=date(2024, 1, 1))
    late = factories.PositionFactory(dated=PartialDate.begin(2025))
    assert list(Position.objects.taken(on=date(2025, 3, 30))) == [early]
    assert list(Position.objects.taken(on=date(2025, 3, 31))) == [late, early]


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("position_kind_known", {"kind": "gevoel"}),
        ("position_one_holder", {"holder_name": "Iemand"}),
        ("position_one_holder", {"organisation": None}),
        ("position_stance_given", {"stance": ""}),
        ("position_sourced", {"source": ""}),
    ],
)
def test_a_position_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        factories.PositionFactory(**fields)


def test_a_position_is_named_by_its_holder() -> None:
    held = {"organisation": None, "holder_name": "Tweede Kamer", "stance": "Belangrijk."}
    position = factories.PositionFactory(**held)
    assert str(position) == "Tweede Kamer: Belangrijk."
    assert position.natural == "business:Tweede Kamer:2024-06-12"


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("financecover_year_plausible", {"year": 1999}),
        ("financecover_year_plausible", {"year": 2101}),
        ("financecover_amount_when_covered", {"amount": Decimal(0)}),
        ("financecover_amount_when_covered", {"covered": False, "amount": Decimal(10)}),
        ("financecover_sourced", {"source": ""}),
    ],
)
def test_a_cover_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        factories.FinanceCoverFactory(**fields)


def test_a_year_is_covered_once_by_an_organisation() -> None:
    cover = factories.FinanceCoverFactory(amount=Decimal("1500000.00"))
    with refused("financecover_once"):
        factories.FinanceCoverFactory(frame=cover.frame, organisation=cover.organisation)
    of_line = {"frame": cover.frame, "organisation": cover.organisation}
    of_line["line"] = factories.PolicyLineFactory(frame=cover.frame, code="B")
    part = factories.FinanceCoverFactory(**of_line)
    with refused("financecover_once"):
        factories.FinanceCoverFactory(**of_line)
    assert cover.natural == f"{cover.frame.slug}:{cover.organisation.key}:2024"
    assert part.natural == f"{cover.natural}:B"
    assert part.headline == "Dekking van 2024 (lijn B): gedekt"
    assert "niet gedekt" in str(factories.FinanceCoverFactory(covered=False))


def test_communication_goes_through_a_known_channel() -> None:
    with refused("communicationmoment_channel_known"):
        factories.CommunicationMomentFactory(channel="duif")


def test_an_example_has_a_source_of_some_kind() -> None:
    with refused("example_sourced"):
        factories.ExampleFactory(source="")
    factories.ExampleFactory(source="", link="https://example.nl/voorbeeld")


def test_programmes_at_a_day() -> None:
    programme = factories.ProgrammeFactory(
        valid_from=PartialDate.year(2023), valid_until=PartialDate.year(2030)
    )
    assert not Programme.objects.at(on=date(2023, 12, 30))
    assert list(Programme.objects.at(on=date(2023, 12, 31))) == [programme]
    assert not Programme.objects.at(on=date(2031, 1, 1))


def test_a_programme_is_of_a_known_kind_with_dates_in_order() -> None:
    with refused("programme_kind_known"):
        factories.ProgrammeFactory(kind="feest")
    with refused("programme_valid_until_after_valid_from"):
        factories.ProgrammeFactory(valid_from=date(2022, 1, 2), valid_until=date(2022, 1, 1))


def test_published_figures_are_known_from_the_date_of_the_document() -> None:
    figure = factories.PublishedFigureFactory(refers_on=PartialDate.month(2022, 11))
    assert not PublishedFigure.objects.published(on=date(2024, 6, 11))
    assert list(PublishedFigure.objects.published(on=date(2024, 6, 12))) == [figure]
    assert figure.natural == f"ondertekenaars.gemeenten:{figure.document}:2022-11-30"


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("publishedfigure_qualifier_known", {"qualifier": "misschien"}),
        ("publishedfigure_figure_key_form", {"figure_key": "gemeenten"}),
        ("publishedfigure_wording_given", {"wording": ""}),
        ("publishedfigure_sourced", {"source": ""}),
    ],
)
def test_a_published_figure_that_cannot_be_is_refused(rule: str, fields: dict[str, Any]) -> None:
    with refused(rule):
        factories.PublishedFigureFactory(**fields)


def test_a_document_states_a_figure_about_a_day_once() -> None:
    figure = factories.PublishedFigureFactory()
    with refused("publishedfigure_once"):
        factories.PublishedFigureFactory(document=figure.document)
