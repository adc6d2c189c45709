"""Each thing that the portal stands on is missed when it is away, in time and without a word too many."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from mvi_portal.jobs import health
from tests.queues import ringing_at

ALL_GOOD = {"database": "goed", "wachtrij": "goed", "worker": "goed", "opslag": "goed"}


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker that is not there is not waited for long, and what hangs in one test not in the next."""
    monkeypatch.setattr(health, "_WORKER", 0.2)
    yield
    for part in health.PARTS.values():
        if part._running is not None:
            part._running.exception(timeout=10)


def ready(client: Client, *, status: int) -> dict[str, Any]:
    started = time.monotonic()
    answer = client.get("/gereed/")
    assert time.monotonic() - started < 3
    assert answer.status_code == status, answer.content
    assert "no-store" in answer["Cache-Control"]
    said: dict[str, Any] = answer.json()
    return said


def test_alive_asks_nothing_of_the_database(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/gezond/")
    assert (answer.status_code, answer.json()) == (200, {"portaal": "goed"})
    assert "no-store" in answer["Cache-Control"]
    assert len(queries) == 0


@pytest.mark.django_db
def test_without_a_worker_that_is_said(client: Client) -> None:
    assert ready(client, status=503) == {**ALL_GOOD, "worker": "weg"}


@pytest.mark.django_db
def test_a_database_that_is_not_there_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "somebody-elses")
    said = ready(client, status=503)
    assert (said["database"], said["wachtrij"], said["opslag"]) == ("weg", "goed", "goed")


@pytest.mark.django_db
def test_a_queue_that_is_not_there_is_said_and_so_is_the_worker_behind_it(client: Client) -> None:
    with ringing_at("redis://127.0.0.1:1/0"):
        said = ready(client, status=503)
    assert said == {**ALL_GOOD, "wachtrij": "weg", "worker": "weg"}


@pytest.mark.django_db
def test_a_queue_that_takes_the_call_and_says_nothing_does_not_hold_up_the_answer(client: Client) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        ringing_at(f"redis://127.0.0.1:{silent.getsockname()[1]}/0"),
    ):
        said = ready(client, status=503)
    assert said == {**ALL_GOOD, "wachtrij": "weg", "worker": "weg"}


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_said(client: Client, tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert ready(client, status=503)["opslag"] == "weg"


@pytest.mark.django_db
def test_a_folder_that_takes_no_file_is_said(client: Client, settings: Settings) -> None:
    """/proc is there, and takes none, not even from root."""
    settings.MEDIA_ROOT = Path("/proc/self")
    assert ready(client, status=503)["opslag"] == "weg"


@pytest.mark.django_db
def test_what_is_written_to_see_whether_it_can_be_is_gone_afterwards(client: Client, media: Path) -> None:
    ready(client, status=503)
    assert list(media.iterdir()) == []


@pytest.mark.django_db
def test_nothing_is_told_but_a_word_for_each_part(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the error behind it names a host, a user or a folder."""
    monkeypatch.setitem(connection.settings_dict, "HOST", "database.invalid")
    with ringing_at("redis://:hunter2@queue.invalid:6379/0"):
        said = ready(client, status=503)
    assert set(said) == set(ALL_GOOD)
    assert set(said.values()) <= {"goed", "weg"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/gezond/", "/gereed/"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_health_is_told_over_http_too_while_all_else_goes_to_https(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/gezond/").status_code == 200
    assert client.get("/toegankelijkheid/").status_code == 301
