"""Everything that happened between two days, from the facts' own dates, for who may see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring import timeline
from monitoring.following import Followed
from mvi_portal.accounts.models import Role
from mvi_portal.core.contributions import timeline_sources
from mvi_portal.core.dates import PartialDate
from reports.models import LetterState
from signatories.models import Kind, OrganisationName
from tests.factories.actionplans import (
    ActionPlanFactory,
    DelayFactory,
    EvaluationFactory,
    PlanVersionFactory,
)
from tests.factories.buyergroups import BuyerGroupFactory, OutputFactory, ParticipationFactory, PhaseFactory
from tests.factories.monitoring import (
    ActivityFactory,
    CommitmentFactory,
    CommitmentPartyFactory,
    CommitmentStepFactory,
    CommunicationMomentFactory,
    ConsultationFactory,
    ExampleFactory,
    FrameFactory,
    LineMappingFactory,
    MeasurementFactory,
    MilestoneFactory,
    PaperFactory,
    PaperSenderFactory,
    ParticipantFactory,
    PlanRoleFactory,
    PolicyLineFactory,
    PositionFactory,
    ProgrammeFactory,
    ProgressEntryFactory,
    ProgressRoundFactory,
)
from tests.factories.registers import municipalities, plans
from tests.factories.reports import LetterFactory
from tests.factories.signatories import (
    ActorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SignatoryFactory,
    SignatureFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 15)
START, END = date(2024, 6, 1), date(2024, 6, 30)
PAGE = "/monitoring/tijdlijn/?van=1-6-2024&tot=30-6-2024"


def reader(role: Role = Role.SECRETARIAT) -> Client:
    client = Client()
    client.force_login(ActorFactory(role=role))
    return client


def one_of_each() -> None:
    """A row of every kind of facts, all on the same day."""
    one_of_most()
    around_the_plan()


def one_of_most() -> None:
    signed = SignatoryFactory(signature__signed_on=DAY).signature
    SignatureFactory(signed_on=date(2023, 1, 1), withdrawn_on=DAY)
    earlier = SignatureFactory(signed_on=date(2023, 1, 1))
    SignatoryFactory(signature=earlier, valid_from=DAY)
    succession = SuccessionFactory(on=DAY)
    SignatoryFactory(signature=earlier, valid_from=DAY, via=succession, organisation=succession.successor)
    version = PlanVersionFactory(plan=ActionPlanFactory.covering(signed), received_on=DAY)
    DelayFactory(signature=signed, announced_on=DAY, until=date(2025, 9, 1))
    EvaluationFactory(version=version, evaluated_on=DAY, published_on=DAY)
    group = BuyerGroupFactory(started_on=DAY)
    PhaseFactory(group=group, kind="market", valid_from=DAY)
    OutputFactory(group=group, published_on=DAY)
    PaperFactory(dated=DAY)
    CommitmentStepFactory(commitment=CommitmentFactory(made_on=DAY), since=DAY)
    ConsultationFactory(held_on=DAY)
    MilestoneFactory(activity=ActivityFactory(started_on=DAY, ended_on=DAY), reached_on=DAY)
    moment = datetime(2024, 6, 15, 12, tzinfo=UTC)
    ProgressEntryFactory(accepted=True, submitted_at=moment, accepted_at=moment)
    MeasurementFactory(published_on=DAY)
    CommunicationMomentFactory(dated=DAY)
    LetterFactory(state=LetterState.SENT, sent_on=DAY)


def around_the_plan() -> None:
    PositionFactory(dated=DAY)
    ExampleFactory(dated=DAY)
    ProgrammeFactory(valid_from=DAY, valid_until=DAY)
    frame = FrameFactory(valid_from=DAY, valid_until=DAY)
    PlanRoleFactory(frame=frame, valid_from=DAY, valid_until=DAY)
    ProgressRoundFactory(asked_on=DAY, due_on=DAY, closed_on=DAY)
    ParticipationFactory(valid_from=DAY, valid_until=DAY)


def titles(asked: timeline.Asked, role: Role = Role.SECRETARIAT) -> list[str]:
    found = timeline.happened(ActorFactory(role=role), END, asked)
    return [item.happening.title for item in timeline.tell(found or [])]


def test_every_kind_of_fact_is_told_on_its_own_day() -> None:
    one_of_each()
    found = timeline.happened(ActorFactory(role=Role.SECRETARIAT), END, timeline.Asked(START, END))
    assert found is not None
    assert {name for name, _key, _day in found} == {name for name, _source in timeline_sources.named()}
    told = timeline.tell(found)
    assert all(item.day == DAY and item.happening.when for item in told)
    assert titles(timeline.Asked(date(2024, 7, 1), END)) == []


def test_an_organisation_goes_by_the_name_of_that_day() -> None:
    body = OrganisationFactory(kind=Kind.MINISTRY, called=None)
    OrganisationName.objects.create(
        organisation=body, name="EZK", name_with_kind="EZK", sort_name="ezk", valid_until=date(2024, 6, 30)
    )
    OrganisationName.objects.create(
        organisation=body, name="EZ", name_with_kind="EZ", sort_name="ez", valid_from=date(2024, 7, 1)
    )
    SignatoryFactory(organisation=body, signature__signed_on=DAY, signature__manifest__name="Manifest MVOI")
    assert titles(timeline.Asked(START, END)) == ["EZK ondertekent het Manifest MVOI"]


def test_who_does_what_and_what_is_thought_is_told_under_the_name_of_the_day() -> None:
    body = OrganisationFactory(called__name="Aa")
    frame = FrameFactory(name="Het plan")
    PlanRoleFactory(frame=frame, organisation=body, role="coordinates", valid_from=DAY)
    PositionFactory(organisation=None, holder_name="De branche", stance="Vraag hetzelfde.", dated=DAY)
    ParticipationFactory(group__name="Bruggen", organisation=None, party_name="Bouw BV", valid_until=DAY)
    ParticipationFactory(group__name="Wegen", organisation=body, valid_from=DAY)
    assert sorted(titles(timeline.Asked(START, END))) == [
        "Aa coördineert: Het plan",
        "Aa doet mee aan Wegen",
        "Bouw BV deed tot dan mee aan Bruggen",
        "Standpunt van De branche: Vraag hetzelfde.",
    ]


def test_a_vague_date_stands_on_its_last_day_and_as_it_is_known() -> None:
    ActivityFactory(title="Fase 2", started_on=PartialDate.season(2024, "najaar"))
    found = timeline.happened(
        ActorFactory(role=Role.READER), END, timeline.Asked(date(2024, 11, 30), date(2024, 11, 30))
    )
    (told,) = timeline.tell(found or [])
    assert (told.happening.when, told.happening.title) == ("najaar 2024", "Gestart: Fase 2")


def test_a_line_holds_what_the_lines_before_it_held() -> None:
    old = PolicyLineFactory(code="6", frame=FrameFactory())
    new = PolicyLineFactory(code="D", frame=FrameFactory())
    LineMappingFactory(from_line=old, to_line=new)
    PaperFactory(dated=DAY, line=old, title="Uit 2023")
    PaperFactory(dated=DAY, line=PolicyLineFactory(code="B"), title="Van een ander")
    SignatoryFactory(signature__signed_on=DAY)
    assert titles(timeline.Asked(START, END, line="D")) == ["Brief: Uit 2023"]
    assert titles(timeline.Asked(START, END, kind="signed", line="D")) == []


def test_who_reads_only_the_own_organisation_sees_only_that() -> None:
    one_of_each()
    mine = SignatoryFactory(signature__signed_on=DAY)
    contact = ActorFactory(role=Role.CONTACT)
    RepresentativeFactory(user=contact, organisation=mine.organisation, valid_from=date(2024, 1, 1))
    found = timeline.happened(contact, END, timeline.Asked(START, END))
    assert [(name, key) for name, key, _day in found or []] == [("signed", mine.signature.pk)]


def test_a_letter_that_is_not_sent_and_text_that_is_not_accepted_are_not_told() -> None:
    LetterFactory()
    ProgressEntryFactory(submitted=True)
    assert titles(timeline.Asked(date(2020, 1, 1), date(2030, 1, 1))) == []


def test_the_page_filters_and_says_what_is_wrong() -> None:
    one_of_each()
    client = reader()
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "van 1 juni 2024 tot en met 30 juni 2024" in page.text
    only = client.get(f"{PAGE}&soort=groups").text
    assert "1 gebeurtenis van" in only
    wrong = client.get("/monitoring/tijdlijn/?van=31-2-2024&tot=30-6-2024")
    assert wrong.status_code == 400
    turned = client.get("/monitoring/tijdlijn/?van=30-6-2024&tot=1-6-2024")
    assert "Draai ze om" in turned.text
    assert "niets gebeurd" in client.get("/monitoring/tijdlijn/?van=1-1-1999&tot=2-1-1999").text


def test_a_dossier_leads_to_what_happened_around_its_organisation() -> None:
    mine = SignatoryFactory(signature__signed_on=DAY, organisation__called__name="Aardorp").organisation
    other = SignatoryFactory(signature__signed_on=DAY, organisation__called__name="Bergstad").organisation
    client = reader()
    dossier = client.get(f"/organisaties/{mine.key}/?peildatum=30-6-2024").text
    (address,) = re.findall(r'href="(/monitoring/tijdlijn/[^"]+)"', dossier)
    page = client.get(unescape(address)).text
    assert "Aardorp ondertekent" in page
    assert "Bergstad ondertekent" not in page
    export = client.get(unescape(address).replace("/?", "/export.csv?")).text
    assert f"Organisatie: {mine.key}" in export
    assert "Bergstad" not in export
    assert "Bergstad" in client.get(f"{PAGE}&organisatie=bergstad").text
    assert "staat niet in het register" in client.get(f"{PAGE}&organisatie=nergens").text
    contact = ActorFactory(role=Role.CONTACT)
    RepresentativeFactory(user=contact, organisation=mine, valid_from=date(2024, 1, 1))
    client.force_login(contact)
    assert "Aardorp ondertekent" in client.get(f"{PAGE}&organisatie={mine.key}").text
    hidden = client.get(f"{PAGE}&organisatie={other.key}")
    assert hidden.status_code == 400
    assert "Bergstad" not in hidden.text


def test_around_an_organisation_are_its_papers_meetings_and_promises_given_or_received() -> None:
    mine, other = OrganisationFactory(key="ienw"), OrganisationFactory(key="ander")
    for body, mark in ((mine, "van ons"), (other, "van hen")):
        PaperSenderFactory(paper__title=f"Brief {mark}", paper__dated=DAY, organisation=body)
        ParticipantFactory(
            consultation__title=f"Overleg {mark}", consultation__held_on=DAY, organisation=body
        )
        given = CommitmentFactory(text=f"Gegeven {mark}", made_on=DAY, owner=body)
        CommitmentPartyFactory(commitment=given, organisation=body)
        taken = CommitmentFactory(text=f"Ontvangen {mark}", made_on=DAY)
        CommitmentPartyFactory(commitment=taken, side="receiver", organisation=body)
        CommitmentStepFactory(commitment=taken, since=DAY)
    asked = timeline.Asked(START, END, about=Followed(organisation=frozenset({mine.pk})))
    assert sorted(titles(asked)) == [
        "Brief van ons",
        "Overleg van ons",
        "Toezegging: Gegeven van ons",
        "Toezegging: Ontvangen van ons",
        "Voldaan: Ontvangen van ons",
    ]


def test_the_export_has_all_that_is_filtered() -> None:
    one_of_each()
    client = reader()
    export = client.get(PAGE.replace("/?", "/export.csv?"))
    assert export.text.count("2024-06-15") == len(timeline_sources)
    assert client.get("/monitoring/tijdlijn/export.csv?van=x").status_code == 400
    assert client.get(f"{PAGE.replace('/?', '/export.csv?')}&formaat=ods").status_code == 200


@pytest.mark.parametrize("made", [one_of_most, around_the_plan])
def test_many_facts_cost_no_more_queries_than_one_of_each(made: Callable[[], None]) -> None:
    client = reader()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{PAGE}&peildatum=30-6-2024").status_code == 200
        return len(found)

    made()
    few = queries()
    made()
    assert queries() == few  # two of each on one page
    if made is one_of_most:
        municipalities(400, signed_on=DAY)
        plans()
        assert queries() <= few  # pages of fewer kinds
