"""No worker comes up, or none in time: that is told."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from mvi_portal.celery import app
from mvi_portal.jobs import workers

pytestmark = pytest.mark.slow


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
