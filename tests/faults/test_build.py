"""Workers and the queue die in the middle of a letter; the letter still comes, once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from mvi_portal.jobs.models import Job, State
from reports.models import BUILD_STEPS, AnnexKind, Letter, LetterVersion
from reports.services import request_build
from tests.factories.registers import municipalities, plans
from tests.factories.reports import AnnexFactory, LetterFactory, figure
from tests.faults.machinery import Queue, Worker, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

StartWorker = Callable[[], Worker]


@pytest.fixture
def letter() -> Letter:
    """Long enough to be in the middle of it: two lists of 400 rows."""
    municipalities(400)
    plans()
    letter = LetterFactory.saying(f"<p>Er zijn {figure('ondertekenaars.gemeenten')} gemeenten.</p>")
    for kind in (AnnexKind.SIGNATORIES, AnnexKind.PLANS):
        AnnexFactory(letter=letter, kind=kind)
    return letter


def asked(letter: Letter) -> Job:
    version = request_build(letter=letter, by=None)
    return Job.objects.get(letter_version=version)


def has_come_to(job: Job, step: str) -> bool:
    job.refresh_from_db()
    return job.state == State.RUNNING and job.total > 0 and job.done >= BUILD_STEPS.index(step)


def has_ended(job: Job) -> bool:
    job.refresh_from_db()
    return not job.is_open


def assert_came_once(job: Job, media: Path, *, tries: int) -> None:
    wait_for(lambda: has_ended(job), "the job has ended")
    assert (job.state, job.reason, job.tries) == (State.DONE, "", tries)
    version = LetterVersion.objects.get()
    (file,) = (path for path in media.rglob("*.pdf") if path.is_file())
    assert version.file.path == str(file)
    assert version.file_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.usefixtures("queue")
def test_killed_worker_is_replaced_and_the_letter_comes_once(
    letter: Letter, start_worker: StartWorker, media: Path
) -> None:
    """At other moments: see test_parcel.py."""
    job = asked(letter)
    first = start_worker()
    wait_for(lambda: has_come_to(job, "PDF maken"), "the worker makes the PDF")

    first.kill()
    assert not has_ended(job)
    assert not LetterVersion.objects.get().is_ready
    start_worker()

    assert_came_once(job, media, tries=2)


@pytest.mark.usefixtures("queue")
def test_worker_that_was_away_too_long_finds_its_lease_gone(
    letter: Letter, start_worker: StartWorker, media: Path, tmp_path: Path
) -> None:
    job = asked(letter)
    first = start_worker()
    wait_for(lambda: has_come_to(job, "PDF maken"), "the first worker makes the PDF")
    first.freeze()
    assert not has_ended(job)
    start_worker()
    assert_came_once(job, media, tries=2)
    worker, finished = job.worker, job.finished_at

    first.thaw()
    said = f"job {job.pk} went on without us"
    wait_for(lambda: said in (tmp_path / "worker.log").read_text(), "the first worker lets go")

    assert_came_once(job, media, tries=2)
    assert (job.worker, job.finished_at) == (worker, finished)


def test_job_outlives_a_queue_that_is_killed_and_emptied(
    letter: Letter, queue: Queue, start_worker: StartWorker, media: Path
) -> None:
    job = asked(letter)
    assert queue.waiting() == 1

    queue.kill()
    queue.start()
    assert queue.waiting() == 0
    start_worker()

    assert_came_once(job, media, tries=1)


def test_job_asked_while_the_queue_is_away_is_done_when_it_is_back(
    letter: Letter, queue: Queue, start_worker: StartWorker, media: Path
) -> None:
    start_worker()
    wait_for(lambda: _connections() > 1, "the worker is at work in the database")
    queue.kill()

    job = asked(letter)
    assert job.state == State.QUEUED
    queue.start()

    assert_came_once(job, media, tries=1)


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        (count,) = cursor.fetchone()
    return int(count)
