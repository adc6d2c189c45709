"""A worker dies in the middle of a workbook; what was sent comes in, once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import models, transaction

from actionplans.importing.columns import columns
from actionplans.models import Criterion, CriterionKind, Evaluation, Score
from mvi_portal.accounts.models import Role
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.imports import services
from mvi_portal.imports.models import Import, State
from mvi_portal.jobs.models import Job
from signatories.models import Organisation, Signatory, Signature
from tests.documents import pdf
from tests.factories.actionplans import EvaluationRoundFactory, PlanVersionFactory, RubricFactory
from tests.factories.signatories import ActorFactory, ManifestFactory, OrganisationFactory
from tests.faults.machinery import Worker, wait_for
from tests.signatories.incoming.books import workbook

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROWS = 60
Start = Callable[[], Worker]


def signatures() -> Import:
    ManifestFactory(slug="mvoi")
    keys = [OrganisationFactory(key=f"gm{n}").key for n in range(ROWS)]
    rows = [[key, "", "", "mvoi", "", date(2023, 2, 15)] for key in keys]
    file = ContentFile(workbook(rows), name="lijst.csv")
    return services.send(importer="signatories", file=file, by=ActorFactory(role=Role.SECRETARIAT))


def evaluations() -> Import:
    """Each with its scores; the first with a document."""
    round_ = EvaluationRoundFactory(slug="ronde", rubric=RubricFactory.published())
    score = f"score:{CriterionKind.YES_NO}"
    asked = next(column.heading for column in columns(round_.rubric) if column.name == score)
    heads = ["actieplan", "ronde", asked, "document"]
    plans = [PlanVersionFactory(plan__slug=f"plan-{n}").plan.slug for n in range(ROWS)]
    rows = [[slug, "ronde", "ja", "een.pdf" if slug == "plan-0" else ""] for slug in plans]
    return services.send(
        importer="evaluations",
        file=ContentFile(_book(heads, rows), name="evaluaties.csv"),
        beside=ContentFile(_packed(), name="documenten.zip"),
        by=ActorFactory(role=Role.EVALUATOR),
    )


def _book(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    write(out, Form.CSV, Page("Evaluaties", [Column(name) for name in heads], rows, lambda _n: []))
    return out.getvalue()


def _packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("een.pdf", pdf())
    return out.getvalue()


def checked(sent: Import) -> bool:
    return Import.objects.get(pk=sent.pk).state == State.CHECKED


def killed_while_saving(worker: Worker, job: Job | None, needs: type[models.Model]) -> None:
    """In the middle: it is saving by what the bar tells, and waits for rows that somebody else holds."""
    assert job is not None

    def is_saving() -> bool:
        job.refresh_from_db()
        return job.step.startswith("opslaan")

    with transaction.atomic():
        assert list(needs._default_manager.select_for_update())
        wait_for(is_saving, "it is saving")
        worker.kill()


def comes_in(sent: Import) -> None:
    wait_for(lambda: Import.objects.get(pk=sent.pk).state == State.WRITTEN, f"{sent.name} came in")
    wait_for(lambda: not Job.objects.open().filter(imports=sent).exists(), "the job has ended")


@pytest.mark.usefixtures("queue")
def test_killed_while_it_saves_a_workbook_comes_in_whole_and_once(start_worker: Start) -> None:
    judged, signed = evaluations(), signatures()
    first = start_worker()
    wait_for(lambda: checked(judged) and checked(signed), "the trials are done")

    writing = services.take_in(pk=judged.pk, only_good=False, by=judged.by)
    killed_while_saving(first, writing.job, Criterion)
    assert Evaluation.objects.count() == 0
    second = start_worker()
    comes_in(judged)
    assert (Evaluation.objects.count(), Score.objects.count()) == (ROWS, ROWS)
    assert Evaluation.objects.exclude(file="").get().sha256
    assert Job.objects.filter(kind="import.write", state="done", tries=2).count() == 1

    writing = services.take_in(pk=signed.pk, only_good=False, by=signed.by)
    killed_while_saving(second, writing.job, Organisation)
    assert Signature.objects.count() == 0
    start_worker()
    comes_in(signed)
    assert (Signature.objects.count(), Signatory.objects.count()) == (ROWS, ROWS)
