"""A long list is written by a worker, by the rights of who asked, and found among Mijn bestanden."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mvi_portal.accounts.models import Role, User
from mvi_portal.core import lists
from mvi_portal.core.workbooks import read
from mvi_portal.jobs import services
from mvi_portal.jobs.models import Job, State
from tests.factories.signatories import ActorFactory, OrganisationFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
EXPORT = "/organisaties/export.csv"


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are a long list, written two at a time."""
    monkeypatch.setattr(lists, "LONG", 2)
    monkeypatch.setattr(lists, "CHUNK", 2)
    for number in range(3):
        OrganisationFactory(key=f"gm{number}")
    OrganisationFactory(key="pv1", kind="province")


def written(client: Client, user: User, **query: str) -> Job:
    client.force_login(user)
    answer = client.get(EXPORT, query)
    job = Job.objects.latest("pk")
    assert answer["Location"] == f"/mijn-bestanden/{job.pk}/"
    services.work(job.pk, worker="proef")
    job.refresh_from_db()
    return job


def test_a_long_list_comes_among_the_files_with_its_filter_and_day(client: Client) -> None:
    job = written(client, ActorFactory(), soort="municipality", formaat="ods", peildatum="2024-05-01")
    assert (job.state, job.file_name) == (State.DONE, "organisaties-2024-05-01.ods")
    assert (job.title, job.detail) == (
        "Organisaties als ODS",
        "Stand op 1 mei 2024. Filter: Soort: gemeente.",
    )
    assert (job.done, job.total) == (3, 3)
    answer: Any = client.get(f"/mijn-bestanden/{job.pk}/bestand/")
    rows = read(b"".join(answer.streaming_content)).sheets[0].rows
    assert [row[0] for row in rows] == ["code", "gm0", "gm1", "gm2"]


def test_a_short_list_is_answered_at_once(client: Client) -> None:
    client.force_login(ActorFactory())
    assert client.get(EXPORT, {"soort": "province"}).status_code == 200
    assert not Job.objects.exists()


def test_a_contact_gets_no_more_than_the_own_rows(client: Client) -> None:
    contact = ActorFactory(role=Role.CONTACT)
    for number in range(3):
        RepresentativeFactory(user=contact, organisation__key=f"eigen{number}")
    job = written(client, contact)
    text = job.result.read().decode("utf-8-sig")
    assert "eigen0" in text
    assert "gm0" not in text


def test_who_left_gets_nothing(client: Client) -> None:
    user = ActorFactory()
    client.force_login(user)
    client.get(EXPORT)
    job = Job.objects.latest("pk")
    User.objects.filter(pk=user.pk).update(is_active=False)
    services.work(job.pk, worker="proef")
    job.refresh_from_db()
    assert "gm0" not in (job.result.read().decode() if job.result else "")
    Job.objects.filter(pk=job.pk).update(by=None, state=State.QUEUED, result="", tries=0)
    services.work(job.pk, worker="proef")
    job.refresh_from_db()
    assert job.state == State.FAILED
