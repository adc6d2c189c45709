"""Jobs are asked for, done, tried again, swept up and cleared away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from mvi_portal.celery import app
from mvi_portal.jobs import kinds
from mvi_portal.jobs.models import MAX_TRIES, Job, State
from mvi_portal.jobs.services import cancel, enqueue, expire, ring, sweep, work
from tests.factories.jobs import JobFactory
from tests.queues import ringing_at

Know = Callable[[str], str]


@pytest.fixture
def worker_at_once() -> Iterator[None]:
    """The queue hands a task over at once, in this process, instead of to a worker."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


@pytest.fixture
def no_queue() -> Iterator[None]:
    """Nobody listens where the queue should be."""
    with ringing_at("redis://127.0.0.1:1/0"):
        yield


@pytest.mark.django_db
def test_job_that_succeeds_keeps_its_result(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("succeed"))

    work(job.pk, worker="worker-1")

    job.refresh_from_db()
    assert (job.state, job.tries, job.percentage, job.reason) == (State.DONE, 1, 100, "")
    assert (job.lease, job.lease_until) == (None, None)
    assert job.finished_at is not None
    assert job.result.read() == b"klaar"


@pytest.mark.django_db
def test_finished_job_is_not_done_again(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("succeed"))
    work(job.pk, worker="worker-1")

    work(job.pk, worker="worker-2")

    job.refresh_from_db()
    assert (job.tries, job.worker) == (1, "worker-1")


@pytest.mark.django_db
def test_job_that_cannot_succeed_fails_at_once_with_its_reason(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("refuse"))

    work(job.pk, worker="worker-1")

    job.refresh_from_db()
    assert (job.state, job.tries) == (State.FAILED, 1)
    assert job.reason == "De brief heeft geen tekst. Schrijf eerst een sectie."


@pytest.mark.django_db
def test_unexpected_fault_is_tried_three_times_and_then_told(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("crash"))

    for tries in (1, 2):
        work(job.pk, worker="worker-1")
        job.refresh_from_db()
        assert (job.state, job.tries, job.lease) == (State.QUEUED, tries, None)
    work(job.pk, worker="worker-1")

    job.refresh_from_db()
    assert (job.state, job.tries) == (State.FAILED, MAX_TRIES)
    assert "3 pogingen" in job.reason
    assert "ZeroDivisionError" in job.reason


@pytest.mark.django_db
@pytest.mark.usefixtures("worker_at_once")
def test_job_that_crashes_rings_for_itself_again(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("crash"))

    ring(job.pk)

    job.refresh_from_db()
    assert (job.state, job.tries) == (State.FAILED, MAX_TRIES)


@pytest.mark.django_db
def test_job_of_a_kind_that_this_worker_does_not_know_fails(known_kind: Know) -> None:
    job = JobFactory(kind="onbekend", tries=MAX_TRIES - 1)

    work(job.pk, worker="worker-1")

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "UnknownKind" in job.reason


@pytest.mark.django_db
def test_job_cancelled_while_working_stays_cancelled(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("cancel_itself"))

    work(job.pk, worker="worker-1")

    job.refresh_from_db()
    assert (job.state, job.done) == (State.CANCELLED, 0)


@pytest.mark.django_db
def test_waiting_job_can_be_cancelled_once() -> None:
    job = JobFactory()

    assert cancel(job=job)
    assert not cancel(job=job)

    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert job.finished_at is not None


@pytest.mark.django_db
@pytest.mark.usefixtures("worker_at_once")
def test_bell_rings_only_after_the_commit(
    known_kind: Know, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    kind = known_kind("succeed")

    with django_capture_on_commit_callbacks() as callbacks:
        job = enqueue(kind=kind, payload={"brief": 1}, by=None)
    job.refresh_from_db()
    assert (job.state, job.payload) == (State.QUEUED, {"brief": 1})

    for callback in callbacks:
        callback()
    job.refresh_from_db()
    assert job.state == State.DONE


@pytest.mark.django_db
def test_job_of_an_unknown_kind_is_not_written_down() -> None:
    with pytest.raises(kinds.UnknownKind, match="Niemand kent taken van de soort 'onbekend'"):
        enqueue(kind="onbekend", payload={}, by=None)

    assert not Job.objects.exists()


def test_kind_is_registered_once(known_kind: Know) -> None:
    known_kind("succeed")

    with pytest.raises(ValueError, match="al bekend"):
        kinds.register("test", label="Nog eens", handler="tests.jobs.handlers.crash")


@pytest.mark.django_db
@pytest.mark.usefixtures("no_queue")
def test_with_the_queue_away_the_job_waits_and_the_asker_does_not(
    known_kind: Know,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    start = time.monotonic()

    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(kind=known_kind("succeed"), payload={}, by=None)

    assert time.monotonic() - start < 2
    assert f"the queue is away; job {job.pk} waits" in caplog.text
    job.refresh_from_db()
    assert job.state == State.QUEUED


@pytest.mark.django_db
@pytest.mark.usefixtures("worker_at_once")
def test_sweep_has_everything_done_that_waits_or_was_left_behind(known_kind: Know) -> None:
    kind = known_kind("succeed")
    waiting = JobFactory(kind=kind)
    abandoned = JobFactory.running(seconds_left=-1, kind=kind)
    held = JobFactory.running(seconds_left=60, kind=kind)

    assert sweep() == 2

    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {waiting.pk: State.DONE, abandoned.pk: State.DONE, held.pk: State.RUNNING}


@pytest.mark.django_db
def test_job_left_behind_three_times_fails_with_what_to_do() -> None:
    job = JobFactory.running(seconds_left=-1, tries=MAX_TRIES)

    assert sweep() == 0

    job.refresh_from_db()
    assert (job.state, job.lease) == (State.FAILED, None)
    assert "Probeer het opnieuw" in job.reason


@pytest.mark.django_db
def test_result_is_deleted_when_its_days_are_over(known_kind: Know) -> None:
    old, fresh = (JobFactory(kind=known_kind("succeed")) for _ in range(2))
    for job in (old, fresh):
        work(job.pk, worker="worker-1")
        job.refresh_from_db()
    Job.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert expire() == 1
    assert expire() == 0

    old.refresh_from_db()
    assert not old.result
    assert [default_storage.exists(job.result.name) for job in (fresh,)] == [True]


@pytest.mark.django_db
def test_second_try_leaves_no_result_of_the_first(known_kind: Know) -> None:
    job = JobFactory(kind=known_kind("succeed"))
    work(job.pk, worker="worker-1")
    job.refresh_from_db()
    first = job.result.name
    Job.objects.filter(pk=job.pk).update(state=State.QUEUED)

    work(job.pk, worker="worker-2")

    job.refresh_from_db()
    assert job.result.name != first
    assert not default_storage.exists(first)
