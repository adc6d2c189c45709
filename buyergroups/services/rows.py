"""Participants and results: kept, corrected, or taken out when they never were."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction

from buyergroups.models import Output, Participation
from mvi_portal.accounts.models import User
from mvi_portal.files.models import Upload
from mvi_portal.files.services import keep
from mvi_portal.history import history


@transaction.atomic
def save_participation(*, participation: Participation, by: User) -> None:
    with history(by=by, action="participation.saved"):
        participation.full_clean()
        participation.save()


@transaction.atomic
def drop_participation(*, participation: Participation, by: User) -> None:
    """Somebody who never took part. Who stops, gets an end."""
    with history(by=by, action="participation.dropped"):
        participation.delete()


@transaction.atomic
def save_output(*, output: Output, document: Upload | None = None, by: User) -> None:
    """With a document, when one was sent; the bytes of the one before it go when that is certain."""
    before = output.path if document else ""
    with history(by=by, action="output.saved"):
        if document:
            keep(upload=document, row=output)
        output.full_clean()
        output.save()
    if before:
        transaction.on_commit(lambda: default_storage.delete(before))


@transaction.atomic
def drop_output(*, output: Output, by: User) -> None:
    path = output.path
    with history(by=by, action="output.dropped"):
        output.delete()
    if path:
        transaction.on_commit(lambda: default_storage.delete(path))
