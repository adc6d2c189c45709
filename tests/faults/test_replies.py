"""A worker dies in the middle of a batch of letters; the batch still comes, whole and once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from actionplans.models import Evaluation, EvaluationRound
from actionplans.services.printed import Form, ask_replies
from mvi_portal.accounts.models import Role, User
from mvi_portal.jobs.models import Job, State
from tests.factories.actionplans import EvaluationFactory, EvaluationRoundFactory
from tests.faults.machinery import Worker, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

StartWorker = Callable[[], Worker]
LETTERS = 8


@pytest.fixture
def job() -> Job:
    round_: EvaluationRound = EvaluationRoundFactory()
    for _ in range(LETTERS):
        EvaluationFactory.published(round=round_, rubric=round_.rubric, evaluated_on=date(2024, 5, 15))
    by = User.objects.create_user("anna@voorbeeld.example", name="Anna", role=Role.EVALUATOR)
    rows = list(Evaluation.objects.all())
    return ask_replies(round_=round_, evaluations=rows, form=Form.BOTH, on=timezone.localdate(), by=by)


def has_made(job: Job, letters: int) -> bool:
    job.refresh_from_db()
    return job.state == State.RUNNING and job.done >= letters


def has_ended(job: Job) -> bool:
    job.refresh_from_db()
    return not job.is_open


@pytest.mark.usefixtures("queue")
def test_a_batch_outlives_a_killed_worker_and_comes_once(
    job: Job, start_worker: StartWorker, media: Path
) -> None:
    first = start_worker()
    wait_for(lambda: has_made(job, 3), "three letters are made")

    first.kill()
    assert not has_ended(job)
    start_worker()

    wait_for(lambda: has_ended(job), "the job has ended")
    assert (job.state, job.reason, job.tries) == (State.DONE, "", 2)
    (file,) = (path for path in media.rglob("*.zip") if path.is_file())
    assert job.result.path == str(file)
    with zipfile.ZipFile(file) as opened:
        names = opened.namelist()
    assert len(names) == len(set(names)) == 2 * LETTERS
    assert "failed" in job.payload
    assert job.payload["failed"] == []
