"""Asking for a parcel: a version of the letter with everything that goes with it, in one job."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.history import history
from mvi_portal.jobs.services import cancel, enqueue
from reports.errors import LetterError
from reports.models import Letter, Parcel
from reports.services.building import next_version

PARCEL = "letter.parcel"


@transaction.atomic
def request_parcel(*, letter: Letter, by: User | None) -> Parcel:
    """A new version of the letter with a parcel, and the job that makes both.

    Raises LetterError for a letter that was sent.
    """
    with history(by=by, action="parcel.requested"):
        parcel = Parcel.objects.create(version=next_version(letter=letter, by=by))
        pack(parcel=parcel, by=by)
    return parcel


def pack(*, parcel: Parcel, by: User | None) -> None:
    """Have its documents made, by a job."""
    version = parcel.version
    version.job = enqueue(
        kind=PARCEL,
        payload={"parcel": parcel.pk},
        by=by,
        title=f"Pakket bij {version.letter.title}, versie {version.number}",
        address=reverse("reports:parcel-detail", args=[version.letter.slug, version.number]),
    )
    version.save(update_fields=["job"])


@transaction.atomic
def parcel_once(*, letter: Letter, by: User | None) -> Parcel:
    """The parcel that is under way, else a new one: who clicks twice gets one.

    Raises LetterError for a letter that was sent.
    """
    Letter.objects.select_for_update().get(pk=letter.pk)
    under_way = Parcel.objects.under_way().filter(version__letter=letter).first()
    return under_way or request_parcel(letter=letter, by=by)


def cancel_parcel(*, parcel: Parcel) -> None:
    """Stop one that waits or is being made. Raises LetterError for one that has ended."""
    if parcel.version.job is None or not cancel(job=parcel.version.job):
        raise LetterError("Dit pakket wordt niet meer gemaakt: er is niets om af te breken.")
