"""A worker dies in the middle of a workbook; what was sent comes in, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.base import ContentFile

from mvi_portal.accounts.models import Role
from mvi_portal.imports import services
from mvi_portal.imports.models import Import, State
from mvi_portal.jobs.models import Job
from signatories.models import Signatory, Signature
from tests.factories.signatories import ActorFactory, ManifestFactory, OrganisationFactory
from tests.faults.machinery import Worker, wait_for
from tests.signatories.incoming.books import workbook

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROWS = 60


@pytest.mark.usefixtures("queue")
def test_killed_while_it_writes_a_workbook_comes_in_whole_and_once(
    start_worker: Callable[[], Worker],
) -> None:
    ManifestFactory(slug="mvoi")
    keys = [OrganisationFactory(key=f"gm{n}").key for n in range(ROWS)]
    rows = [[key, "", "", "mvoi", "", date(2023, 2, 15)] for key in keys]
    by = ActorFactory(role=Role.SECRETARIAT)
    sent = services.send(importer="signatories", file=ContentFile(workbook(rows), name="lijst.csv"), by=by)
    first = start_worker()
    wait_for(lambda: Import.objects.get(pk=sent.pk).state == State.CHECKED, "the trial is done")

    job = services.take_in(pk=sent.pk, only_good=False, by=by).job
    assert job is not None
    wait_for(lambda: Job.objects.get(pk=job.pk).step.startswith("opslaan"), "it is writing")
    first.kill()
    assert Signature.objects.count() in (0, ROWS)

    start_worker()
    wait_for(lambda: Import.objects.get(pk=sent.pk).state == State.WRITTEN, "it came in")
    wait_for(lambda: not Job.objects.get(pk=job.pk).is_open, "the job has ended")
    assert (Signature.objects.count(), Signatory.objects.count()) == (ROWS, ROWS)
