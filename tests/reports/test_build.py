"""One build: from the register to a PDF, by whoever holds the job."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.db.utils import DatabaseError
from PIL import Image
from pytest_django import Settings

from mvi_portal.jobs.leases import LeaseLost, claim
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.services import cancel, work
from reports.build import build_letter
from reports.content.snapshot import snapshot
from reports.frozen import from_json
from reports.models import BUILD_STEPS, Letter, LetterState, LetterVersion, Section, VersionState
from reports.pictures import KIND, WIDTH, ask
from reports.services import request_build
from signatories.models import Signatory
from tests.factories.registers import municipalities
from tests.factories.reports import DATED, LetterFactory, figure

pytestmark = pytest.mark.django_db(transaction=True)

SIGNED = "ondertekenaars.gemeenten"


@pytest.fixture
def letter() -> Letter:
    municipalities(3)
    return LetterFactory.saying(f"<p>Er zijn {figure(SIGNED)} gemeenten.</p>", slug="brief")


def built(letter: Letter) -> LetterVersion:
    """A version after one try of a worker."""
    version = request_build(letter=letter, by=None)
    work(Job.objects.get(letter_version=version).pk, worker="worker-1")
    for job in Job.objects.open().filter(kind=KIND):
        work(job.pk, worker="worker-1")
    return LetterVersion.objects.get(pk=version.pk)


def reason(version: LetterVersion) -> str:
    """Why it failed, and nothing else was kept."""
    assert version.job is not None
    assert (version.state, version.job.state) == (VersionState.FAILED, State.FAILED)
    assert (version.content, version.content_sha256, version.pages) == ("", "", None)
    return version.job.reason


def test_build_freezes_prints_and_fingerprints(letter: Letter) -> None:
    version = built(letter)

    assert version.state == VersionState.READY
    file = version.file.read()
    assert file.startswith(b"%PDF-")
    assert version.file_sha256 == hashlib.sha256(file).hexdigest()
    assert version.content_sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert from_json(version.content).figures[SIGNED].value == 3
    assert version.pages == 1
    assert list(version.steps) == list(BUILD_STEPS)
    assert version.job is not None
    assert (version.job.state, version.job.percentage) == (State.DONE, 100)


def test_the_pages_are_drawn_beside_the_file(letter: Letter) -> None:
    version = built(letter)

    with Image.open(version.file.storage.open(version.picture(1))) as page:
        assert (page.format, page.width) == ("PNG", WIDTH)
        assert page.height / page.width == pytest.approx(297 / 210, abs=0.005)
        ink = page.convert("L").histogram()
    assert sum(ink[:100]) > 1_000  # there is text on it
    assert not version.file.storage.exists(version.picture(2))


def test_pages_that_are_not_there_are_drawn_when_asked_again(letter: Letter) -> None:
    version = built(letter)
    version.file.storage.delete(version.picture(1))
    assert not version.has_pictures

    ask(version, by=None)
    work(Job.objects.open().get().pk, worker="worker-2")

    assert LetterVersion.objects.get(pk=version.pk).has_pictures


def test_same_content_gives_the_same_bytes(letter: Letter) -> None:
    first, second = built(letter), built(letter)

    assert first.number != second.number
    assert (first.file_sha256, first.content_sha256) == (second.file_sha256, second.content_sha256)
    assert first.file.name != second.file.name


def test_history_tells_of_the_build(letter: Letter) -> None:
    version = built(letter)

    events = version.events.filter(pgh_label="update").order_by("pgh_id")  # type: ignore[attr-defined]
    assert events.last().pgh_context.metadata["action"] == "letter.built"


def test_letter_with_a_problem_fails_with_what_is_wrong(letter: Letter) -> None:
    Section.objects.update(text=figure("zzz"))

    assert "staat het cijfer 'zzz', maar dat bestaat niet." in reason(built(letter))


def test_letter_with_a_citation_that_cannot_be_read_fails(letter: Letter) -> None:
    Section.objects.update(text='<p>Zie<mvi-citation data-ref="zomaar iets"></mvi-citation></p>')

    assert "Brede borging" in reason(built(letter))


def test_letter_with_a_character_that_cannot_be_printed_fails(letter: Letter) -> None:
    Section.objects.update(text="<p>Goed gedaan 🎉</p>")

    assert "🎉" in reason(built(letter))


def test_version_that_is_ready_is_not_built_again(letter: Letter) -> None:
    version = built(letter)
    Job.objects.filter(letter_version=version).update(state=State.QUEUED)
    municipalities(1, first=9)

    assert version.job is not None
    work(version.job.pk, worker="worker-2")

    again = LetterVersion.objects.get(pk=version.pk)
    assert (again.file.name, again.content) == (version.file.name, version.content)
    version.job.refresh_from_db()
    assert version.job.state == State.DONE


def test_a_late_cancel_finds_the_letter_ready_and_its_job_done(letter: Letter) -> None:
    version = request_build(letter=letter, by=None)
    job = Job.objects.get(letter_version=version)
    run = claim(job.pk, worker="worker-1")
    assert run is not None

    build_letter(run)  # the worker has not yet come to the end of the job

    assert not cancel(job=job)
    job.refresh_from_db()
    assert (job.state, LetterVersion.objects.get(pk=version.pk).state) == (State.DONE, VersionState.READY)


def test_letter_that_was_sent_meanwhile_is_not_built(letter: Letter) -> None:
    version = request_build(letter=letter, by=None)
    Letter.objects.update(state=LetterState.SENT, sent_on=DATED)

    work(Job.objects.get().pk, worker="worker-1")

    assert "intussen verzonden" in reason(LetterVersion.objects.get(pk=version.pk))


def test_worker_that_loses_its_lease_at_the_last_moment_keeps_nothing(
    letter: Letter, settings: Settings, media: Path
) -> None:
    version = request_build(letter=letter, by=None)
    run = claim(Job.objects.get().pk, worker="worker-1")
    assert run is not None
    backend = {"BACKEND": "tests.reports.storages.LeaseThief"}
    settings.STORAGES = {**django_settings.STORAGES, "default": backend}

    with pytest.raises(LeaseLost):
        build_letter(run)

    assert not LetterVersion.objects.get(pk=version.pk).is_ready
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_change_in_the_middle_of_the_freezing_is_not_seen() -> None:
    municipalities(2)

    def add() -> None:
        try:
            municipalities(1, first=3)
        finally:
            connection.close()

    with snapshot():
        assert Signatory.objects.count() == 2
        other = threading.Thread(target=add)
        other.start()
        other.join()
        assert Signatory.objects.count() == 2

    assert Signatory.objects.count() == 3


def test_freezing_cannot_write() -> None:
    with pytest.raises(DatabaseError, match="read-only"), snapshot():
        municipalities(1)


def test_freezing_does_not_happen_within_another_transaction() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), snapshot():
        pass
