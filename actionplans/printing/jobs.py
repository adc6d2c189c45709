"""What a worker does to print evaluations. Twice gives the same; only the holder's result is kept."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from actionplans.models import EvaluationRound
from actionplans.printing import reply, report
from actionplans.printing.reply import ReplyError
from actionplans.printing.report import ReportError
from actionplans.services import drafts
from actionplans.services.printed import Form
from mvi_portal.core import docx, pdf
from mvi_portal.core.docx import DocxError
from mvi_portal.core.pdf import PdfError
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError

log = logging.getLogger(__name__)
_ZIP_TIME = (2025, 1, 1, 0, 0, 0)
FAILED, CONCEPT = "niet-gelukt.txt", "concept-feitencheck"
UNEXPECTED = (
    "Er ging iets onverwachts mis. Probeer deze brief apart; gebeurt het weer, vraag dan de beheerder."
)
GONE = "Deze evaluatie is er niet meer."


def make_report(run: Run) -> None:
    """The report of a round, in one form or in both."""
    payload = run.payload
    round_ = EvaluationRound.objects.select_related("rubric").filter(slug=payload["round"]).first()
    if round_ is None:
        raise JobError("Deze ronde is er niet meer.")
    against = EvaluationRound.objects.select_related("rubric").filter(slug=payload["against"]).first()
    on, name = date.fromisoformat(payload["on"]), f"verslag-{round_.slug}"
    forms = _forms(payload["form"])
    try:
        files = []
        for place, form in enumerate(forms):
            run.report(place, len(forms), f"{form.label} maken")
            html = report.to_html(round_, on=on, against=against, plain=form is Form.DOCX)
            files.append((f"{name}.{form.value}", _written(html, form)))
    except (ReportError, PdfError, DocxError) as error:
        raise JobError(str(error)) from error
    _store(run, name, files)


def make_replies(run: Run) -> None:
    """A letter for each evaluation. One that fails is named, and does not stop the others."""
    keys, on = run.payload["evaluations"], date.fromisoformat(run.payload["on"])
    found = reply.for_printing(keys)
    names = reply.addressees(found, on=on)
    files, failed = [], [["Een evaluatie", GONE]] * (len(keys) - len(found))
    for place, evaluation in enumerate(found):
        run.report(place, len(keys), evaluation.plan.title)
        try:
            files += list(_letter(evaluation, names[evaluation.plan_id], on, _forms(run.payload["form"])))
        except (ReplyError, PdfError, DocxError) as error:
            failed.append([evaluation.plan.title, str(error)])
        except Exception:
            log.exception("a reply could not be made")
            failed.append([evaluation.plan.title, UNEXPECTED])
    if not files:
        raise JobError("\n".join(f"{title}: {why}" for title, why in failed))
    if failed:
        files.append((FAILED, "".join(f"{title}: {why}\r\n" for title, why in failed).encode("utf-8-sig")))
    run.write(payload={**run.payload, "failed": failed})
    _store(run, "antwoorden-evaluatie", files)


def make_draft(run: Run) -> None:
    """The draft of one letter for the factual check; what was made stays with the evaluation."""
    found = reply.for_printing([run.payload["evaluation"]])
    if not found:
        raise JobError(GONE)
    evaluation, on = found[0], date.fromisoformat(run.payload["on"])
    run.report(0, 1, "Concept maken")
    names = reply.addressees(found, on=on)[evaluation.plan_id]
    try:
        files = list(_letter(evaluation, names, on, _forms(run.payload["form"]), draft=True))
    except (ReplyError, PdfError, DocxError) as error:
        raise JobError(str(error)) from error
    with drafts.keeping(evaluation=evaluation, files=files, by=run.job.by):
        run.check()
        _store(run, f"{CONCEPT}-{evaluation.plan.slug}", files)
        run.finish()


def _letter(
    evaluation: Any, names: Sequence[str], on: date, forms: Sequence[Form], *, draft: bool = False
) -> Iterator[tuple[str, bytes]]:
    name = f"{CONCEPT if draft else 'evaluatie'}-{evaluation.plan.slug}{_number(evaluation)}"
    for form in forms:
        html = reply.to_html(evaluation, names, on=on, plain=form is Form.DOCX, draft=draft)
        yield f"{name}.{form.value}", _written(html, form)


def _number(evaluation: Any) -> str:
    """In the name of a file, of a later version."""
    return f"-{evaluation.number}" if evaluation.number > 1 else ""


def _forms(asked: str) -> Sequence[Form]:
    return (Form.PDF, Form.DOCX) if asked == Form.BOTH else (Form(asked),)


def _written(html: str, form: Form) -> bytes:
    return docx.write(html) if form is Form.DOCX else pdf.write(html)


def _store(run: Run, name: str, files: Sequence[tuple[str, bytes]]) -> None:
    """The one file as it is, more in a zip with fixed times."""
    if len(files) == 1:
        run.store(*files[0])
        return
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(zipfile.ZipInfo(path, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    run.store(f"{name}.zip", packed.getvalue())
