"""What every test may use."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from mvi_portal import env
from mvi_portal.celery import app
from mvi_portal.jobs.workers import ensure_worker
from tests import databases, official

HERE = Path(__file__).parent
hypothesis.settings.register_profile("portal", deadline=None)  # a busy machine is no fault
hypothesis.settings.load_profile("portal")


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> Path:
    """Files that a test stores go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def pytest_report_header() -> str:
    """On which registers the importer is tried."""
    return official.report()


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the same long set-up goes to one process of a parallel run, so that it is set up once."""
    for item in items:
        room = item.path.relative_to(HERE).parts[0]
        if room in {"demo", "devservices", "e2e"}:
            item.add_marker(pytest.mark.xdist_group(room))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What is marked as unmeasured is not measured: that alone would be half of its time."""
    plugin = item.config.pluginmanager.get_plugin("_cov")
    measuring = plugin and plugin.cov_controller
    if not measuring or item.get_closest_marker("unmeasured") is None:
        return (yield)
    measuring.pause()
    try:
        return (yield)
    finally:
        measuring.resume()


def pytest_configure() -> None:
    """Each process of a parallel run has a queue of its own, so that no worker does another's jobs.

    Each run counts in keys of its own, which lapse by themselves.
    """
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if number and (given := os.environ.get("REDIS_URL")):
        parts = urlsplit(given)
        place = (
            {"query": f"db={int(number) + 1}"} if parts.scheme == "unix" else {"path": f"/{int(number) + 1}"}
        )
        os.environ["REDIS_URL"] = parts._replace(**place).geturl()
        django_settings.CELERY_BROKER_URL = env.broker("REDIS_URL", None)
        django_settings.CACHES["default"]["LOCATION"] = env.redis("REDIS_URL", None)
    django_settings.CACHES["default"]["KEY_PREFIX"] = f"test-{os.getpid()}-{time.time_ns()}"


@pytest.fixture
def worker_env(transactional_db: None) -> dict[str, str]:
    """What a worker in a process of its own needs to find this test's database."""
    return {"DATABASE_URL": databases.url_of(connection.settings_dict["NAME"])}


@pytest.fixture
def worker(worker_env: dict[str, str], settings: Settings) -> Iterator[None]:
    """A real worker, of this test's database, queue and files."""
    app.control.purge()
    with ensure_worker(env={**worker_env, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}):
        yield
