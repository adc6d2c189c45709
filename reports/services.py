"""The verbs of the letter."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from mvi_portal.accounts.models import User
from mvi_portal.core.dates import long_date
from mvi_portal.history import history
from mvi_portal.jobs.services import enqueue
from reports.errors import LetterError
from reports.models import Letter, LetterVersion

BUILD = "letter.build"


@transaction.atomic
def request_build(*, letter: Letter, on: date | None = None, by: User | None) -> LetterVersion:
    """A new version of the letter, and the job that builds it; the queue hears of it on commit.

    `on` asks how the letter would read on another reference date: that version is marked "what if".
    Raises LetterError for a letter that was sent.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)  # one number at a time
    if letter.is_sent:
        raise LetterError(_sent(letter))
    reference_date = on or letter.reference_date
    with history(by=by, action="letter.build-requested"):
        version = LetterVersion.objects.create(
            letter=letter,
            number=_next_number(letter),
            reference_date=reference_date,
            what_if=reference_date != letter.reference_date,
            created_by=by,
        )
        version.job = enqueue(kind=BUILD, payload={"version": version.pk}, by=by)
        version.save(update_fields=["job"])
    return version


def _next_number(letter: Letter) -> int:
    last: int | None = letter.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _sent(letter: Letter) -> str:
    day = f" op {long_date(letter.sent_on)}" if letter.sent_on else ""
    return f"De brief '{letter.slug}' is{day} verzonden en ligt vast: er komt geen nieuwe versie meer van."
