"""A job is done by one worker at a time, and only its holder can write."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from mvi_portal.jobs.leases import LeaseLost, Run, claim, kept
from mvi_portal.jobs.models import Job, State
from tests.factories.jobs import JobFactory


@pytest.mark.django_db
def test_claiming_takes_the_job_and_starts_a_try() -> None:
    job = JobFactory()

    run = claim(job.pk, worker="worker-2")

    assert run is not None
    job.refresh_from_db()
    assert (job.state, job.tries, job.worker, job.lease) == (State.RUNNING, 1, "worker-2", run.token)
    assert job.lease_until is not None
    assert job.lease_until > timezone.now()


@pytest.mark.django_db
def test_job_that_somebody_works_on_cannot_be_claimed() -> None:
    assert claim(JobFactory.running().pk, worker="worker-2") is None


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
def test_finished_job_cannot_be_claimed(state: State) -> None:
    assert claim(JobFactory(state=state).pk, worker="worker-2") is None


@pytest.mark.django_db
def test_job_left_behind_is_claimed_again_from_the_start() -> None:
    job = JobFactory.running(seconds_left=-1, done=3, total=4, step="PDF maken")

    run = claim(job.pk, worker="worker-2")

    assert run is not None
    assert (run.job.tries, run.job.done, run.job.total, run.job.step) == (2, 0, 0, "")


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_at_once_one_gets_the_job() -> None:
    job = JobFactory()
    start = threading.Barrier(8)
    runs: list[Run | None] = []

    def compete(number: int) -> None:
        try:
            start.wait()
            runs.append(claim(job.pk, worker=f"worker-{number}"))
        finally:
            connection.close()

    _together([partial(compete, number) for number in range(8)])

    assert len([run for run in runs if run is not None]) == 1
    job.refresh_from_db()
    assert job.tries == 1


@pytest.fixture
def lost() -> Run:
    """A run whose lease went to somebody else."""
    job = JobFactory()
    run = claim(job.pk, worker="worker-1")
    assert run is not None
    Job.objects.filter(pk=job.pk).update(lease=uuid.uuid4(), worker="worker-2", step="Van een ander")
    return run


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda run: run.report(1, 2, "Te laat"),
        lambda run: run.renew(),
        lambda run: run.check(),
        lambda run: run.write(state=State.DONE),
    ],
    ids=["report", "renew", "check", "write"],
)
def test_worker_without_its_lease_writes_nothing(lost: Run, write: Callable[[Run], None]) -> None:
    with pytest.raises(LeaseLost), transaction.atomic():
        write(lost)

    lost.job.refresh_from_db()
    assert (lost.job.worker, lost.job.step, lost.job.state) == ("worker-2", "Van een ander", State.RUNNING)


@pytest.mark.django_db
def test_worker_without_its_lease_stores_no_result_and_leaves_no_file(lost: Run) -> None:
    with pytest.raises(LeaseLost):
        lost.store("brief.pdf", b"te laat")

    lost.job.refresh_from_db()
    assert not lost.job.result
    assert not default_storage.exists(f"jobs/{lost.token}/brief.pdf")


@pytest.mark.django_db
def test_result_is_kept_for_its_days(settings: Settings) -> None:
    settings.JOB_RESULT_DAYS = 14
    run = claim(JobFactory().pk, worker="worker-1")
    assert run is not None

    run.store("brief.pdf", b"inhoud")

    run.job.refresh_from_db()
    assert run.job.result.read() == b"inhoud"
    assert run.job.expires_at is not None
    assert timedelta(days=13) < run.job.expires_at - timezone.now() <= timedelta(days=14)


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_the_job_between_the_check_and_the_commit() -> None:
    run = claim(JobFactory().pk, worker="worker-1")
    assert run is not None
    order: list[str] = []
    checked = threading.Event()

    def take_over() -> None:
        try:
            assert checked.wait(timeout=10)
            Job.objects.filter(pk=run.job.pk).update(lease=uuid.uuid4())
            order.append("overgenomen")
        finally:
            connection.close()

    def store() -> None:
        try:
            with transaction.atomic():
                run.check()
                checked.set()
                time.sleep(0.3)
                order.append("opgeslagen")
        finally:
            checked.set()  # whatever went wrong, nobody waits for it
            connection.close()

    _together([take_over, store])

    assert order == ["opgeslagen", "overgenomen"]


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_working(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    run = claim(JobFactory().pk, worker="worker-1")
    assert run is not None

    with kept(run):
        first = _lease_until(run)
        _wait(lambda: _lease_until(run) > first)
        time.sleep(0.8)
        assert claim(run.job.pk, worker="worker-2") is None


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_after_the_database_broke_the_connection(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 0.6
    run = claim(JobFactory().pk, worker="worker-1")
    assert run is not None

    with kept(run):
        first = _lease_until(run)
        _wait(lambda: _lease_until(run) > first)
        _break_other_connections()
        broken = _lease_until(run)
        _wait(lambda: _lease_until(run) > broken)


@pytest.mark.django_db(transaction=True)
def test_keeper_stops_when_the_job_is_cancelled(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS = 0.3
    run = claim(JobFactory().pk, worker="worker-1")
    assert run is not None

    with kept(run):
        Job.objects.filter(pk=run.job.pk).update(state=State.CANCELLED, lease=None, lease_until=None)
        _wait(lambda: not any(thread.name == f"lease-{run.job.pk}" for thread in threading.enumerate()))

    run.job.refresh_from_db()
    assert run.job.state == State.CANCELLED


def _together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _lease_until(run: Run) -> datetime:
    return Job.objects.values_list("lease_until", flat=True).get(pk=run.job.pk)  # type: ignore[return-value]


def _break_other_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _wait(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
