"""Prints what line D hands out on paper; only a worker imports this."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from django.template.loader import render_to_string
from django.utils import timezone

from monitoring.models import Consultation
from monitoring.sheet import FEWER, Sheet, sheet_of
from mvi_portal.core import pdf
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError

STEPS = 2


def print_sheet(run: Run) -> None:
    """The meeting sheet of the consultation that the job names, for who asked for it."""
    consultation = Consultation.objects.filter(pk=run.payload["consultation"]).first()
    if consultation is None or run.job.by is None:
        raise JobError("Dit overleg staat niet meer in het portaal.")
    for most in FEWER:
        run.report(0, STEPS, "Gegevens verzamelen")
        sheet = sheet_of(consultation, user=run.job.by, today=timezone.localdate(), most=most)
        run.report(1, STEPS, "PDF maken")
        file = _drawn(sheet)
        if _fits(file):
            break
    run.store(f"vergaderblad-{consultation.slug}.pdf", file)


def _drawn(sheet: Sheet) -> bytes:
    told = {"sheet": sheet, "dated": sheet.dated}
    try:
        return pdf.write(render_to_string("monitoring/meeting_sheet.html", told))
    except pdf.PdfError as error:
        raise JobError(str(error)) from error


def _fits(file: bytes) -> bool:
    with pikepdf.open(BytesIO(file)) as opened:
        return len(opened.pages) == 1
