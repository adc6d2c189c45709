"""The id of a request goes along with the job that it asked for, into the lines of whoever does it."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings
from structlog.stdlib import ProcessorFormatter

from mvi_portal.accounts.models import User
from mvi_portal.celery import app
from mvi_portal.core import logs
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import enqueue, work
from mvi_portal.jobs.workers import ensure_worker
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


@pytest.mark.slow
def test_a_worker_in_another_process_tells_the_request(
    worker_env: dict[str, str],
    known_kind: Know,
    tmp_path: Path,
    settings: Settings,
) -> None:
    """It does not know the kind that this process made up, and says so with the request's id."""
    settings.VAR_DIR = tmp_path
    app.control.purge()
    with ensure_worker(env={**worker_env, "LOG_FORMAT": "json"}):
        with logs.working_on(request_id=ID):
            job = enqueue(kind=known_kind("succeed"), payload={}, by=None)
        end = time.monotonic() + 20
        while Job.objects.get(pk=job.pk).is_open and time.monotonic() < end:
            time.sleep(0.1)

    text = (tmp_path / "log" / "worker.log").read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    mine = [line for line in lines if line.get("job") == job.pk]
    assert {line["request_id"] for line in mine} == {ID}
    assert mine[0]["event"] == "job begins"
    assert any(" ready." in line["event"] for line in lines)
