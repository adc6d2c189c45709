"""Asking for a version of a letter."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from mvi_portal.accounts.models import User
from mvi_portal.jobs.models import Job, State
from reports.errors import LetterError
from reports.models import LetterState, LetterVersion, VersionState
from reports.services import request_build
from tests.factories.reports import DATED, LetterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary() -> User:
    return User.objects.create_user("secretaris@example.nl", name="De Secretaris")


def test_version_is_asked_for_with_its_job(
    secretary: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    letter = LetterFactory()

    with django_capture_on_commit_callbacks() as bells:
        version = request_build(letter=letter, by=secretary)

    assert (version.number, version.reference_date, version.what_if) == (1, DATED, False)
    assert (version.state, version.created_by) == (VersionState.ASKED, secretary)
    job = Job.objects.get()
    assert version.job == job
    assert (job.kind, job.payload, job.by) == ("letter.build", {"version": version.pk}, secretary)
    assert (job.state, len(bells)) == (State.QUEUED, 1)


def test_each_version_has_the_next_number() -> None:
    letter = LetterFactory()
    request_build(letter=LetterFactory(), by=None)

    numbers = [request_build(letter=letter, by=None).number for _ in range(3)]

    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(("on", "what_if"), [(DATED, False), (date(2024, 1, 1), True)])
def test_only_another_reference_date_is_what_if(on: date, what_if: bool) -> None:
    version = request_build(letter=LetterFactory(), on=on, by=None)

    assert (version.reference_date, version.what_if) == (on, what_if)


def test_sent_letter_gets_no_new_version() -> None:
    letter = LetterFactory(slug="brief", state=LetterState.SENT, sent_on=DATED)

    with pytest.raises(LetterError, match=r"De brief 'brief' is op 31 januari 2025 verzonden en ligt vast"):
        request_build(letter=letter, by=None)

    assert not LetterVersion.objects.exists()
    assert not Job.objects.exists()


def test_letter_sent_by_somebody_else_meanwhile_gets_no_new_version() -> None:
    letter = LetterFactory()
    type(letter).objects.update(state=LetterState.SENT, sent_on=DATED)

    with pytest.raises(LetterError):
        request_build(letter=letter, by=None)


def test_history_tells_who_asked(secretary: User) -> None:
    version = request_build(letter=LetterFactory(), by=secretary)

    event = version.events.get(pgh_label="insert")  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["action"] == "letter.build-requested"
    assert event.pgh_context.metadata["user"] == secretary.pk
