"""Files that are a package of parts (DOCX, XLSX, ODT, ODS): what they may not hold, and how long they are."""

from __future__ import annotations

import re
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.core.exceptions import ValidationError

from mvi_portal.core.uploads.kinds import ODS, ODT, UNREADABLE, FileKind

MOST_PARTS = 10_000
MOST_BYTES = 1024**3  # unpacked
PLENTY = 50 * 1024**2  # below this nobody minds how well it was packed
RATIO = 150  # a text packs to a twentieth; a bomb to a thousandth
TOLD = 256 * 1024  # so much of a part is read to find the number of pages

LOCKED = "Het bestand is met een wachtwoord beveiligd. Haal de beveiliging eraf en probeer het opnieuw."
DAMAGED = "Het bestand is beschadigd en kan niet worden gelezen. Bewaar het opnieuw en probeer het nog eens."
BOMB = (
    "Het bestand pakt uit tot veel meer dan een document bevat. Bewaar het opnieuw, of maak er een PDF van."
)
MACROS = "In het bestand zitten macro's. Bewaar het zonder macro's, of maak er een PDF van."
MACRO_PART = re.compile(
    r"(^|/)vbaproject\.bin$|^scripts/.|^basic/[^/]+/(?!script-lb\.xml$)[^/]+$", re.IGNORECASE
)


def check_packed(file: Any, kind: FileKind) -> int | None:
    """The number of pages that the document tells of itself, or None. Raises ValidationError."""
    file.seek(0)
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
            _refuse_bombs(parts, file.size)
            _refuse_macros(packed, parts)
            _refuse_locks(packed, parts, kind)
            return _pages(packed)
    except UNREADABLE as error:
        raise ValidationError(DAMAGED, code="damaged") from error


def _refuse_bombs(parts: list[ZipInfo], size: int) -> None:
    """By what the parts say of themselves; reading stops at what they said. Parts may not overlap either."""
    unpacked = sum(part.file_size for part in parts)
    overlaps = sum(part.compress_size for part in parts) > size
    swells = unpacked > PLENTY and unpacked > RATIO * size
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES or swells or overlaps:
        raise ValidationError(BOMB, code="bomb")


def _refuse_macros(packed: ZipFile, parts: list[ZipInfo]) -> None:
    named = any(MACRO_PART.search(part.filename) for part in parts if not part.is_dir())
    if named or b"macroEnabled" in _part(packed, "[Content_Types].xml"):
        raise ValidationError(MACROS, code="macros")


def _refuse_locks(packed: ZipFile, parts: list[ZipInfo], kind: FileKind) -> None:
    manifest = _part(packed, "META-INF/manifest.xml") if kind in (ODT, ODS) else b""
    if any(part.flag_bits & 1 for part in parts) or b"encryption-data" in manifest:
        raise ValidationError(LOCKED, code="locked")


def _pages(packed: ZipFile) -> int | None:
    told = _part(packed, "docProps/app.xml") or _part(packed, "meta.xml")
    found = re.search(rb"<Pages>(\d{1,5})</Pages>|meta:page-count=\"(\d{1,5})\"", told)
    return int(found[1] or found[2]) or None if found else None


def _part(packed: ZipFile, name: str) -> bytes:
    """The beginning of a part; empty when it is not there."""
    if name not in packed.namelist():
        return b""
    with packed.open(name) as part:
        return part.read(TOLD)
