"""After the submission: the factual check by the signatory, publication by a second person, corrections."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actionplans.models import Evaluation, Score
from actionplans.services import drafts
from actionplans.services.judging import FUTURE_DATE, PUBLISHED, locked, missing
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate, long_date
from mvi_portal.core.refusals import as_errors
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.history import history

SECOND = "Een tweede persoon publiceert: u hebt deze evaluatie zelf gemaakt."
FUTURE_DAY = "Deze dag ligt in de toekomst."
NOBODY = "Niet is vastgelegd wie deze evaluatie heeft gemaakt. Laat de beoordelaar haar indienen."


@transaction.atomic
def send_check(*, evaluation: Evaluation, sent_on: date, until: date, by: User) -> None:
    """The draft went to the signatory, who may react up to and including a day.

    What went out is the last draft that was made: it is marked, and named in the history.
    """
    stored = _unpublished(evaluation)
    if stored.submitted_on is None:
        raise ValidationError("Deze evaluatie is nog niet ingediend.")
    if stored.reacted_on:
        raise ValidationError("Er is al een reactie op de feitencheck vastgelegd.")
    _not_later(sent_on, "sent_on")
    if sent_on < stored.submitted_on:
        told = f"De evaluatie is pas op {long_date(stored.submitted_on)} ingediend."
        raise ValidationError({"sent_on": told})
    if until <= sent_on:
        raise ValidationError({"until": "Geef na het versturen minstens een dag de tijd om te reageren."})
    sent = "; ".join(str(row) for row in drafts.latest(stored))
    with history(by=by, action="evaluation.check-sent", why=f"Verstuurd: {sent}" if sent else ""):
        drafts.mark_sent(evaluation=stored, on=sent_on)
        stored.check_sent_on, stored.check_until = sent_on, until
        stored.save(update_fields=["check_sent_on", "check_until"])


@transaction.atomic
def record_reaction(*, evaluation: Evaluation, reacted_on: date, reaction: str, by: User) -> None:
    """What the signatory answered, taken over from the mail. It can be put right until the publication."""
    stored = _unpublished(evaluation)
    if stored.check_sent_on is None:
        raise ValidationError("De feitencheck is nog niet verstuurd.")
    _not_later(reacted_on, "reacted_on")
    if reacted_on < stored.check_sent_on:
        told = f"De feitencheck is pas op {long_date(stored.check_sent_on)} verstuurd."
        raise ValidationError({"reacted_on": told})
    with history(by=by, action="evaluation.reaction-recorded"):
        stored.reacted_on, stored.reaction = reacted_on, reaction
        stored.save(update_fields=["reacted_on", "reaction"])


@transaction.atomic
def attach(*, evaluation: Evaluation, upload: Upload, by: User) -> None:
    """The document in which it was written down, until the publication; a later one replaces it."""
    stored = _unpublished(evaluation)
    with history(by=by, action="evaluation.document-attached"):
        files.keep(upload=upload, row=stored)
        stored.save()


@transaction.atomic
def publish(*, evaluation: Evaluation, evaluated_on: PartialDate, by: User) -> None:
    """By another than the evaluator, after the factual check. From now on nothing of it changes."""
    stored = locked(evaluation)
    if stored.published_on:
        return
    if refusal := why_not_publish(stored, by):
        raise ValidationError(refusal)
    today = timezone.localdate()
    if evaluated_on.first_day > today:
        raise ValidationError({"evaluated_on": FUTURE_DATE})
    with history(by=by, action="evaluation.published"):
        stored.evaluated_on = evaluated_on
        stored.published_on, stored.published_by = today, by
        stored.full_clean(exclude=["file"])
        with as_errors(), transaction.atomic():
            stored.save()


def why_not_publish(evaluation: Evaluation, by: User) -> str:
    """What this person has to wait for; empty when it can be published now."""
    if evaluation.published_on:
        return PUBLISHED
    if evaluation.submitted_on is None:
        return "Deze evaluatie is nog niet ingediend."
    if evaluation.evaluator_id in {None, by.pk}:
        return SECOND if evaluation.evaluator_id else NOBODY
    if evaluation.number == 1 and not evaluation.is_check_over(on=timezone.localdate()):
        return _about_check(evaluation)
    if left := missing(evaluation):
        return f"Nog niet ingevuld: {', '.join(criterion.name for criterion in left)}."
    return ""


@transaction.atomic
def correct(*, evaluation: Evaluation, reason: str, by: User) -> Evaluation:
    """A new version, with the same scores to begin with; the published one stays as it is."""
    stored = locked(evaluation)
    if stored.published_on is None:
        raise ValidationError("Alleen een gepubliceerde evaluatie wordt gecorrigeerd.")
    same = Evaluation.objects.filter(plan=stored.plan, round=stored.round, number__gt=stored.number)
    if same.exists():
        raise ValidationError("Er is al een latere versie van deze evaluatie. Werk daarin verder.")
    with history(by=by, action="evaluation.correction-begun", why=reason):
        made = Evaluation.objects.create(
            **{name: getattr(stored, name) for name in _KEPT},
            number=stored.number + 1,
            correction_reason=reason,
            evaluator=by,
            started_on=timezone.localdate(),
        )
        Score.objects.bulk_create(_copy(score, made) for score in stored.scores.order_by("pk"))
    return made


_KEPT = (
    *("plan", "version", "round", "rubric", "chosen_because"),
    *("evaluated_on", "remark", "source", "is_demo"),
)


def _copy(score: Score, evaluation: Evaluation) -> Score:
    return Score(
        evaluation=evaluation,
        criterion_id=score.criterion_id,
        value=score.value,
        remark=score.remark,
        page=score.page,
        quote=score.quote,
    )


def _unpublished(evaluation: Evaluation) -> Evaluation:
    stored = locked(evaluation)
    if stored.published_on:
        raise ValidationError(PUBLISHED)
    return stored


def _not_later(day: date, name: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({name: FUTURE_DAY})


def _about_check(evaluation: Evaluation) -> str:
    if evaluation.check_sent_on is None:
        return "De feitencheck is nog niet verstuurd."
    until = f" tot en met {long_date(evaluation.check_until)}" if evaluation.check_until else ""
    return f"De ondertekenaar kan{until} nog reageren op de feitencheck."
