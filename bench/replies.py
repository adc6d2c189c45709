"""A batch of 27 reply letters in a warm worker against WeasyPrint alone in a loop, on the same HTML.

In the processor's time: the two do not run at once, and what else the machine does is not theirs.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings
from django.test.utils import override_settings
from weasyprint import CSS, HTML

from actionplans.models import Evaluation, EvaluationRound
from actionplans.printing import reply
from actionplans.services.printed import Form, ask_replies
from bench.scratch import processor, promise
from mvi_portal.accounts.models import Role, User
from mvi_portal.core.pdf import faces
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.services import work

ROUND = "evaluatie-mei-2024"
ON = date(2025, 1, 31)
MOST = 1.15


def measure() -> bool:
    """True when the batch, letters and text documents and zip, takes at most so much of WeasyPrint alone.

    What WeasyPrint makes has the same tags and typeface; it is not yet valid, and there is no DOCX.
    """
    round_ = EvaluationRound.objects.get(slug=ROUND)
    evaluations = list(Evaluation.objects.filter(round=round_))
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        batch(round_, evaluations[:1])
        pages = htmls(evaluations)
        ours, texts = batch(round_, evaluations), len(evaluations)
        theirs = alone(pages, Path(folder))
    return promise(
        f"{texts} replies as PDF and DOCX in one zip: {ours:.1f} s of a processor, {ours / theirs:.2f} of "
        f"WeasyPrint in a loop making the PDFs alone ({theirs:.1f} s; at most {MOST})",
        holds=ours / theirs <= MOST,
    )


def batch(round_: EvaluationRound, evaluations: list[Evaluation]) -> float:
    """Seconds of a processor, from the claim to the stored zip."""
    by, _ = User.objects.get_or_create(
        email="bench-replies@voorbeeld.example", defaults={"name": "B", "role": Role.EVALUATOR}
    )
    job = ask_replies(round_=round_, evaluations=evaluations, form=Form.BOTH, on=ON, by=by)
    start = processor()
    work(job.pk, worker="bench")
    taken = processor() - start
    done = Job.objects.get(pk=job.pk)
    if done.state != State.DONE or done.payload.get("failed"):
        raise SystemExit(done.reason or str(done.payload["failed"]))
    return taken


def htmls(evaluations: list[Evaluation]) -> list[str]:
    found = reply.for_printing([item.pk for item in evaluations])
    names = reply.addressees(found, on=ON)
    return [reply.to_html(item, names[item.plan_id], on=ON) for item in found]


def alone(pages: list[str], folder: Path) -> float:
    """The same: each page with its style sheets and typeface, tagged, as the manual does it in a loop."""
    style, base = CSS(string=faces.typeface().css(folder)), f"{settings.BASE_DIR}/static/"
    start = processor()
    for page in pages:
        HTML(string=page, base_url=base).write_pdf(stylesheets=[style], pdf_variant="pdf/a-2a")
    return processor() - start
