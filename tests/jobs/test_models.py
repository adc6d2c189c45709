"""What the database refuses of a job."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mvi_portal.jobs.models import MAX_TRIES, Job, State
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("job_state_known", {"state": "sleeping"}),
        ("job_lease_while_running", {"state": State.RUNNING}),
        ("job_lease_while_running", {"lease": uuid.uuid4(), "lease_until": timezone.now()}),
        ("job_progress_within_total", {"done": 3, "total": 2}),
        ("job_failed_with_reason", {"state": State.FAILED}),
        ("job_tries_at_most", {"tries": MAX_TRIES + 1}),
    ],
)
def test_impossible_job_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        JobFactory(**fields)


@pytest.mark.parametrize(
    ("state", "done", "total", "percentage"),
    [(State.QUEUED, 0, 0, 0), (State.QUEUED, 1, 3, 33), (State.DONE, 0, 0, 100)],
)
def test_progress_is_a_percentage(state: State, done: int, total: int, percentage: int) -> None:
    assert Job(state=state, done=done, total=total).percentage == percentage


def test_job_reads_as_kind_number_and_state() -> None:
    job = JobFactory()

    assert str(job) == f"test {job.pk}: in de wachtrij"
    assert job.is_open


def test_only_waiting_and_abandoned_jobs_with_a_try_to_spare_can_be_claimed() -> None:
    waiting = JobFactory()
    abandoned = JobFactory.running(seconds_left=-1)
    JobFactory.running(seconds_left=60)
    exhausted = JobFactory.running(seconds_left=-1, tries=MAX_TRIES)
    JobFactory(state=State.DONE)

    now = timezone.now()
    assert set(Job.objects.claimable(now=now)) == {waiting, abandoned}
    assert list(Job.objects.exhausted(now=now)) == [exhausted]
