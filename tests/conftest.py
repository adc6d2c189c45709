"""What every test may use."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import Settings
from xdist.scheduler import LoadScopeScheduling

from mvi_portal import env
from mvi_portal.celery import app
from mvi_portal.jobs.workers import ensure_worker
from tests import databases, official, unmeasured
from tests.queues import numbered

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


class Rooms(LoadScopeScheduling):
    """What needs the same long set-up goes to one process of a parallel run, so that it is set up once."""

    # longest first
    ROOMS = ("tests/e2e/", "tests/devservices/", "tests/demo/", "tests/jobs/test_real_worker.py")

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in self.ROOMS if nodeid.startswith(room)), nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long comes first, so that at the end neither of two processes waits for the other."""
    config.option.loadscopereorder = False
    items.sort(key=lambda item: (not item.nodeid.startswith(Rooms.ROOMS), not _long(item)))


def _long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("slow", "unmeasured"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Rooms:
    return Rooms(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What is marked as unmeasured is not measured: that alone would be half of its time."""
    measuring = _measuring(item.config)
    if not measuring or item.get_closest_marker("unmeasured") is None:
        return (yield)
    measuring.pause()
    try:
        return (yield)
    finally:
        measuring.resume()


def _measuring(config: pytest.Config) -> Any:
    """What measures coverage, while it does."""
    plugin = config.pluginmanager.get_plugin("_cov")
    controller = plugin and plugin.cov_controller
    return controller if controller and controller.started else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Any:
    """Before the database is made, as a copy; which takes twice as long when it is measured."""
    if measuring := _measuring(request.config):
        measuring.pause()
    connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()
    return measuring


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: Any, django_db_setup: None) -> None:
    """The database is there."""
    if django_db_modify_db_settings:
        django_db_modify_db_settings.resume()


def pytest_configure(config: pytest.Config) -> None:
    """Each process of a parallel run has a queue of its own, so that no worker does another's jobs.

    Each run counts in keys of its own, which lapse by themselves. While the tests are looked for, the tables
    are made that their databases are copied from.
    """
    if getattr(config.option, "numprocesses", None) and not config.option.collectonly:
        Thread(target=databases.migrated, daemon=True).start()
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if number and (given := os.environ.get("REDIS_URL")):
        os.environ["REDIS_URL"] = numbered(given, int(number) + 1)
        django_settings.CELERY_BROKER_URL = env.broker("REDIS_URL", None)
        django_settings.CACHES["default"]["LOCATION"] = env.redis("REDIS_URL", None)
    django_settings.CACHES["default"]["KEY_PREFIX"] = f"test-{os.getpid()}-{time.time_ns()}"
    TransactionTestCase._fixture_teardown = databases.empty  # type: ignore[attr-defined] # private


@pytest.fixture
def worker_env(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What a worker in a process of its own needs to find this test's database; it is not measured."""
    unmeasured.leave(monkeypatch)
    return {"DATABASE_URL": databases.url_of(connection.settings_dict["NAME"])}


@pytest.fixture
def worker(worker_env: dict[str, str], settings: Settings) -> Iterator[None]:
    """A real worker, of this test's database, queue and files."""
    app.control.purge()
    with ensure_worker(env={**worker_env, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}):
        yield
