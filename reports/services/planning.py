"""The plan of a letter, and the recesses that it goes around."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from mvi_portal.accounts.models import User
from mvi_portal.core.refusals import as_errors
from mvi_portal.history import history
from reports.composing.planning import Calendar, counted_back
from reports.errors import LetterError
from reports.models import Letter, PlanStep, Recess
from reports.services.locks import sent


@transaction.atomic
def plan_letter(*, letter: Letter, sending_on: date, by: User | None) -> None:
    """Count the steps back from the wished day; a step that was taken, stays. Raises LetterError."""
    letter = _under_way(letter)
    known = {row.kind: row for row in letter.plan_steps.all()}
    with history(by=by, action="letter.planned"):
        for kind, day in counted_back(sending_on, Calendar(Recess.objects.all())).items():
            row = known.get(kind) or PlanStep(letter=letter, kind=kind)
            if row.done_on is None and row.due_on != day:
                row.due_on = day
                row.save()


@transaction.atomic
def set_step(*, step: PlanStep, due_on: date, done_on: date | None, by: User | None) -> None:
    """Another day, or that it was done and when. Raises LetterError."""
    _under_way(step.letter)
    if done_on and done_on.year < 2000:
        raise LetterError("Die dag ligt te ver terug. Kijk de datum na.")
    with history(by=by, action="letter.step-set"):
        step.due_on, step.done_on = due_on, done_on
        step.save(update_fields=["due_on", "done_on"])


def keep_recess(*, recess: Recess, by: User | None) -> None:
    """Raises ValidationError, with a Dutch message, for days that do not fit."""
    with as_errors(), transaction.atomic(), history(by=by, action="recess.kept"):
        recess.full_clean()
        recess.save()


@transaction.atomic
def remove_recess(*, recess: Recess, by: User | None) -> None:
    with history(by=by, action="recess.removed"):
        recess.delete()


def _under_way(letter: Letter) -> Letter:
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if found.is_sent:
        raise LetterError(sent(found))
    return found
