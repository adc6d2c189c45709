"""Making a parcel, in a worker: one snapshot, then each document. A second time gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction

from mvi_portal.core import pdf
from mvi_portal.core.pandoc import TextError
from mvi_portal.core.pdf import PdfError
from mvi_portal.history import history
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError
from reports import content, pictures, services
from reports.errors import LetterError
from reports.models import LetterVersion, Parcel, ParcelFile
from reports.parcel import plan, snapshots
from reports.parcel.letter import identifier
from reports.parcel.plan import Document, Snapshot
from reports.services.locks import sent

_PDF = b"%PDF-"
TAKING = "Cijfers en teksten vastleggen"


def build_parcel(run: Run) -> None:
    """Make what is not there yet of the parcel that the job names."""
    parcels = Parcel.objects.select_related("version__letter", "freeze")
    parcel = parcels.get(pk=run.payload["parcel"])
    if parcel.is_ready:
        return
    try:
        _build(run, parcel)
    except (LetterError, PdfError, TextError) as error:
        raise JobError(str(error)) from error


def _build(run: Run, parcel: Parcel) -> None:
    run.report(0, 1, TAKING)
    if not parcel.content:
        _take(run, parcel)
    if parcel.freeze is None:
        raise LetterError("Er zijn nog geen cijfers bevroren.")
    snapshot = snapshots.snapshot_of(parcel.content, parcel.freeze)
    documents = planned(snapshot)
    kept = set(parcel.files.values_list("name", flat=True))
    for done, document in enumerate(documents, 1):
        run.report(done, len(documents) + 1, document.title)
        if document.name not in kept:
            _store(run, parcel, document, done, snapshot)
    _finish(run, parcel, snapshot, documents)


def _take(run: Run, parcel: Parcel) -> None:
    letter = parcel.version.letter
    if letter.is_sent:
        raise LetterError(sent(letter))
    if content.newest(letter.pk) is None:
        services.freeze_letter(letter=letter, by=run.job.by)
    snapshots.take(parcel)
    with transaction.atomic(), history(by=run.job.by, action="parcel.taken"):
        run.check()
        parcel.save(update_fields=["freeze", "content", "content_sha256"])


def planned(snapshot: Snapshot) -> list[Document]:
    """All documents, in their order; their names and their numbers agree. Raises LetterError."""
    documents = [document for documents_of in plan.documents for document in documents_of(snapshot)]
    names = [document.name for document in documents]
    if doubles := sorted({name for name in names if names.count(name) > 1}):
        raise LetterError(f"Twee documenten van het pakket heten hetzelfde: {', '.join(doubles)}.")
    if problems := list(disagreements(snapshot, documents)):
        raise LetterError(problems)
    return documents


def disagreements(snapshot: Snapshot, documents: Iterable[Document]) -> Iterable[str]:
    """Where two documents tell another number for one figure; Dutch sentences."""
    first: dict[str, tuple[int, str]] = {}
    for document in documents:
        for key, value in document.figures().items():
            told, where = first.setdefault(key, (value, document.title))
            if told != value:
                label = snapshot.letter.figures[key].label if key in snapshot.letter.figures else key
                yield (
                    f"Het cijfer '{label}' is {told} in '{where}', maar {value} in '{document.title}'. "
                    "Het pakket is daarom niet gemaakt. Vraag de beheerder om hulp."
                )


def _store(run: Run, parcel: Parcel, document: Document, order: int, snapshot: Snapshot) -> None:
    """Make it, and keep it as the holder of the job. Raises LeaseLost; then nothing is kept."""
    with pdf.identified(identifier(snapshot.letter, document.name)):
        made = document.make()
    storage = ParcelFile._meta.get_field("file").storage
    path = storage.save(f"parcels/{run.token}/{document.name}", ContentFile(made))
    try:
        with transaction.atomic(), history(by=run.job.by, action="parcel.file-made"):
            run.check()
            _keep(parcel, document, order, path, made)
            if document.name == f"{snapshot.letter.name}.pdf":
                _keep_version(parcel, snapshot, path, made)
    except BaseException:
        storage.delete(path)
        raise


def _keep(parcel: Parcel, document: Document, order: int, path: str, made: bytes) -> None:
    ParcelFile.objects.create(
        parcel=parcel,
        order=order,
        name=document.name,
        kind=document.kind,
        title=document.title,
        edition=document.edition,
        file=path,
        sha256=hashlib.sha256(made).hexdigest(),
        size=len(made),
        pages=_pages(made),
        figures=dict(document.figures()),
    )


def _keep_version(parcel: Parcel, snapshot: Snapshot, path: str, made: bytes) -> None:
    """The letter of the parcel is a version of the letter like any other."""
    LetterVersion.objects.filter(pk=parcel.version_id, file="").update(
        freeze=parcel.freeze,
        content=snapshot.letter.to_json(),
        content_sha256=snapshot.letter.sha256(),
        file=path,
        file_sha256=hashlib.sha256(made).hexdigest(),
        pages=_pages(made),
    )


def _pages(made: bytes) -> int | None:
    if not made.startswith(_PDF):
        return None
    with pikepdf.open(io.BytesIO(made)) as opened:
        return len(opened.pages)


def _finish(run: Run, parcel: Parcel, snapshot: Snapshot, documents: list[Document]) -> None:
    """The manifest and the end of the job at once: who cancels later has nothing left to cancel."""
    names = {document.name for document in documents}
    files = [row for row in parcel.files.order_by("order") if row.name in names]
    with transaction.atomic(), history(by=run.job.by, action="parcel.made"):
        run.check()
        parcel.manifest = manifest_of(snapshot, str(parcel.freeze.sha256 if parcel.freeze else ""), files)
        parcel.save(update_fields=["manifest"])
        pictures.ask(parcel.version, by=run.job.by)
        run.finish()


def manifest_of(snapshot: Snapshot, freeze: str, files: Iterable[ParcelFile]) -> str:
    """What is in the parcel; nothing of when it was made."""
    told = {
        "letter": snapshot.letter.name,
        "title": snapshot.letter.title,
        "reference_date": snapshot.letter.reference_date.isoformat(),
        "content_sha256": snapshot.letter.sha256(),
        "freeze_sha256": freeze,
        "files": [
            {
                "name": row.name,
                "kind": row.kind,
                "title": row.title,
                "edition": str(row.edition),
                "sha256": row.sha256,
                "pages": row.pages,
            }
            for row in files
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
