"""A workbook is sent, questions are answered, and it is taken in: each once, whatever is pressed twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse

from mvi_portal.accounts.models import User
from mvi_portal.core.workbooks.importing import Importer
from mvi_portal.files import services as files
from mvi_portal.files.models import Upload
from mvi_portal.imports.models import Import, State
from mvi_portal.jobs import services as jobs

CHECK, WRITE = "import.check", "import.write"
BUSY = "Met dit bestand is het portaal nog bezig. Wacht tot het klaar is."
DONE = "Dit bestand is al opgeslagen. Stuur een nieuw bestand om meer te wijzigen."


@transaction.atomic
def send(*, importer: str, file: File[bytes], by: User, beside: File[bytes] | None = None) -> Import:
    """Keep the file, and what came in a zip beside it, and have it tried."""
    sent = Import(importer=importer, name=(file.name or "bestand")[-200:], by=by)
    sent.file.save(f"{importer}/{sent.name}", file, save=False)
    if beside is not None:
        sent.beside.save(f"{importer}/{sent.name}.zip", beside, save=False)
    sent.save()
    _ask(sent, CHECK, State.CHECKING)
    return sent


@transaction.atomic
def send_parked(*, importer: str, file: Upload, by: User, beside: Upload | None = None) -> Import:
    """The same, of what a form has parked."""
    parked = [upload for upload in (file, beside) if upload is not None]
    sent = send(importer=importer, by=by, **dict(zip(("file", "beside"), map(_opened, parked), strict=False)))
    for upload in parked:
        files.drop(upload=upload)
    return sent


def _opened(upload: Upload) -> File[bytes]:
    """Under the name that it came with."""
    return File(upload.file, name=upload.filename)


@transaction.atomic
def answer(*, pk: int, answers: Mapping[int, str], by: User) -> Import:
    """Whom the doubtful rows mean; then it is tried again. Raises ValidationError."""
    sent = _locked(pk, by)
    _refuse(sent)
    sent.answers = {**sent.answers, **{str(row): key for row, key in answers.items()}}
    _ask(sent, CHECK, State.CHECKING)
    return sent


@transaction.atomic
def take_in(*, pk: int, only_good: bool, by: User) -> Import:
    """Write it all, or only the good rows. Raises ValidationError."""
    sent = _locked(pk, by)
    _refuse(sent)
    if not sent.can_be_written:
        raise ValidationError("In dit bestand staat niets om op te slaan.")
    if sent.outcome.get("error_count") and not only_good:
        raise ValidationError(
            "In dit bestand staan nog fouten. Herstel ze, of kies voor alleen de goede rijen."
        )
    sent.only_good = only_good
    _ask(sent, WRITE, State.WRITING)
    return sent


@transaction.atomic
def try_again(*, pk: int, by: User) -> Import:
    """After a job that failed or was cancelled: the same file, from the trial on. Raises ValidationError."""
    sent = _locked(pk, by)
    _refuse(sent)
    _ask(sent, CHECK, State.CHECKING)
    return sent


def cancel(*, sent: Import) -> bool:
    """False when it was ready already. What was being written is taken back by the database."""
    return sent.job is not None and jobs.cancel(job=sent.job)


def expire(*, now: datetime) -> int:
    """Delete the files that had their time; what they brought in stays."""
    gone = list(Import.objects.expired(now=now))
    for sent in gone:
        for file in (sent.file, sent.beside, sent.commented):
            if file:
                file.delete(save=False)
        sent.delete()
    return len(gone)


def _locked(pk: int, by: User) -> Import:
    return Import.objects.select_for_update(of=("self",)).select_related("job").of(by).get(pk=pk)


def _refuse(sent: Import) -> None:
    if sent.state == State.WRITTEN:
        raise ValidationError(DONE)
    if sent.is_under_way:
        raise ValidationError(BUSY)


def title_of(importer: Importer, name: str) -> str:
    """As the jobs of a file are called; without a name what all of them begin with."""
    return f"{importer.title}: {name}"


def _ask(sent: Import, kind: str, state: State) -> None:
    told = {
        "title": title_of(sent.of, sent.name) if sent.of else f"{sent.importer}: {sent.name}",
        "detail": "Opslaan wat in het bestand staat" if kind == WRITE else "Nakijken wat er zou wijzigen",
        "address": reverse("imports:import-detail", args=[sent.pk]),
    }
    sent.job = jobs.enqueue(kind=kind, payload={"import": sent.pk}, by=sent.by, **told)
    sent.state = state
    sent.save()
