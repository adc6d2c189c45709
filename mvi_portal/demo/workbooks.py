"""Files of the secretariat: a workbook that was tried and has errors, and a list that was exported.

Nothing of it is written to the register. Like every such file it disappears after two weeks; loading the
demonstration again puts it back.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.workbooks import Column, Form, Page, write
from mvi_portal.demo.manifest import SLUG
from mvi_portal.imports import services as imports
from mvi_portal.imports.models import Import
from mvi_portal.jobs import exporting
from mvi_portal.jobs.services import enqueue, work

NAME = "voorbeeld-ondertekenaars.csv"
WORKER = "demonstratie"
HEADINGS = ("code", "naam", "manifest", "ondertekend op")
ROWS = (
    ("gm0059", "", SLUG, date(2024, 5, 15)),
    ("gm0000", "", SLUG, date(2024, 5, 15)),
    ("gm1680", "", SLUG, "31-2-2024"),
    ("", "Utrecht", SLUG, date(2024, 5, 15)),
)


def load(users: dict[str, User]) -> None:
    """Once, as long as it is kept."""
    by = users["secretariaat@voorbeeld.example"]
    if Import.objects.of(by).filter(name=NAME).exists():
        return
    sent = imports.send(importer="signatories", file=ContentFile(_book(), name=NAME), by=by)
    if sent.job is not None:
        work(sent.job.pk, worker=WORKER)
    payload = {"path": reverse("signatories:organisation-export"), "query": "formaat=ods&soort=province"}
    detail = "Filter: Soort: provincie."
    job = enqueue(kind=exporting.KIND, payload=payload, by=by, title="Organisaties als ODS", detail=detail)
    work(job.pk, worker=WORKER)


def _book() -> bytes:
    file = BytesIO()
    columns = [Column(heading) for heading in HEADINGS]
    write(file, Form.CSV, Page("Ondertekenaars", columns, ROWS, lambda _count: ["Voorbeeld met fouten."]))
    return file.getvalue()
