"""Line D on the screen, and progress as an officer and the secretariat keep it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monitoring.models import EntryState, PolicyLine, ProgressEntry, ProgressRequest
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.editing import CHANGED
from signatories.models import Representative
from tests.factories.monitoring import (
    ActivityFactory,
    CommitmentFactory,
    CommitmentStepFactory,
    ConsultationFactory,
    IndicatorFactory,
    MeasurementFactory,
    PaperFactory,
    PolicyLineFactory,
    ProgressQuestionFactory,
    ProgressRequestFactory,
)
from tests.factories.signatories import OrganisationFactory
from tests.monitoring.asking import decide

pytestmark = pytest.mark.django_db
ON = "2025-01-31"


def visitor(role: Role, name: str = "a") -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"{name}-{role}@voorbeeld.example", name=name, role=role))
    return client


@pytest.fixture
def reader() -> Client:
    return visitor(Role.READER)


def shown(client: Client, address: str, on: str = ON, **query: str) -> str:
    answer = client.get(address, {"peildatum": on, **query})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def line() -> PolicyLine:
    made: PolicyLine = PolicyLineFactory(
        frame__slug="hoofdlijnen", frame__valid_from=date(2024, 1, 1), code="A", title="Brede borging"
    )
    return made


@pytest.fixture
def asked(line: PolicyLine) -> ProgressRequest:
    """An organisation is asked about a line, in a round that is open."""
    today = timezone.localdate()
    question = ProgressQuestionFactory(
        line=line,
        round__slug="ronde",
        round__frame=line.frame,
        round__asked_on=today - timedelta(days=7),
        round__due_on=today + timedelta(days=7),
    )
    organisation = OrganisationFactory(key="ienw", called__name="Infrastructuur")
    made: ProgressRequest = ProgressRequestFactory(round=question.round, organisation=organisation)
    return made


@pytest.fixture
def officer(asked: ProgressRequest) -> Client:
    client = visitor(Role.OFFICER, "Anna")
    Representative.objects.create(
        user=User.objects.get(name="Anna"), organisation=asked.organisation, valid_from=date(2020, 1, 1)
    )
    return client


ENTRY = "/monitoring/voortgang/ronde/ienw/A/"


def sent(client: Client, action: str = "bewaar", **typed: str) -> dict[str, str]:
    """What the browser sends of the form as it stands now, after some typing."""
    html = client.get(ENTRY).content.decode()
    found = re.search(r'name="edition" value="(\w+)"', html)
    assert found
    return {"edition": found[1], "actie": action, **typed}


def entry() -> ProgressEntry:
    return ProgressEntry.objects.get()


def test_the_plan_is_told_by_the_frame_of_the_day(reader: Client, line: PolicyLine) -> None:
    PolicyLineFactory(
        frame__slug="actielijnen",
        frame__valid_from=date(2021, 1, 1),
        frame__valid_until=date(2023, 12, 31),
        code="1",
        title="Bestuurlijke afspraken",
    )
    now, before = shown(reader, "/monitoring/"), shown(reader, "/monitoring/", "2023-01-31")
    assert "A. Brede borging" in now
    assert "1. Bestuurlijke afspraken" in before
    assert "A. Brede borging" not in before.split("Andere kaders")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/monitoring/voortgang/",
        "/monitoring/voortgang/ronde/",
        "/monitoring/voortgang/ronde/lijn/A/",
        "/monitoring/voortgang/ronde/ienw/",
        "/monitoring/kaders/",
        "/brieven/",
        ENTRY,
    ],
)
def test_what_is_always_of_today_says_so(address: str, asked: ProgressRequest) -> None:
    html = shown(visitor(Role.SECRETARIAT), address)
    assert "Altijd de stand van vandaag" in html.split("</header>")[0]


def test_where_one_writes_no_day_is_named(officer: Client) -> None:
    assert "stand van vandaag" not in shown(officer, ENTRY)


def test_without_a_plan_the_page_says_so(reader: Client) -> None:
    assert "mvi-empty" in shown(reader, "/monitoring/", "2001-01-31")


def test_a_line_tells_its_activities_and_indicators(reader: Client, line: PolicyLine) -> None:
    ActivityFactory(line=line, title="Een handreiking")
    IndicatorFactory(line=line, name="Uitstoot")
    html = shown(reader, "/monitoring/lijnen/hoofdlijnen/A/")
    assert "Een handreiking" in html
    assert "Uitstoot" in html


def test_a_commitment_stands_with_its_status_of_the_day(reader: Client) -> None:
    made = CommitmentFactory(text="Wij komen met een plan.", made_on=date(2024, 1, 1))
    CommitmentStepFactory(commitment=made, since=date(2024, 6, 1), status="met")
    address = f"/monitoring/toezeggingen/{made.slug}/"
    assert "openstaand" in shown(reader, address, "2024-05-31")
    assert "openstaand</span>" not in shown(reader, address, "2024-06-01")
    assert "Wij komen met een plan." in shown(reader, "/monitoring/toezeggingen/")
    assert "Wij komen met een plan." not in shown(reader, "/monitoring/toezeggingen/", zoek="iets anders")


def test_a_meeting_that_is_still_to_come_is_found_with_its_sheet(reader: Client) -> None:
    room = "/monitoring/raadplegingen/"
    assert "komende overleggen zoekt" in shown(reader, room, wanneer="komend")
    coming = ConsultationFactory(title="Bestuurlijk overleg van straks", held_on=date(2999, 3, 1))
    ConsultationFactory(title="Overleg van toen", held_on=date(2024, 3, 1))
    held, planned = shown(reader, room), shown(reader, room, wanneer="komend")
    assert ("van straks" in held, "van toen" in held) == (False, True)
    assert ("van straks" in planned, "van toen" in planned) == (True, False)
    assert "van straks" in reader.get(f"{room}export.csv", {"peildatum": ON, "wanneer": "komend"}).text
    page = shown(reader, f"{room}{coming.slug}/")
    assert "Gepland op" in page
    assert "Maak een vergaderblad" in page


def test_an_indicator_tells_what_it_is_and_what_was_measured(reader: Client) -> None:
    measured = MeasurementFactory()
    indicator = measured.method.indicator
    html = shown(reader, f"/monitoring/indicatoren/{indicator.slug}/", "2030-01-31")
    assert indicator.name in html
    assert indicator.definition in html


@pytest.mark.parametrize("place", ["activiteiten", "indicatoren", "toezeggingen", "stukken", "raadplegingen"])
def test_each_list_has_an_empty_state_an_export_and_says_a_wrong_filter(reader: Client, place: str) -> None:
    assert "mvi-empty" in shown(reader, f"/monitoring/{place}/")
    answer = reader.get(f"/monitoring/{place}/export.csv", {"peildatum": ON})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("place", "factory"),
    [
        ("activiteiten", ActivityFactory),
        ("indicatoren", IndicatorFactory),
        ("toezeggingen", CommitmentFactory),
        ("stukken", PaperFactory),
        ("raadplegingen", ConsultationFactory),
    ],
)
def test_the_number_of_queries_does_not_grow(reader: Client, place: str, factory: type) -> None:
    counts = []
    for count in (1, 15):
        factory.create_batch(count)  # type: ignore[attr-defined] # factory_boy has no types here
        with CaptureQueriesContext(connection) as queries:
            shown(reader, f"/monitoring/{place}/", "2030-01-31")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("asked")
def test_an_officer_is_asked_on_the_start_page_and_first_of_all(officer: Client) -> None:
    assert f'href="{ENTRY}"' in shown(officer, "/")
    assert "Van u gevraagd" in officer.get("/monitoring/voortgang/").content.decode()
    assert "Er staat nu niets voor u open" in shown(visitor(Role.READER), "/")


def test_a_draft_is_kept_and_only_its_writers_read_it(officer: Client) -> None:
    answer = officer.post(ENTRY, sent(officer, text="Wij maakten een handreiking."))
    assert answer.status_code == 302
    assert (entry().state, entry().text) == (EntryState.DRAFT, "<p>Wij maakten een handreiking.</p>")
    assert "Wij maakten een handreiking." in officer.get(ENTRY).content.decode()
    assert "Wij maakten" not in visitor(Role.READER).get(ENTRY).content.decode()


def test_what_is_handed_in_can_be_taken_back_until_it_is_accepted(officer: Client) -> None:
    officer.post(ENTRY, sent(officer, "dien-in", text="Klaar."))
    assert entry().state == EntryState.SUBMITTED
    assert "Klaar." in visitor(Role.READER).get(ENTRY).content.decode()
    officer.post(f"{ENTRY}terugnemen/")
    assert entry().state == EntryState.DRAFT
    officer.post(ENTRY, sent(officer, "dien-in", text="Echt klaar."))
    secretariat = visitor(Role.SECRETARIAT)
    assert "Beoordeel de voortgang" in shown(secretariat, "/")
    decide(secretariat, "aanvaard")
    assert entry().state == EntryState.ACCEPTED
    officer.post(f"{ENTRY}terugnemen/")
    assert entry().state == EntryState.ACCEPTED


def test_the_secretariat_asks_again_and_says_why(officer: Client) -> None:
    officer.post(ENTRY, sent(officer, "dien-in", text="Klaar."))
    secretariat = visitor(Role.SECRETARIAT)
    refused = secretariat.post(f"{ENTRY}beoordelen/", {"actie": "vraag-opnieuw", "remark": " "})
    assert refused.status_code == 400
    assert "Zeg wat er nog nodig is" in refused.content.decode()
    assert entry().state == EntryState.SUBMITTED
    decide(secretariat, "vraag-opnieuw", "Noem de planning.")
    assert entry().state == EntryState.RETURNED
    html = officer.get(ENTRY).content.decode()
    assert "Noem de planning." in html
    assert "Klaar." in html


def test_nothing_is_handed_in_without_an_answer(officer: Client) -> None:
    answer = officer.post(ENTRY, sent(officer, "dien-in", text=""))
    assert answer.status_code == 400
    assert "Schrijf een tekst" in answer.content.decode()
    assert not ProgressEntry.objects.exists()


def test_nothing_new_is_a_full_answer_with_one_click(officer: Client) -> None:
    answer = officer.post(f"{ENTRY}niets-nieuws/", follow=True)
    assert answer.redirect_chain[-1][0] == "/monitoring/voortgang/ronde/ienw/"
    assert (entry().nothing_new, entry().state) == (True, EntryState.SUBMITTED)
    assert "is al ingediend" in officer.post(f"{ENTRY}niets-nieuws/", follow=True).content.decode()


def test_the_second_writer_is_shown_both_texts(officer: Client) -> None:
    officer.post(ENTRY, sent(officer, text="De eerste tekst."))
    mine = sent(officer, text="Mijn tekst.")
    officer.post(ENTRY, sent(officer, text="Hun tekst."))
    answer = officer.post(ENTRY, mine)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert CHANGED in html
    assert "Hun tekst." in html
    assert "Mijn tekst." in html
    assert entry().text == "<p>Hun tekst.</p>"


def test_a_closed_round_takes_no_text(officer: Client, asked: ProgressRequest) -> None:
    mine = sent(officer, text="Te laat.")
    asked.round.closed_on = timezone.localdate()
    asked.round.save()
    assert officer.post(ENTRY, mine).status_code == 403
    assert not ProgressEntry.objects.exists()


def test_another_organisation_may_read_and_not_write(officer: Client) -> None:
    other = visitor(Role.OFFICER, "Bram")
    assert other.get(ENTRY).status_code == 200
    assert other.post(ENTRY, {"actie": "bewaar", "text": "x"}).status_code == 403
    assert officer.post(f"{ENTRY}beoordelen/", {"actie": "aanvaard"}).status_code == 403


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.READER])
def test_a_round_tells_who_was_asked(asked: ProgressRequest, role: Role) -> None:
    html = visitor(role).get("/monitoring/voortgang/ronde/").content.decode()
    assert "Infrastructuur" in html
    assert str(asked.round.title) in html


def test_who_changed_it_stands_on_the_page(officer: Client) -> None:
    officer.post(ENTRY, sent(officer, text="Tekst."))
    assert "Toegevoegd door Anna" in " ".join(officer.get(ENTRY).content.decode().split())


def test_the_dossier_tells_what_the_organisation_does(officer: Client) -> None:
    officer.post(ENTRY, sent(officer, "dien-in", text="Klaar."))
    assert "Nationaal plan" in shown(officer, "/organisaties/ienw/", "2030-01-31")
