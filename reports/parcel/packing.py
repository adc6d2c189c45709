"""A parcel as one file: a zip with fixed times, so that the same files give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import IO

from reports.models import Parcel, ParcelFile

MANIFEST = "manifest.json"
_TIME = (2025, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16


def pack(out: IO[bytes], parcel: Parcel, files: Iterable[ParcelFile]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in files:
            with row.file.open("rb") as stored:
                _add(archive, row.name, stored.read())
        _add(archive, MANIFEST, parcel.manifest.encode())


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.external_attr = _MODE
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
