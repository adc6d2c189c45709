"""Asking for what is printed of evaluations: the report of a round, replies and drafts for signatories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.urls import reverse

from actionplans.models import Evaluation, EvaluationRound
from mvi_portal.accounts.models import User
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.services import enqueue

REPORT, REPLIES, DRAFT = "evaluation.report", "evaluation.replies", "evaluation.draft"
KINDS = (REPORT, REPLIES, DRAFT)
NO_DRAFT = "Van deze evaluatie is nu geen concept voor de feitencheck te maken."


class Form(models.TextChoices):
    """In which form it is made."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word-document"
    BOTH = "zip", "PDF en Word, samen in één zip"


@transaction.atomic
def ask_report(
    *, round_: EvaluationRound, form: Form, against: EvaluationRound | None, on: date, by: User
) -> Job:
    """The report as it stands on the day; the same asked twice is made once."""
    payload = {
        "round": round_.slug,
        "title": f"Verslag van {round_.name}",
        "form": form.value,
        "against": against.slug if against else "",
        "on": on.isoformat(),
    }
    return _once(REPORT, payload, round_, by)


@transaction.atomic
def ask_replies(
    *, round_: EvaluationRound | None, evaluations: Sequence[Evaluation], form: Form, on: date, by: User
) -> Job:
    """A letter for each; many of them in one zip. Raises ValidationError when there are none."""
    if not evaluations:
        raise ValidationError("Kruis minstens één evaluatie aan.")
    one = evaluations[0].plan.title if len(evaluations) == 1 else f"{len(evaluations)} ondertekenaars"
    payload = {
        "round": round_.slug if round_ else "",
        "title": f"Antwoord aan {one}",
        "form": form.value if len(evaluations) == 1 else Form.BOTH.value,
        "evaluations": sorted(item.pk for item in evaluations),
        "on": on.isoformat(),
    }
    return _once(REPLIES, payload, round_, by)


def can_draft(evaluation: Evaluation) -> bool:
    """It was submitted, and neither answered nor published."""
    return evaluation.submitted_on is not None and not (evaluation.reacted_on or evaluation.published_on)


@transaction.atomic
def ask_draft(*, evaluation: Evaluation, on: date, by: User, where: str = "") -> Job:
    """The draft that goes to the signatory. Raises ValidationError when there is nothing to check now."""
    stored = Evaluation.objects.select_for_update(of=("self",)).select_related("plan", "round")
    found = stored.get(pk=evaluation.pk)
    if not can_draft(found):
        raise ValidationError(NO_DRAFT)
    payload = {
        "round": found.round.slug if found.round else "",
        "title": f"Concept voor feitencheck: {found.plan.title}",
        "form": Form.BOTH.value,
        "evaluation": found.pk,
        "on": on.isoformat(),
    }
    return _once(DRAFT, payload, found.round, by, where=where)


def jobs_of(round_: EvaluationRound) -> QuerySet[Job]:
    """What was asked for of the round, the newest first."""
    return Job.objects.filter(kind__in=KINDS, payload__round=round_.slug).select_related("by")


def _once(
    kind: str, payload: dict[str, Any], round_: EvaluationRound | None, by: User, *, where: str = ""
) -> Job:
    """Who presses twice gets what is under way already."""
    if round_ is not None:
        EvaluationRound.objects.select_for_update().get(pk=round_.pk)
    under_way = Job.objects.open().filter(kind=kind, payload=payload, by=by).first()
    if round_ is not None and not where:
        where = reverse("actionplans:round-files", args=[round_.slug])
    about = round_.name if round_ else ""
    return under_way or enqueue(
        kind=kind, payload=payload, by=by, title=payload["title"], detail=about, address=where
    )
