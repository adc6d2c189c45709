"""What a real worker does, in a process of its own, on these tests' database and queue: one for all tests."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings

from mvi_portal.celery import app
from mvi_portal.core import logs
from mvi_portal.jobs import workers
from mvi_portal.jobs.models import MAX_TRIES, Job, State
from mvi_portal.jobs.services import enqueue
from mvi_portal.jobs.tasks import sweep
from tests import databases, unmeasured
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ID = "3f2b8c1d9e4a5b6c7d8e9f0a1b2c3d4e"


@pytest.fixture(scope="module")
def folder(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the worker writes, while it answers; before and after that nobody does."""
    place = tmp_path_factory.mktemp("worker")
    address = databases.url_of(connection.settings_dict["NAME"])
    env = {"DATABASE_URL": address, "VAR_DIR": str(place), "LOG_FORMAT": "json"}
    with pytest.MonkeyPatch.context() as patch, override_settings(VAR_DIR=place):
        unmeasured.leave(patch)
        app.control.purge()
        assert not workers.answers()
        with workers.ensure_worker(env=env):
            yield place
        assert not workers.answers()


def ended(job: Job) -> str:
    """The state of a job as soon as somebody ended it."""
    deadline = time.monotonic() + 20
    while job.is_open and time.monotonic() < deadline:
        time.sleep(0.05)
        job.refresh_from_db()
    return job.state


def test_it_finds_the_queue_and_the_database(folder: Path) -> None:
    job = JobFactory.running(seconds_left=-1, tries=MAX_TRIES)
    sweep.delay()
    assert ended(job) == State.FAILED


def test_who_needs_one_uses_it_and_leaves_it_alone(folder: Path) -> None:
    with workers.ensure_worker(timeout=0):
        assert workers.answers()
    assert workers.answers()


def test_it_beats_while_it_listens(folder: Path) -> None:
    assert (folder / "pulse" / "worker").exists()
    assert not (folder / "pulse" / "beat").exists()


def test_with_everything_there_the_portal_is_ready(folder: Path, client: Client) -> None:
    answer = client.get("/gereed/")
    assert answer.json() == {"database": "goed", "wachtrij": "goed", "worker": "goed", "opslag": "goed"}
    assert answer.status_code == 200


def test_it_tells_the_request_that_asked(folder: Path, known_kind: Callable[[str], str]) -> None:
    """It does not know the kind that this process made up, and says so with the request's id."""
    with logs.working_on(request_id=ID):
        job = enqueue(kind=known_kind("succeed"), payload={}, by=None)
    ended(job)

    text = (folder / "log" / "worker.log").read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    mine = [line for line in lines if line.get("job") == job.pk]
    assert {line["request_id"] for line in mine} == {ID}
    assert mine[0]["event"] == "job begins"
    assert any(" ready." in line["event"] for line in lines)
