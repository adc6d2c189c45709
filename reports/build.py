"""One build of a letter, in a worker: figures, HTML, PDF, file. Running it twice gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction

from mvi_portal.core import pdf
from mvi_portal.core.pdf import PdfError
from mvi_portal.history import history
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError
from reports import content, pictures, render
from reports.errors import LetterError
from reports.frozen import FrozenLetter
from reports.models import BUILD_STEPS, LetterVersion
from reports.parcel.letter import identifier


def build_letter(run: Run) -> None:
    """Build the version that the job names. One that was printed stays as it is."""
    version = LetterVersion.objects.select_related("letter").get(pk=run.payload["version"])
    if version.is_ready:
        return
    if version.letter.is_sent:
        raise JobError("De brief is intussen verzonden en ligt vast: er komt geen nieuwe versie meer van.")
    try:
        with pdf.collecting_later():
            _build(run, version)
    except (LetterError, render.RenderError, PdfError) as error:
        raise JobError(str(error)) from error


def _build(run: Run, version: LetterVersion) -> None:
    steps = Steps(run)
    with steps.next():
        letter = content.collect(version)
    with steps.next():
        html = render.to_html(letter)
    with steps.next(), pdf.identified(identifier(letter)):
        file = pdf.write(html)
    with steps.next():
        path = _save(run, version, letter.name, file)
    try:
        _record(run, version, letter, file, path, steps.seconds)
    except BaseException:
        version.file.storage.delete(path)  # somebody else's build is the one that counts
        raise


class Steps:
    """Tells the job at which step it is, and keeps how long each took."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.seconds: dict[str, float] = {}

    @contextmanager
    def next(self) -> Iterator[None]:
        """The next of BUILD_STEPS. Raises LeaseLost."""
        done = len(self.seconds)
        step = BUILD_STEPS[done]
        self.run.report(done, len(BUILD_STEPS), step)
        start = time.monotonic()
        yield
        self.seconds[step] = round(time.monotonic() - start, 3)


def _save(run: Run, version: LetterVersion, name: str, file: bytes) -> str:
    """Each try writes a file of its own: a late worker never writes over the result of another."""
    return version.file.storage.save(f"letters/{run.token}/{name}.pdf", ContentFile(file))


def _record(
    run: Run, version: LetterVersion, letter: FrozenLetter, file: bytes, path: str, seconds: dict[str, float]
) -> None:
    """The file and the end of the job at once: it is never there while the job can still be cancelled.

    Raises LeaseLost; then nothing is written.
    """
    values = {
        "freeze": version.freeze,
        "content": letter.to_json(),
        "content_sha256": letter.sha256(),
        "file": path,
        "file_sha256": hashlib.sha256(file).hexdigest(),
        "pages": _pages(file),
        "seconds": seconds,
    }
    with transaction.atomic(), history(by=run.job.by, action="letter.built"):
        run.check()
        LetterVersion.objects.filter(pk=version.pk).update(**values)
        pictures.ask(version, by=run.job.by)
        run.finish()


def _pages(file: bytes) -> int:
    with pikepdf.open(io.BytesIO(file)) as opened:
        return len(opened.pages)
