"""Parking an upload, keeping it beside a row, throwing it away, and scanning what waits."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from mvi_portal.accounts.models import User
from mvi_portal.core.uploads import DOCUMENTS, FileKind, Scan, check, scan
from mvi_portal.files.models import FileScan, StoredFile, Upload

log = logging.getLogger(__name__)

FORM = "formulier"  # the purpose of what waits for a form
FORM_DAYS = 7
VIRUS = "In dit bestand is een virus gevonden. Het is niet bewaard. Waarschuw uw beheerder."
HANDLED = "Dit bestand is al verwerkt of weggegooid."


def park(
    *,
    file: Any,
    by: User,
    purpose: str = FORM,
    kinds: Sequence[FileKind] = DOCUMENTS,
    limit: int | None = None,
    stays: bool = False,
) -> Upload:
    """Keep an upload until its row is there; for a week, or until it is handled when it `stays`.

    Raises ValidationError for a file that is not taken.
    """
    found = check(file, kinds=kinds, limit=limit)
    verdict = _scanned(found.sha256, file)
    now = timezone.now()
    upload = Upload(
        filename=found.name,
        sha256=found.sha256,
        pages=found.pages,
        searchable=found.searchable,
        size=found.size,
        purpose=purpose,
        uploaded_at=now,
        uploaded_by=by,
        expires_at=None if stays else now + timedelta(days=FORM_DAYS),
    )
    upload.file.save(found.name, file, save=False)
    upload.save()
    _remember(upload, verdict)
    return upload


def _scanned(sha256: str, file: Any) -> Scan:
    """Bytes that were seen before need not be scanned again. Raises ValidationError for a virus."""
    known = FileScan.objects.filter(sha256=sha256, state__in=[Scan.CLEAN, Scan.INFECTED]).first()
    verdict = Scan(known.state) if known else scan(file)
    if verdict is Scan.INFECTED:
        raise ValidationError(VIRUS, code="virus")
    return verdict


def attach(
    *,
    file: Any,
    row: StoredFile,
    by: User | None,
    kinds: Sequence[FileKind] = DOCUMENTS,
    limit: int | None = None,
) -> None:
    """Store a file beside a row that the caller saves, at once: for what comes many at a time.

    Raises ValidationError for a file that is not taken.
    """
    found = check(file, kinds=kinds, limit=limit)
    verdict = _scanned(found.sha256, file)
    row.file.save(found.name, file, save=False)
    row.filename, row.sha256, row.pages = found.name, found.sha256, found.pages
    row.uploaded_at, row.uploaded_by = timezone.now(), by
    _remember(row, verdict)


def _remember(upload: StoredFile, verdict: Scan) -> None:
    scanned_at = timezone.now() if verdict is Scan.CLEAN else None
    FileScan.objects.update_or_create(  # of the same bytes elsewhere too: see `_place_of`
        sha256=upload.sha256,
        defaults={"path": upload.path, "state": verdict, "scanned_at": scanned_at},
    )


@transaction.atomic
def keep(*, upload: Upload, row: StoredFile) -> None:
    """Hand the stored bytes to the row, which the caller saves in the same transaction.

    Raises ValidationError when the upload was handled meanwhile, as by a second press.
    """
    if not Upload.objects.select_for_update().filter(pk=upload.pk).exists():
        raise ValidationError(HANDLED, code="handled")
    for name in ("filename", "sha256", "pages", "uploaded_at", "uploaded_by"):
        setattr(row, name, getattr(upload, name))
    row.file.name = upload.path
    Upload.objects.filter(pk=upload.pk).delete()


@transaction.atomic
def drop(*, upload: Upload) -> None:
    """Throw it away; twice is no harm. The bytes go when that is certain."""
    path = upload.path
    if Upload.objects.filter(pk=upload.pk).delete()[0]:
        transaction.on_commit(lambda: default_storage.delete(path))


def expire() -> int:
    """Throw away what waited long enough; returns how many."""
    gone = list(Upload.objects.filter(expires_at__lt=timezone.now()))
    for upload in gone:
        drop(upload=upload)
    return len(gone)


def scans_of(rows: Iterable[StoredFile]) -> dict[str, Scan]:
    """The verdict on the file of each row, by its fingerprint: one query."""
    asked = {row.sha256 for row in rows if row.sha256}
    told = dict(FileScan.objects.filter(sha256__in=asked).values_list("sha256", "state"))
    return {sha256: Scan(told.get(sha256, _unknown())) for sha256 in asked}


def scan_of(row: StoredFile) -> Scan:
    """The verdict on the file of one row."""
    return scans_of([row]).get(row.sha256, _unknown())


def _unknown() -> Scan:
    return Scan.WAITING if settings.UPLOADS_NEED_SCAN else Scan.NONE


def scan_waiting() -> int:
    """Scan what was taken while the scanner was away; returns how many verdicts came. Safe at any time."""
    done = 0
    for key in FileScan.objects.filter(state=Scan.WAITING).order_by("asked_at").values_list("pk", flat=True):
        verdict = _scan_one(key)
        if verdict is Scan.WAITING:
            return done  # the scanner is away: the others would wait as long
        done += 1
    return done


@transaction.atomic
def _scan_one(key: int) -> Scan:
    """One at a time, and never two workers at the same."""
    waiting = FileScan.objects.select_for_update(skip_locked=True).filter(pk=key, state=Scan.WAITING).first()
    if waiting is None:
        return Scan.NONE
    path = _place_of(waiting)
    if not path:
        waiting.delete()
        return Scan.NONE
    with default_storage.open(path) as file:
        verdict = scan(file)
    if verdict is not Scan.WAITING:
        waiting.state, waiting.scanned_at = verdict, timezone.now()
        waiting.save(update_fields=["state", "scanned_at"])
    if verdict is Scan.INFECTED:
        log.warning("a virus was found in a stored file; it is thrown away", extra={"sha256": waiting.sha256})
        transaction.on_commit(lambda: default_storage.delete(path))
    return verdict


def _place_of(waiting: FileScan) -> str:
    """Where the bytes lie: of those that came twice, one copy may be gone. Empty without any."""
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, StoredFile)]
    copies = (row.path for model in models for row in model.objects.filter(sha256=waiting.sha256))
    return next((path for path in (waiting.path, *copies) if path and default_storage.exists(path)), "")
