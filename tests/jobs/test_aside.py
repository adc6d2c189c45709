"""What a job tells while its transaction is open is seen from outside; cancelled, it stops there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from mvi_portal.jobs import services
from mvi_portal.jobs.aside import Aside, aside
from mvi_portal.jobs.leases import LeaseLost, Run
from mvi_portal.jobs.models import Job
from tests.factories.jobs import JobFactory


def run_of(job: Job) -> Run:
    assert job.lease is not None
    return Run(job, job.lease)


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def somebody_cancels(job: Job) -> None:
    def cancel() -> None:
        services.cancel(job=job)
        connection.close()

    other = threading.Thread(target=cancel)
    other.start()
    other.join()


def never(telling: Aside) -> bool:
    telling.report(4, 10, "opslaan")
    return False


def write_until_cancelled(job: Job) -> None:
    with aside(run_of(job)) as telling, transaction.atomic():
        JobFactory(title="wordt teruggedraaid")
        telling.report(3, 10, "opslaan")
        assert soon(lambda: Job.objects.filter(done=3, total=10, step="opslaan").exists())
        somebody_cancels(job)
        soon(partial(never, telling))


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_transaction_is_open_until_the_job_is_cancelled() -> None:
    job = JobFactory.running()
    with pytest.raises(LeaseLost):
        write_until_cancelled(job)
    assert list(Job.objects.values_list("state", "done")) == [("cancelled", 3)]


@pytest.mark.django_db
def test_a_job_that_cannot_be_seen_from_outside_goes_on() -> None:
    run = run_of(JobFactory.running())
    with aside(run) as telling:
        for row in range(20):
            telling.report(row, 20, "opslaan")
            time.sleep(0.01)
    run.check()
