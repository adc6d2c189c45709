from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.faults.machinery import Queue, Worker
from tests.queues import ringing_at

StartWorker = Callable[[], Worker]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    """A queue that runs, and that this process rings at."""
    made = Queue(tmp_path)
    made.start()
    with ringing_at(made.url):
        yield made
    made.kill()


@pytest.fixture
def start_worker(
    queue: Queue, worker_env: dict[str, str], settings: Settings, tmp_path: Path
) -> Iterator[StartWorker]:
    """Start a worker of this test's database, queue and files; all are killed afterwards."""
    env = {**worker_env, "REDIS_URL": queue.url, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(Worker(env, tmp_path))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
