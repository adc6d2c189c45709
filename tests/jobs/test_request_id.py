"""The id of a request goes along with the job that it asked for, into the lines of whoever does it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable

import pytest
from structlog.stdlib import ProcessorFormatter

from mvi_portal.accounts.models import User
from mvi_portal.core import logs
from mvi_portal.jobs.services import enqueue, work
from tests.factories.jobs import JobFactory

Know = Callable[[str], str]
ID = "3f2b8c1d9e4a5b6c7d8e9f0a1b2c3d4e"


@pytest.mark.django_db
def test_a_job_remembers_the_request_that_asked_for_it(known_kind: Know) -> None:
    with logs.working_on(request_id=ID):
        asked = enqueue(kind=known_kind("succeed"), payload={}, by=None)
    assert asked.request_id == ID
    assert enqueue(kind="test", payload={}, by=None).request_id == ""


@pytest.mark.django_db
def test_every_line_of_the_work_tells_request_job_and_who_asked(known_kind: Know) -> None:
    by = User.objects.create_user("iemand@voorbeeld.example", name="Iemand")
    job = JobFactory(kind=known_kind("crash"), request_id=ID, by=by)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(**logs._processors("json")))
    logging.getLogger().addHandler(handler)

    work(job.pk, worker="worker-1")

    logging.getLogger().removeHandler(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {(line["request_id"], line["job"], line["user"]) for line in lines} == {(ID, job.pk, by.pk)}
    assert [line["event"] for line in lines][:2] == ["job begins", f"job {job.pk} failed at try 1"]
    assert logs.request_id() == ""
