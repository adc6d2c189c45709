"""Workers die at five moments of one parcel, and the queue goes; the parcel still comes, whole and once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from django.utils import timezone

from mvi_portal.jobs.models import Job, State
from reports.models import AnnexKind, AnnexPlace, Letter, Parcel, ParcelFile, VersionState
from reports.parcel.building import TAKING
from reports.services import request_parcel
from tests.factories.registers import municipalities, plans
from tests.factories.reports import AnnexFactory, LetterFactory, figure
from tests.faults.machinery import Queue, Worker, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

StartWorker = Callable[[], Worker]
# By a word of the document that is being made: the moment, the letter, an annex, a long report, the last.
MOMENTS = (TAKING, "brief als PDF", "Bijlage 1", "voortgangsverslag", "gegevens als Excel")


@pytest.fixture
def letter() -> Letter:
    municipalities(30)
    plans()
    letter = LetterFactory.saying(
        f"<p>Er zijn {figure('ondertekenaars.gemeenten')} gemeenten.</p>", slug="brief"
    )
    AnnexFactory(letter=letter, kind=AnnexKind.SIGNATORIES, place=AnnexPlace.SEPARATE)
    return letter


def is_at(job: Job, moment: str) -> bool:
    """In the middle of it, or past it."""
    job.refresh_from_db()
    assert job.is_open, f"ended before {moment}: {job.state} {job.reason}"
    return job.state == State.RUNNING and moment.casefold() in job.step.casefold()


def dies(worker: Worker, job: Job) -> None:
    """More often than a job may be tried, and without waiting until its lease has run out."""
    worker.kill()
    Job.objects.filter(pk=job.pk).update(tries=1, lease_until=timezone.now())


def test_five_deaths_and_a_queue_that_goes_lose_and_double_nothing(
    letter: Letter, queue: Queue, start_worker: StartWorker
) -> None:
    parcel = request_parcel(letter=letter, by=None)
    job = parcel.version.job
    assert job is not None
    kept: dict[str, str] = {}
    for moment in MOMENTS:
        worker = start_worker()
        wait_for(lambda: is_at(job, moment), moment)  # noqa: B023 - waited for within the turn
        if moment == "brief als PDF":
            queue.kill()  # who is at work goes on without
            wait_for(lambda: parcel.files.count() > 1, "another document without a queue")
        dies(worker, job)
        files = dict(parcel.files.values_list("name", "sha256"))
        assert kept.items() <= files.items(), "what was made stays as it was made"
        kept = files
        queue.kill()
        queue.start()

    start_worker()
    wait_for(lambda: not Job.objects.open().filter(pk=job.pk).exists(), "the job has ended")

    parcel = Parcel.objects.select_related("version__job").get(pk=parcel.pk)
    assert (parcel.state, parcel.version.job and parcel.version.job.reason) == (VersionState.READY, "")
    rows = list(ParcelFile.objects.all())
    assert len(rows) == len({row.name for row in rows}) > len(MOMENTS)
    assert kept.items() <= {row.name: row.sha256 for row in rows}.items()
    for row in rows:
        with row.file.open("rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == row.sha256
    assert letter.freezes.count() == letter.versions.count() == 1
