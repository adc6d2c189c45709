"""Making a Word file, in a worker: by pandoc, with its names and what it tells of itself."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from mvi_portal.core import docx
from mvi_portal.core.pandoc import TextError
from mvi_portal.core.word.marking import marked
from mvi_portal.history import history
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError
from reports.models import WordExport

VERSION = "mvi-versie"


def build_word(run: Run) -> None:
    """Make the file that the job names; one that is there stays as it is."""
    row = WordExport.objects.get(pk=run.payload["export"])
    if row.is_ready:
        return
    try:
        made = written(row)
    except TextError as error:
        raise JobError(str(error)) from error
    path = row.file.storage.save(f"word/{run.token}/{row.name}.docx", ContentFile(made))
    try:
        with transaction.atomic(), history(by=run.job.by, action="word.made"):
            run.check()
            told = {"file": path, "file_sha256": hashlib.sha256(made).hexdigest()}
            WordExport.objects.filter(pk=row.pk).update(**told)
            run.finish()
    except BaseException:
        row.file.storage.delete(path)
        raise


def written(row: WordExport) -> bytes:
    """The same bytes for the same texts."""
    properties = {**row.properties, VERSION: row.sha256}
    return marked(docx.write(row.html), properties=properties, mark=row.mark)
