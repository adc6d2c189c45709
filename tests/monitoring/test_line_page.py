"""The page of a line and of the plan: all that is known of it on a day, and where that is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring.models import PolicyLine
from mvi_portal.accounts.models import Role
from tests.factories.monitoring import (
    ActivityFactory,
    CommitmentFactory,
    CommunicationMomentFactory,
    ConsultationFactory,
    EntryFileFactory,
    ExampleFactory,
    FinanceCoverFactory,
    FrameFactory,
    LineMappingFactory,
    PaperFactory,
    PaperPointFactory,
    PlanRoleFactory,
    PolicyLineFactory,
    PositionFactory,
    ProgrammeFactory,
    ProgressEntryFactory,
)
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "1-6-2024", "31-1-2025"
KINDS: tuple[tuple[str, Any, str, dict[str, date]], ...] = (
    ("stukken", PaperFactory, "title", {}),
    ("toezeggingen", CommitmentFactory, "text", {}),
    ("raadplegingen", ConsultationFactory, "title", {}),
    ("standpunten", PositionFactory, "stance", {}),
    ("voorbeelden", ExampleFactory, "title", {"dated": date(2024, 6, 12)}),
    ("communicatie", CommunicationMomentFactory, "title", {}),
    ("programmas", ProgrammeFactory, "name", {"valid_from": date(2024, 6, 12)}),
)


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(ActorFactory(role=Role.READER))
    return client


@pytest.fixture
def line() -> PolicyLine:
    made: PolicyLine = PolicyLineFactory(frame__slug="plan", frame__valid_from=date(2021, 1, 1), code="D")
    return made


def shown(client: Client, address: str, on: str = AFTER, **asked: str) -> str:
    answer = client.get(address, {"peildatum": on, **asked})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def one_of_each(line: PolicyLine, word: str) -> None:
    for _place, factory, field, more in KINDS:
        factory(line=line, **{field: word}, **more)
    FinanceCoverFactory(frame=line.frame, line=line, organisation=OrganisationFactory(called__name=word))
    moment = datetime(2024, 6, 12, 12, tzinfo=UTC)
    entry = ProgressEntryFactory(
        accepted=True, line=line, round__frame=line.frame, submitted_at=moment, accepted_at=moment
    )
    EntryFileFactory(entry=entry, filename=f"{word}.pdf")


def test_a_line_tells_all_that_is_known_of_it_on_the_day(reader: Client, line: PolicyLine) -> None:
    one_of_each(line, "Fietspad")
    one_of_each(PolicyLineFactory(frame=line.frame), "Zandpad")
    page = shown(reader, "/monitoring/lijnen/plan/D/")
    assert page.count("Fietspad") >= len(KINDS) + 2
    assert "Fietspad.pdf" in page
    assert "Zandpad" not in page
    assert "is er bij deze lijn niets vastgelegd over" not in page
    earlier = shown(reader, "/monitoring/lijnen/plan/D/", BEFORE)
    assert earlier.count("Fietspad") == 1  # who covers 2024, which has no day
    assert "niets vastgelegd over: stukken, toezeggingen" in earlier


@pytest.mark.parametrize("place", [*(kind[0] for kind in KINDS), "financien"])
def test_a_line_leads_to_lists_that_hold_what_earlier_lines_held(
    reader: Client, line: PolicyLine, place: str
) -> None:
    older = PolicyLineFactory(code="6")
    LineMappingFactory(from_line=older, to_line=line)
    one_of_each(older, "Fietspad")
    one_of_each(PolicyLineFactory(), "Zandpad")
    assert f"/monitoring/{place}/?lijn=plan%3AD" in shown(reader, "/monitoring/lijnen/plan/D/")
    listed = shown(reader, f"/monitoring/{place}/", lijn="plan:D").split("<table")[1]
    assert "Fietspad" in listed
    assert "Zandpad" not in listed


def test_a_full_line_costs_no_more_queries_than_one_of_each(reader: Client, line: PolicyLine) -> None:
    counts = []
    for times in (1, 6):
        for _time in range(times):
            one_of_each(line, "Fietspad")
        with CaptureQueriesContext(connection) as queries:
            shown(reader, "/monitoring/lijnen/plan/D/")
        counts.append(len(queries))
    assert counts[0] == counts[1] < 45


def test_the_plan_tells_what_offered_it_and_where_its_roles_are_written(reader: Client) -> None:
    paper = PaperFactory(title="Aanbiedingsbrief", dated=date(2024, 6, 12))
    frame = FrameFactory(slug="plan", plan_title="Het plan", paper=paper, source="Het plan zelf")
    PlanRoleFactory(frame=frame, source="De nota")
    page = shown(reader, "/monitoring/lijnen/plan/")
    assert f'href="/monitoring/stukken/{paper.slug}/?peildatum=' in page
    assert "Aanbiedingsbrief (12 juni 2024)" in page
    assert all(source in page for source in ("Het plan zelf", "De nota"))
    assert "Aanbiedingsbrief" not in shown(reader, "/monitoring/lijnen/plan/", BEFORE)
    assert "Het plan (Kader)" in shown(reader, f"/monitoring/stukken/{paper.slug}/").split("Bood aan")[1]


def test_a_reaction_is_there_from_the_day_of_the_paper_that_gives_it(reader: Client) -> None:
    point = PaperPointFactory(reaction="Wij doen dit.", paper__dated=date(2024, 1, 1))
    address = f"/monitoring/stukken/{point.paper.slug}/"
    assert "Wij doen dit." in shown(reader, address, BEFORE)
    PaperFactory(answers=point.paper, dated=date(2024, 12, 3))
    assert "Wij doen dit." not in shown(reader, address, BEFORE)
    assert "nog geen reactie" in shown(reader, address, BEFORE)
    assert "Wij doen dit." in shown(reader, address)


def test_a_card_counts_what_runs_on_the_day(reader: Client, line: PolicyLine) -> None:
    ActivityFactory(line=line, started_on=date(2024, 7, 1), ended_on=date(2025, 2, 1))
    ActivityFactory(line=line, started_on=date(2024, 8, 1))
    assert "lopen 2 activiteiten" in shown(reader, "/monitoring/")
    assert "loopt 1 activiteit." in shown(reader, "/monitoring/", "1-3-2025")
    assert "loopt geen activiteit" in shown(reader, "/monitoring/", BEFORE)


def test_cover_is_listed_up_to_the_year_after_the_day(reader: Client) -> None:
    for year in (2024, 2025, 2026):
        FinanceCoverFactory(year=year, organisation__called__name=f"Ministerie {year}")
    page = shown(reader, "/monitoring/financien/", BEFORE)
    assert [year for year in (2024, 2025, 2026) if f"Ministerie {year}" in page] == [2024, 2025]
