"""Building: a version of the letter and the job that makes it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.jobs.services import cancel, enqueue
from reports.errors import LetterError
from reports.models import Letter, LetterVersion
from reports.services.locks import sent

BUILD = "letter.build"


@transaction.atomic
def request_build(*, letter: Letter, on: date | None = None, by: User | None) -> LetterVersion:
    """A new version of the letter, and the job that builds it; the queue hears of it on commit.

    `on` asks how the letter would read on another reference date: that version is marked "what if".
    Raises LetterError for a letter that was sent.
    """
    with history(by=by, action="letter.build-requested"):
        version = next_version(letter=letter, on=on, by=by)
        version.job = enqueue(
            kind=BUILD,
            payload={"version": version.pk},
            by=by,
            title=f"{letter.title}, versie {version.number}",
            address=reverse("reports:version-detail", args=[letter.slug, version.number]),
        )
        version.save(update_fields=["job"])
    return version


@transaction.atomic
def build_once(*, letter: Letter, by: User | None) -> LetterVersion:
    """The version that is under way, else a new one: who clicks twice gets one.

    Raises LetterError for a letter that was sent.
    """
    Letter.objects.select_for_update().get(pk=letter.pk)
    under_way = letter.versions.under_way().filter(reference_date=letter.reference_date).first()
    return under_way or request_build(letter=letter, by=by)


def cancel_build(*, version: LetterVersion) -> None:
    """Stop a build that waits or is being done. Raises LetterError for one that has ended."""
    if version.job is None or not cancel(job=version.job):
        raise LetterError("Deze versie wordt niet meer gebouwd: er is niets om af te breken.")


def next_version(*, letter: Letter, on: date | None = None, by: User | None) -> LetterVersion:
    """An empty version under the next number, in the transaction of who asks for it.

    Raises LetterError for a letter that was sent.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)  # one number at a time
    if letter.is_sent:
        raise LetterError(sent(letter))
    last: int | None = letter.versions.aggregate(last=Max("number"))["last"]
    day = on or letter.reference_date
    return LetterVersion.objects.create(
        letter=letter,
        number=(last or 0) + 1,
        reference_date=day,
        what_if=day != letter.reference_date,
        created_by=by,
    )
