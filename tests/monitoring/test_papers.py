"""Papers to and from parliament."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.models import Paper, PaperKind, PaperSender
from mvi_portal.core.dates import PartialDate
from tests.actionplans.refusals import refused
from tests.factories.monitoring import (
    PaperFactory,
    PaperPartyFactory,
    PaperPointFactory,
    PaperSenderFactory,
)
from tests.factories.signatories import OfficeFactory

pytestmark = pytest.mark.django_db


def test_papers_between_two_dates() -> None:
    paper = PaperFactory(dated=PartialDate.month(2024, 12))
    assert list(Paper.objects.dated_between(date(2024, 12, 3), date(2024, 12, 31))) == [paper]
    assert not Paper.objects.dated_between(date(2024, 12, 3), date(2024, 12, 30))


def test_a_reaction_answers_a_plan_of_parties() -> None:
    plan = PaperFactory(kind=PaperKind.PARTY_PLAN)
    PaperPartyFactory(paper=plan)
    reaction = PaperFactory(kind=PaperKind.CABINET_REACTION, answers=plan)
    sender = PaperSenderFactory(paper=reaction)
    behalf = PaperSenderFactory(paper=reaction, role=PaperSender.Role.ON_BEHALF)
    assert list(plan.answered_by.all()) == [reaction]
    assert set(reaction.senders.all()) == {sender.organisation, behalf.organisation}


def test_a_paper_is_of_a_known_kind_and_answers_another() -> None:
    with refused("paper_kind_known"):
        PaperFactory(kind="ansichtkaart")
    paper = PaperFactory()
    paper.answers = paper
    with refused("paper_answers_another"):
        paper.save()


def test_a_place_in_the_parliamentary_papers_holds_one_paper() -> None:
    PaperFactory()
    PaperFactory(citation="Kamerstukken II 2020/21, 30 196, nr. 746")
    PaperFactory()
    with refused("paper_citation_once"):
        PaperFactory(citation="Kamerstukken II 2020/21, 30 196, nr. 746")


def test_a_sender_stands_once_with_a_paper_in_a_known_role() -> None:
    sender = PaperSenderFactory()
    with refused("papersender_once"):
        PaperSenderFactory(
            paper=sender.paper, organisation=sender.organisation, role=PaperSender.Role.ON_BEHALF
        )
    office = OfficeFactory(organisation=sender.organisation)
    given = {"paper": sender.paper, "organisation": sender.organisation, "office": office}
    PaperSenderFactory(**given)  # another minister of the same ministry
    with refused("papersender_once"):
        PaperSenderFactory(**given)
    with refused("papersender_office_of_organisation", "Dit ambt hoort bij een andere organisatie"):
        PaperSenderFactory(office=office)
    with refused("papersender_role_known"):
        PaperSenderFactory(role="bode")


def test_a_party_stands_once_with_a_paper_by_name() -> None:
    party = PaperPartyFactory()
    with refused("paperparty_once"):
        PaperPartyFactory(paper=party.paper)
    with refused("paperparty_name_given"):
        PaperPartyFactory(name="")


def test_points_are_numbered_from_one() -> None:
    point = PaperPointFactory()
    with refused("paperpoint_once"):
        PaperPointFactory(paper=point.paper)
    with refused("paperpoint_number_positive"):
        PaperPointFactory(number=0)
    assert point.natural == f"{point.paper.slug}:1"
