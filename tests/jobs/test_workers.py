"""A real worker, in a process of its own, on this test's database and queue."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from mvi_portal.celery import app
from mvi_portal.jobs import workers
from mvi_portal.jobs.models import MAX_TRIES, Job, State
from mvi_portal.jobs.tasks import sweep
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.slow


def state_of(job: Job, *, other_than: State) -> str:
    """The state of a job as soon as somebody changes it."""
    deadline = time.monotonic() + 20
    while job.state == other_than and time.monotonic() < deadline:
        time.sleep(0.05)
        job.refresh_from_db()
    return job.state


def test_a_worker_finds_the_queue_and_the_database(worker: None) -> None:
    job = JobFactory.running(seconds_left=-1, tries=MAX_TRIES)
    sweep.delay()
    assert state_of(job, other_than=State.RUNNING) == State.FAILED
    with workers.ensure_worker(timeout=0):  # it answers, so it is used, and left alone
        assert workers.answers()
    assert workers.answers()


def test_a_temporary_worker_is_stopped_afterwards(worker_env: dict[str, str]) -> None:
    assert not workers.answers()
    with workers.ensure_worker(env=worker_env):
        assert workers.answers()
    assert not workers.answers()


def test_a_worker_that_cannot_start_is_told_at_once(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path
    with (
        pytest.raises(workers.NoWorkerError, match="stopte meteen"),
        workers.ensure_worker(env={"MVI_ENV": "nonsense"}),
    ):
        pass
    assert "MVI_ENV is 'nonsense'" in (tmp_path / "log" / "worker.log").read_text()


def test_a_queue_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with app.connection_for_write("redis://127.0.0.1:1/0") as away:
        monkeypatch.setattr(app.control, "inspect", partial(app.control.inspect, connection=away))
        with pytest.raises(workers.NoWorkerError, match="niet bereikbaar"):
            workers.answers()


def test_a_worker_that_does_not_answer_in_time_is_stopped(worker_env: dict[str, str]) -> None:
    with (
        pytest.raises(workers.NoWorkerError, match="antwoordt na 0 seconden nog niet"),
        workers.ensure_worker(timeout=0, env=worker_env),
    ):
        pass
    assert not workers.answers()
