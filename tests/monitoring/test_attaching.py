"""Files and parliamentary papers go along with an answer, and are read by who may read the answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from monitoring.models import EntryFile, EntryPaper, ProgressEntry, ProgressQuestion, ProgressRequest
from mvi_portal.accounts.models import Role
from signatories.models import Representative
from tests import documents
from tests.factories.monitoring import PaperFactory, ProgressQuestionFactory, ProgressRequestFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
ENTRY = "/monitoring/voortgang/ronde/ienw/A/"


@pytest.fixture
def asked() -> ProgressRequest:
    today = timezone.localdate()
    question = ProgressQuestionFactory(
        round__slug="ronde",
        round__asked_on=today,
        round__due_on=today + timedelta(days=7),
        line__code="A",
    )
    organisation = OrganisationFactory(key="ienw", called__name="Infrastructuur")
    made: ProgressRequest = ProgressRequestFactory(round=question.round, organisation=organisation)
    return made


def visitor(role: Role, request: ProgressRequest | None = None) -> Client:
    user, client = ActorFactory(role=role), Client()
    if request:
        Representative.objects.create(
            user=user, organisation=request.organisation, valid_from=date(2020, 1, 1)
        )
    client.force_login(user)
    return client


@pytest.fixture
def officer(asked: ProgressRequest) -> Client:
    return visitor(Role.OFFICER, asked)


def attach(client: Client, content: bytes, name: str = "verslag.pdf") -> str:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{ENTRY}bijlagen/", {"file": file}, follow=True).content.decode()


def test_a_file_goes_along_and_is_read_once_it_is_handed_in(officer: Client) -> None:
    assert "verslag.pdf" in attach(officer, documents.pdf())
    row = EntryFile.objects.get()
    address = f"{ENTRY}bijlagen/{row.pk}/"
    reader = visitor(Role.READER)
    assert reader.get(address).status_code == 404
    assert "verslag.pdf" not in reader.get(ENTRY).content.decode()
    officer.post(f"{ENTRY}niets-nieuws/")
    assert b"".join(reader.get(address)).startswith(b"%PDF")
    assert "verslag.pdf" in reader.get(ENTRY).content.decode()
    assert "al ingediend" in attach(officer, documents.pdf(pages=2), "later.pdf")
    assert (
        "al ingediend"
        in officer.post(f"{ENTRY}bijlagen/weg/", {"bestand": row.pk}, follow=True).content.decode()
    )
    assert EntryFile.objects.count() == 1


def test_what_is_no_document_or_there_already_is_told(officer: Client) -> None:
    assert "Kies een bestand van de soort" in attach(officer, b"zomaar iets")
    content = documents.pdf()
    attach(officer, content)
    assert "staat al bij het antwoord" in attach(officer, content)
    assert "Kies een bestand" in officer.post(f"{ENTRY}bijlagen/", follow=True).content.decode()
    assert EntryFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_is_taken_away_with_its_bytes(officer: Client) -> None:
    attach(officer, documents.pdf())
    row = EntryFile.objects.get()
    assert default_storage.exists(row.path)
    html = officer.post(f"{ENTRY}bijlagen/weg/", {"bestand": row.pk}, follow=True).content.decode()
    assert "Weggehaald" in html
    assert not EntryFile.objects.exists()
    assert not default_storage.exists(row.path)
    assert officer.post(f"{ENTRY}bijlagen/weg/", {"bestand": "x"}).status_code == 404


def test_a_paper_of_the_register_goes_along(officer: Client) -> None:
    paper = PaperFactory(title="Een motie")
    for _ in range(2):
        officer.post(f"{ENTRY}bijlagen/", {"stuk": "ja", "paper": paper.slug})
    assert EntryPaper.objects.get().entry == ProgressEntry.objects.get()
    assert "Een motie" in officer.get(ENTRY).content.decode()
    wrong = officer.post(f"{ENTRY}bijlagen/", {"stuk": "ja", "paper": "zomaar"}, follow=True)
    assert "Selecteer een geldige keuze" in wrong.content.decode()
    officer.post(f"{ENTRY}bijlagen/weg/", {"stuk": paper.slug})
    assert not EntryPaper.objects.exists()


def test_nobody_else_attaches(asked: ProgressRequest) -> None:
    assert asked.round.slug == "ronde"
    for role in (Role.OFFICER, Role.SECRETARIAT):
        assert visitor(role).post(f"{ENTRY}bijlagen/", {}).status_code == 403


@pytest.fixture
def prepared(asked: ProgressRequest) -> str:
    """Where the officer writes outside the round."""
    line = ProgressQuestion.objects.get().line
    return f"/monitoring/voorbereiden/ienw/{line.frame.slug}/A/"


@pytest.mark.django_db(transaction=True)
def test_what_goes_along_with_a_prepared_text_comes_into_the_answer(officer: Client, prepared: str) -> None:
    paper = PaperFactory(title="Een motie")
    for name in ("verslag.pdf", "foto.pdf"):
        file = SimpleUploadedFile(name, documents.pdf(pages=len(name)))
        html = officer.post(f"{prepared}bijlagen/", {"file": file}, follow=True).content.decode()
        assert name in html
    officer.post(f"{prepared}bijlagen/", {"stuk": "ja", "paper": paper.slug})
    row = EntryFile.objects.get(filename="verslag.pdf")
    assert b"".join(officer.get(f"{prepared}bijlagen/{row.pk}/")).startswith(b"%PDF")
    assert "staat klaar" in officer.get("/monitoring/voorbereiden/").content.decode()
    assert visitor(Role.OFFICER).get(f"{prepared}bijlagen/{row.pk}/").status_code == 404
    attach(officer, documents.pdf(pages=len("foto.pdf")), "dezelfde.pdf")
    doubled = EntryFile.objects.get(filename="foto.pdf").path
    assert "Daarbij horen: foto.pdf, verslag.pdf, Een motie." in officer.get(ENTRY).content.decode()
    officer.post(f"{ENTRY}voorbereide-tekst/")
    entry = ProgressEntry.objects.get()
    assert {item.filename for item in entry.files.all()} == {"verslag.pdf", "dezelfde.pdf"}
    assert entry.paper_rows.get().paper == paper
    assert default_storage.exists(row.path)
    assert not default_storage.exists(doubled)


def test_what_was_prepared_is_taken_away_again(officer: Client, prepared: str) -> None:
    paper = PaperFactory()
    officer.post(f"{prepared}bijlagen/", {"stuk": "ja", "paper": paper.slug})
    officer.post(f"{prepared}bijlagen/weg/", {"stuk": paper.slug})
    assert not EntryPaper.objects.exists()
    assert officer.post(f"{prepared}bijlagen/weg/", {"bestand": "1"}).status_code == 404
