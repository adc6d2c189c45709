"""Mijn bestanden: what somebody asked for, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.jobs.models import Job, State
from tests.factories.jobs import JobFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db
LIST = "/mijn-bestanden/"


@pytest.fixture
def user(client: Client) -> User:
    user: User = ActorFactory()
    client.force_login(user)
    return user


def finished(user: User) -> Job:
    job: Job = JobFactory(
        by=user,
        title="Organisaties als ODS",
        detail="Filter: Soort: gemeente.",
        state=State.DONE,
        result=ContentFile(b"inhoud", name="organisaties.ods"),
        expires_at=timezone.now() + timedelta(days=14),
    )
    return job


def test_an_empty_list_says_what_will_stand_there(client: Client, user: User) -> None:
    assert "U hebt nog niets gevraagd" in client.get(LIST).content.decode()


def test_what_is_ready_can_be_had_by_who_asked_alone(client: Client, user: User) -> None:
    job = finished(user)
    html = client.get(LIST).content.decode()
    assert "Organisaties als ODS" in html
    assert "Filter: Soort: gemeente." in html
    page = client.get(f"{LIST}{job.pk}/").content.decode()
    assert f"{LIST}{job.pk}/bestand/" in page
    answer: Any = client.get(f"{LIST}{job.pk}/bestand/")
    assert b"".join(answer.streaming_content) == b"inhoud"
    assert "attachment" in answer["Content-Disposition"]
    client.force_login(ActorFactory())
    assert "Organisaties als ODS" not in client.get(LIST).content.decode()
    for verb in ("", "bestand/", "voortgang/"):
        assert client.get(f"{LIST}{job.pk}/{verb}").status_code == 404


def test_what_is_under_way_can_be_followed_and_cancelled(client: Client, user: User) -> None:
    job = JobFactory.running(by=user, title="Iets", done=3, total=4, step="rijen schrijven")
    page = client.get(f"{LIST}{job.pk}/").content.decode()
    assert "Bezig: rijen schrijven (75 %)" in page
    part = client.get(f"{LIST}{job.pk}/voortgang/", headers={"HX-Request": "true"}).content.decode()
    assert "75 %" in part
    assert client.get(f"{LIST}{job.pk}/voortgang/").status_code == 302
    assert client.get(f"{LIST}{job.pk}/bestand/").status_code == 404
    assert "afgebroken" in client.post(f"{LIST}{job.pk}/afbreken/", follow=True).content.decode()
    assert "al klaar" in client.post(f"{LIST}{job.pk}/afbreken/", follow=True).content.decode()
    done = client.get(f"{LIST}{job.pk}/voortgang/", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_what_failed_says_why(client: Client, user: User) -> None:
    job = JobFactory(by=user, title="Iets", state=State.FAILED, reason="Het bestand is er niet meer.")
    assert "Het bestand is er niet meer." in client.get(f"{LIST}{job.pk}/").content.decode()


def test_the_list_can_be_narrowed(client: Client, user: User) -> None:
    finished(user)
    JobFactory(by=user, title="Iets anders")
    html = client.get(LIST, {"zoek": "organisaties", "stand": "done"}).content.decode()
    assert "Organisaties als ODS" in html
    assert "Iets anders" not in html


def test_moments_and_days_are_told_by_the_clock_here(client: Client, user: User) -> None:
    """Half past eleven in the evening in the machines' time is the next day."""
    late = datetime(2099, 6, 30, 22, 30, tzinfo=UTC)
    job = JobFactory(
        by=user,
        title="Iets",
        state=State.DONE,
        result=ContentFile(b"inhoud", name="iets.csv"),
        created_at=late,
        finished_at=late,
        expires_at=late,
    )
    for address in (LIST, f"{LIST}{job.pk}/"):
        page = client.get(address).text
        assert "1 juli 2099, 00:30 uur" in page
        assert "30 juni 2099" not in page
