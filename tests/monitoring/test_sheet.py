"""A meeting sheet: one page for a consultation, printed by a worker for who asked for it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import page
import pytest
from django.test import Client
from pypdf import PdfReader

from monitoring.models import Consultation
from monitoring.services import request_sheet
from mvi_portal.accounts.models import Role, User
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.services import work
from tests.factories.monitoring import (
    CommitmentFactory,
    CommitmentStepFactory,
    ConsultationFactory,
    PaperFactory,
    ParticipantFactory,
)
from tests.factories.registers import municipalities
from tests.factories.signatories import ActorFactory
from tests.signatories.keeping import text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader() -> User:
    made: User = ActorFactory(role=Role.READER)
    return made


@pytest.fixture
def meeting() -> Consultation:
    municipalities(3)
    ConsultationFactory(slug="eerder", held_on=date(2024, 1, 15))
    made: Consultation = ConsultationFactory(
        slug="bo", title="Bestuurlijk overleg MVOI", held_on=date(2024, 6, 12), agenda="<p>Voortgang</p>"
    )
    ParticipantFactory(consultation=made, organisation__called__name="Provincie Voorbeeld")
    CommitmentFactory(text="De Kamer krijgt cijfers.", made_on=date(2023, 5, 1), due_on=date(2024, 3, 1))
    closed = CommitmentFactory(text="Al gedaan.", made_on=date(2023, 5, 1))
    CommitmentStepFactory(commitment=closed, since=date(2023, 9, 1))
    PaperFactory(title="Brief van het voorjaar", dated=date(2024, 4, 2))
    PaperFactory(title="Brief van later", dated=date(2024, 9, 2))
    return made


def printed(meeting: Consultation, by: User) -> bytes:
    job = request_sheet(consultation=meeting, by=by)
    work(job.pk, worker="worker-1")
    job.refresh_from_db()
    assert (job.state, job.reason) == (State.DONE, "")
    return bytes(job.result.read())


def test_it_tells_what_is_open_how_it_stands_and_what_is_new(meeting: Consultation, reader: User) -> None:
    file = printed(meeting, reader)
    pages = PdfReader(io.BytesIO(file)).pages
    told = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert "Provincie Voorbeeld (bewindspersoon)" in told
    assert "De Kamer krijgt cijfers." in told
    assert "1 maart 2024 (termijn verstreken)" in told
    assert "Al gedaan." not in told
    assert "Brief van het voorjaar" in told
    assert "Brief van later" not in told
    assert "15 januari 2024" in told


def test_however_much_there_is_it_is_one_page_that_says_what_is_left_out(
    meeting: Consultation, reader: User
) -> None:
    long = "Een heel lange tekst over wat er nog moet gebeuren en door wie dat wordt opgepakt. " * 3
    Consultation.objects.filter(pk=meeting.pk).update(agenda=f"<p>{long * 3}</p>" * 14)
    for number in range(40):
        ParticipantFactory(
            consultation=meeting, capacity=f"bestuurder van een gemeenschappelijke regeling {number}"
        )
        CommitmentFactory(text=f"{number} {long}", made_on=date(2023, 5, 1))
        PaperFactory(title=f"{number} {long}", dated=date(2024, 4, 2))
    pages = PdfReader(io.BytesIO(printed(meeting, reader))).pages
    told = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    for left in ("deelnemers: de pagina", "agendapunten: de pagina", "openstaand: de lijst", "de tijdlijn"):
        assert left in told


def test_it_is_a_valid_document_and_the_same_bytes_twice(meeting: Consultation, reader: User) -> None:
    first, second = printed(meeting, reader), printed(meeting, reader)
    assert first == second
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(first, profile=profile)
        assert report.is_compliant, [failure.message for failure in report.failures]


def test_who_presses_twice_waits_for_one_and_others_never_get_the_file(
    meeting: Consultation, reader: User
) -> None:
    mine, other = Client(), Client()
    mine.force_login(reader)
    other.force_login(ActorFactory(role=Role.SECRETARIAT))
    address = "/monitoring/raadplegingen/bo/"
    for _ in range(2):
        mine.post(f"{address}vergaderblad/")
    assert "wordt gemaakt" in text(mine.get(address))
    work(Job.objects.get().pk, worker="worker-1")
    assert "Open het vergaderblad (PDF)" in text(mine.get(address))
    answer: Any = mine.get(f"{address}vergaderblad/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert "Open het vergaderblad" not in text(other.get(address))
    assert other.get(f"{address}vergaderblad/").headers["Location"] == address


def test_a_meeting_that_is_gone_is_said(meeting: Consultation, reader: User) -> None:
    job = request_sheet(consultation=meeting, by=reader)
    meeting.delete()
    work(job.pk, worker="worker-1")
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.reason == "Dit overleg staat niet meer in het portaal."
