from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings

from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import work
from mvi_portal.mails.services import SEND
from tests.factories.jobs import JobFactory
from tests.postoffice import PostOffice, post_office, send_there


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as found:
        send_there(found, settings)
        yield found


@pytest.fixture
def send() -> Callable[[], Job]:
    """Do what a worker does with one job that sends."""

    def now() -> Job:
        job = JobFactory(kind=SEND, created_at=timezone.now())
        work(job.pk, worker="test")
        job.refresh_from_db()
        return job

    return now
