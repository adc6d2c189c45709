"""Files and papers beside an answer: added and taken away only while the organisation writes.

In a round that is open, or outside any, for a text that is prepared.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from monitoring.models import EntryFile, EntryPaper, Paper, ProgressEntry
from monitoring.services.progress import CLOSED, NOT_WRITABLE
from mvi_portal.accounts.models import User
from mvi_portal.files.models import Upload
from mvi_portal.files.services import keep
from mvi_portal.history import history


@transaction.atomic
def attach_file(*, entry: ProgressEntry, upload: Upload, by: User) -> None:
    """Raises ValidationError, as for a file that is there already."""
    _must_be_writable(entry)
    with history(by=by, action="progress.file-attached"):
        _begin(entry)
        if EntryFile.objects.filter(entry=entry, sha256=upload.sha256).exists():
            raise ValidationError("Dit bestand staat al bij het antwoord.")
        row = EntryFile(entry=entry)
        keep(upload=upload, row=row)
        row.save()


@transaction.atomic
def attach_paper(*, entry: ProgressEntry, paper: Paper, by: User) -> None:
    """The same one again is no change."""
    _must_be_writable(entry)
    with history(by=by, action="progress.paper-attached"):
        _begin(entry)
        EntryPaper.objects.get_or_create(entry=entry, paper=paper)


@transaction.atomic
def detach(*, row: EntryFile | EntryPaper, by: User) -> None:
    """Taken away; the bytes of a file go when that is certain."""
    _must_be_writable(row.entry)
    stored = row.file if isinstance(row, EntryFile) else None
    with history(by=by, action="progress.detached"):
        row.delete()
    if stored:
        storage, name = stored.storage, stored.name or ""
        transaction.on_commit(lambda: storage.delete(name))


def _begin(entry: ProgressEntry) -> None:
    """Somebody can attach before a word is written."""
    if entry._state.adding:
        entry.save()


def _must_be_writable(entry: ProgressEntry) -> None:
    if entry.round is not None and not entry.round.is_open(timezone.localdate()):
        raise ValidationError(CLOSED)
    if not entry.is_being_written:
        raise ValidationError(NOT_WRITABLE)
