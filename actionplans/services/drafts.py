"""The draft for the factual check: kept as it was made, and marked when it went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, QuerySet

from actionplans.models import CheckDraft, Evaluation
from mvi_portal.accounts.models import User
from mvi_portal.core.uploads import DOCUMENTS
from mvi_portal.files.services import attach
from mvi_portal.history import history


@contextmanager
def keeping(
    *, evaluation: Evaluation, files: Sequence[tuple[str, bytes]], by: User | None
) -> Iterator[list[CheckDraft]]:
    """Keep what was made together beside the evaluation; what the caller does inside succeeds with it.

    When it does not, nothing is kept and the bytes go again.
    """
    kept: list[CheckDraft] = []
    try:
        with transaction.atomic(), history(by=by, action="evaluation.draft-made"):
            stored = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
            number = (drafts_of(stored).aggregate(last=Max("number"))["last"] or 0) + 1
            for name, content in files:
                row = CheckDraft(evaluation=stored, number=number, is_demo=stored.is_demo)
                attach(file=ContentFile(content, name=name), row=row, by=by, kinds=DOCUMENTS)
                kept.append(row)
                row.save()
            yield kept
    except BaseException:
        for row in kept:
            default_storage.delete(row.path)
        raise


def drafts_of(evaluation: Evaluation) -> QuerySet[CheckDraft]:
    """The newest first; of one the files by name."""
    return CheckDraft.objects.filter(evaluation=evaluation).order_by("-number", "filename")


def latest(evaluation: Evaluation) -> list[CheckDraft]:
    """The files of the last that was made."""
    rows = list(drafts_of(evaluation))
    return [row for row in rows if row.number == rows[0].number]


def mark_sent(*, evaluation: Evaluation, on: date) -> None:
    """The last that was made is what went out. Within the history of the caller."""
    for row in latest(evaluation):
        row.sent_on = on
        row.save(update_fields=["sent_on"])
