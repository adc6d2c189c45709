"""The internal line: its steps as set up, each step as it was taken, and what the office-holders decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.history import history
from reports.agreement.line import Line, is_in_line
from reports.errors import LetterError
from reports.models import Decision, Letter, LineRecord, LineStep, Verdict
from reports.services.parties import open_letter
from signatories.models import Office

NOT_IN_LINE = "De ambtelijke lijn begint als iedereen akkoord is. De brief is nu '{}'."
NOT_NEXT = "Eerst komt de stap '{}': de lijn gaat op volgorde."
ALL_DONE = "Alle stappen zijn al gezet op de tekst van nu."
LINE_FIRST = "Zet eerst de stappen van de lijn: '{}' is nog niet gezet."
NOT_ASKED = "Dit ambt beslist niet over deze brief."


@dataclass(frozen=True)
class Record:
    """What is recorded of a step or a decision."""

    on: date
    remark: str = ""
    proof: str = ""
    upload: Upload | None = None


@transaction.atomic
def set_steps(*, titles: Sequence[str], by: User) -> None:
    """The line from now on, in this order. What was recorded of a step that goes, stays.

    Raises ValidationError for a name that stands there twice.
    """
    wanted = [" ".join(title.split()) for title in titles if title.strip()]
    twice = {title for title in wanted if wanted.count(title) > 1}
    if twice:
        raise ValidationError(f"Deze stap staat er twee keer: {', '.join(sorted(twice))}.")
    with history(by=by, action="line.set-up"):
        LineStep.objects.exclude(title__in=wanted).delete()
        for order, title in enumerate(wanted, 1):
            LineStep.objects.update_or_create(title=title, defaults={"order": order})


@transaction.atomic
def record_step(*, letter: Letter, step: LineStep, function: str, record: Record, by: User) -> LineRecord:
    """The next step was taken on the text of now. Raises LetterError out of order."""
    found, line = _in_line(letter)
    if line.next_stage is None:
        raise LetterError(ALL_DONE)
    if line.next_stage.step != step:
        raise LetterError(NOT_NEXT.format(line.next_stage.step))
    row = LineRecord(letter=found, step=step.title, function=function, done_on=record.on)
    _keep(row, record, line.sha256, by, action="letter.line-step")
    return row


@transaction.atomic
def record_decision(
    *, letter: Letter, office: Office, verdict: Verdict, record: Record, by: User
) -> Decision:
    """What the office-holder decided on the note, after the line. Raises LetterError before that."""
    found, line = _in_line(letter)
    if line.next_stage is not None:
        raise LetterError(LINE_FIRST.format(line.next_stage.step))
    if office not in line.offices:
        raise LetterError(NOT_ASKED)
    row = Decision(letter=found, office=office, verdict=verdict, decided_on=record.on)
    _keep(row, record, line.sha256_for(office), by, action="letter.decided")
    return row


def _in_line(letter: Letter) -> tuple[Letter, Line]:
    found = open_letter(letter)
    if not is_in_line(found):
        raise LetterError(NOT_IN_LINE.format(found.stand.label))
    return found, Line(found)


def _keep(row: LineRecord | Decision, record: Record, sha256: str, by: User, *, action: str) -> None:
    if record.on > timezone.localdate():
        raise ValidationError({"on": "Deze dag ligt in de toekomst."})
    row.remark, row.proof, row.recorded_by, row.text_sha256 = record.remark, record.proof, by, sha256
    with history(by=by, action=action):
        if record.upload:
            files.keep(upload=record.upload, row=row)
        row.full_clean(exclude=["letter", "recorded_by", "uploaded_by"])
        row.save()
