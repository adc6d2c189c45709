"""Asking for a version, how far it is, why it failed, and its file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from mvi_portal.accounts.models import Role
from mvi_portal.jobs.models import Job, State
from reports import pictures
from reports.models import LetterState, LetterVersion, VersionState
from tests.factories.jobs import JobFactory
from tests.factories.registers import municipalities
from tests.factories.reports import DATED, LetterFactory, LetterVersionFactory, SectionFactory, figure
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
PLACE = "/brieven/brief/"
FIRST = f"{PLACE}versies/1/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(ActorFactory(role=Role.SECRETARIAT))
    return client


def text(client: Client, address: str = FIRST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def version_with(job: Job | None) -> LetterVersion:
    version: LetterVersion = LetterVersionFactory.create(letter__slug="brief", job=job)
    return version


def test_asking_for_a_version_leads_to_its_page(secretary: Client) -> None:
    LetterFactory(slug="brief")
    answer = secretary.post(f"{PLACE}bouwen/", follow=True)
    assert answer.redirect_chain == [(FIRST, 302)]
    html = answer.content.decode()
    assert "wachtrij" in html
    assert "Ververs" in html
    assert LetterVersion.objects.get().created_by == answer.wsgi_request.user


def test_a_second_click_gives_the_version_that_is_under_way(secretary: Client) -> None:
    LetterFactory(slug="brief")
    for _ in range(2):
        assert secretary.post(f"{PLACE}bouwen/")["Location"] == FIRST
    Job.objects.update(state=State.FAILED, reason="Stuk.")
    assert secretary.post(f"{PLACE}bouwen/")["Location"] == f"{PLACE}versies/2/"


def test_a_what_if_that_is_under_way_is_not_the_letter(secretary: Client) -> None:
    version = version_with(JobFactory())
    LetterVersion.objects.update(reference_date=DATED.replace(year=2024), what_if=True)
    assert secretary.post(f"{PLACE}bouwen/")["Location"] == f"{PLACE}versies/2/"
    assert version.letter.versions.count() == 2


def test_a_sent_letter_is_not_built(secretary: Client) -> None:
    LetterFactory(slug="brief", state=LetterState.SENT, sent_on=DATED)
    answer = secretary.post(f"{PLACE}bouwen/", follow=True)
    assert "verzonden en ligt vast" in answer.content.decode()
    assert not LetterVersion.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EVALUATOR])
def test_who_comments_may_look_but_not_build(client: Client, role: Role) -> None:
    version_with(JobFactory.running())
    client.force_login(ActorFactory(role=role))
    assert "Breek het bouwen af" not in text(client)
    assert client.post(f"{PLACE}bouwen/").status_code == 403
    assert client.post(f"{FIRST}afbreken/").status_code == 403
    assert Job.objects.get().state == State.RUNNING


def test_building_only_by_post(secretary: Client) -> None:
    version_with(JobFactory())
    assert secretary.get(f"{PLACE}bouwen/").status_code == 405
    assert secretary.get(f"{FIRST}afbreken/").status_code == 405


def test_progress_is_that_of_the_job(secretary: Client) -> None:
    version_with(JobFactory.running(done=2, total=4, step="PDF maken"))
    for html in (text(secretary), secretary.get(f"{FIRST}voortgang/", headers=HTMX).content.decode()):
        assert "Stap 3 van 4: PDF maken" in html
        assert 'max="4" value="2"' in html
        assert f'hx-get="{FIRST}voortgang/"' in html


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.DONE])
def test_the_polling_ends_with_the_whole_page(secretary: Client, state: State) -> None:
    version_with(JobFactory(state=state, reason="Stuk."))
    answer = secretary.get(f"{FIRST}voortgang/", headers=HTMX)
    assert answer["HX-Refresh"] == "true"
    assert "hx-get" not in text(secretary)
    assert "htmx" not in text(secretary)


def test_a_part_of_a_page_is_no_page(secretary: Client) -> None:
    version_with(JobFactory())
    assert secretary.get(f"{FIRST}voortgang/")["Location"] == FIRST


def test_a_build_is_cancelled(secretary: Client) -> None:
    version = version_with(JobFactory.running())
    assert "is afgebroken" in secretary.post(f"{FIRST}afbreken/", follow=True).content.decode()
    assert LetterVersion.objects.get(pk=version.pk).state == VersionState.CANCELLED
    assert "niet meer gebouwd" in secretary.post(f"{FIRST}afbreken/", follow=True).content.decode()


def test_a_failure_says_why_and_where_to_mend_it(secretary: Client) -> None:
    reason = "In de sectie 'Brede borging' staat nog niets.\nVan de afzender is geen adres bekend."
    version = version_with(JobFactory(state=State.FAILED, reason=reason))
    section = SectionFactory(letter=version.letter)
    for html in (text(secretary), text(secretary, PLACE)):
        assert "staat nog niets." in html
        assert "geen adres bekend." in html
        assert f"/onderdelen/{section.pk}/bewerken/" in html
    assert "Probeer opnieuw" in text(secretary)


def test_a_version_without_a_job_failed_for_reasons_unknown(secretary: Client) -> None:
    version_with(None)
    assert "niets meer bekend" in text(secretary)


def test_a_version_that_is_ready_tells_its_facts_and_gives_its_file(secretary: Client, media: Path) -> None:
    file = default_storage.save("letters/b.pdf", ContentFile(b"%PDF-inhoud"))
    LetterVersionFactory.ready(letter__slug="brief", file=file)
    html = text(secretary)
    assert "a" * 64 in html
    assert "b" * 64 in html
    answer = secretary.get(f"{PLACE}1.pdf")
    assert b"".join(answer.streaming_content) == b"%PDF-inhoud"  # type: ignore[attr-defined] # a FileResponse
    assert answer["Content-Type"] == "application/pdf"


def test_a_version_that_is_not_ready_has_no_file(secretary: Client) -> None:
    version_with(JobFactory())
    for below in ("1.pdf", "versies/1/voorbeeld/", "versies/1/cijfers/", "versies/9/"):
        assert secretary.get(f"{PLACE}{below}").status_code == 404


def test_a_version_asks_always_as_much(secretary: Client) -> None:
    version_with(JobFactory.running())
    with CaptureQueriesContext(connection) as asked:
        secretary.get(f"{FIRST}voortgang/", headers=HTMX)
    assert len(asked) == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_builds_what_the_page_asked(secretary: Client, worker: None) -> None:
    municipalities(3)
    LetterFactory.saying(f"<p>Er zijn {figure('ondertekenaars.gemeenten')} gemeenten.</p>", slug="brief")
    secretary.post(f"{PLACE}bouwen/")
    deadline = time.monotonic() + 60
    while "HX-Refresh" not in secretary.get(f"{FIRST}voortgang/", headers=HTMX).headers:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert "Download de brief (PDF)" in text(secretary)
    assert b"".join(secretary.get(f"{PLACE}1.pdf").streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined] # a FileResponse
    assert "Er zijn 3 gemeenten." in strip_tags(text(secretary, f"{FIRST}voorbeeld/"))


def test_the_pages_stand_on_a_page_and_each_can_be_opened(secretary: Client) -> None:
    file = default_storage.save("letters/brief.pdf", ContentFile(b"%PDF-"))
    version = LetterVersionFactory.ready(letter__slug="brief", file=file, pages=2)
    for page in (1, 2):
        default_storage.save(version.picture(page), ContentFile(b"PNG"))
    html = text(secretary, f"{FIRST}bladzijden/")
    assert html.count("<img src=") == 2
    assert 'alt="Bladzijde 2 van 2"' in html
    answer = secretary.get(f"{PLACE}1-2.png")
    assert (answer["Content-Type"], answer.getvalue()) == ("image/png", b"PNG")
    assert secretary.get(f"{PLACE}1-3.png").status_code == 404


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.QUEUED, "Wij maken afbeeldingen van de bladzijden."),
        (State.DONE, "geen afbeeldingen van de bladzijden"),
    ],
)
def test_pages_that_are_not_there_are_told(secretary: Client, state: State, told: str) -> None:
    """While the worker is at it, or because the version is older than the drawing of pages."""
    version = LetterVersionFactory.ready(letter__slug="brief", file="letters/nergens.pdf")
    JobFactory.create(kind=pictures.KIND, payload={"version": version.pk}, state=state)
    assert told in text(secretary, f"{FIRST}bladzijden/")
    assert secretary.get(f"{PLACE}1-1.png").status_code == 404
