"""Looking at an upload before it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from mvi_portal.core.uploads.kinds import DOCUMENTS, EML, IMAGES, PDF, FileKind, called_kind, recognise
from mvi_portal.core.uploads.names import clean_name
from mvi_portal.core.uploads.packed import DAMAGED, LOCKED, check_packed
from mvi_portal.core.uploads.pdfs import check_pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word and Excel of before 2007, and what Office locked
LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
MOST_PIXELS = 80_000_000
EMPTY = "Het bestand is leeg. Kijk of u het goede bestand koos."
OLD = "Dit is een bestand van een oude versie van Office. Bewaar het als {} en probeer het opnieuw."


@dataclass(frozen=True)
class Checked:
    """What was found: the name to keep, the kind, size in bytes and SHA-256; pages and text where known."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    pages: int | None = None
    searchable: bool | None = None


def limit_of() -> int:
    """The largest file that is taken, in bytes."""
    return int(settings.UPLOAD_MAX_MB) * 1024**2


def limit_told(limit: int) -> str:
    """Like "50 MB"."""
    whole, rest = divmod(limit, 1024**2)
    return filesizeformat(limit) if rest else f"{whole} MB"


def check(
    file: Any, *, name: str = "", kinds: Sequence[FileKind] = DOCUMENTS, limit: int | None = None
) -> Checked:
    """What the file is. `file` is an upload or an open Django file; `limit` is in bytes.

    Without any `kinds` what it holds is left to who reads it later. Raises ValidationError, in Dutch, for a
    file that is not taken: what is wrong and what to do.
    """
    _check_size(file.size, limit or limit_of())
    if not kinds:
        called = name or file.name or ""
        told = called_kind(called)
        return Checked(clean_name(called, told), told, file.size, fingerprint(file))
    kind = recognise(file)
    if kind is None or kind not in kinds:
        raise ValidationError(_other(file, kinds), code="kind")
    pages, searchable = _look(file, kind)
    file.seek(0)
    return Checked(
        clean_name(name or file.name or "", kind), kind, file.size, fingerprint(file), pages, searchable
    )


def fingerprint(file: Any) -> str:
    """SHA-256, in hexadecimals."""
    found = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def _check_size(size: int, limit: int) -> None:
    if not size:
        raise ValidationError(EMPTY, code="empty")
    if size > limit:
        told = f"Het bestand is {filesizeformat(size)}; het mag niet groter zijn dan {limit_told(limit)}. "
        raise ValidationError(f"{told}Maak het kleiner, of lever het in delen aan.", code="size")


def _look(file: Any, kind: FileKind) -> tuple[int | None, bool | None]:
    if kind is PDF:
        return check_pdf(file)
    if kind in IMAGES:
        _check_image(file)
        return None, None
    return None if kind is EML else check_packed(file, kind), None


def _check_image(file: Any) -> None:
    """Only its head is read: a picture that is far too large is refused before it is unpacked."""
    from PIL import Image  # slow to load, and few uploads are pictures

    file.seek(0)
    try:
        with Image.open(file, formats=["PNG", "JPEG"]) as picture:
            pixels = picture.width * picture.height
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(DAMAGED, code="damaged") from error
    if pixels > MOST_PIXELS:
        raise ValidationError("De afbeelding heeft te veel pixels. Maak haar kleiner.", code="bomb")


def _other(file: Any, kinds: Sequence[FileKind]) -> str:
    """Why this is no file of these kinds."""
    file.seek(0)
    content = file.read(len(OLE))
    asked = listed(kinds)
    if content != OLE:
        return f"Dit is geen bestand dat we kunnen aannemen. Kies een bestand van de soort {asked}."
    return LOCKED if _holds(file, LOCKED_PART) else OLD.format(asked)


def _holds(file: Any, part: bytes) -> bool:
    """Also where it begins in one chunk and ends in the next."""
    file.seek(0)
    end = b""
    for chunk in file.chunks():
        if part in end + chunk:
            return True
        end = chunk[-len(part) :]
    return False


def listed(kinds: Sequence[FileKind]) -> str:
    """Like "PDF, ODT of DOCX"."""
    names = [kind.name for kind in kinds]
    return " of ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
