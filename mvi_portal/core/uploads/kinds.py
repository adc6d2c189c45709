"""Kinds of files, recognised by what is in them and never by their name."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

HEAD = 1024  # a PDF may begin after some other bytes
PACKED = b"PK\x03\x04"
LAST = 22 + 65_535  # where a package's end must begin: its end, and the longest remark after it
HEADERS = 64 * 1024  # so much of a mail is read to find who it is from
HEADER = re.compile(rb"([!-9;-~]+):")
LARGEST_LIST = 4 * 1024**2  # of a package's parts, in bytes
UNREADABLE = (  # what reading a package can raise that is damaged, or packed in some other way
    BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,  # locked, or a way of packing that is not known
    ValueError,
)


@dataclass(frozen=True)
class FileKind:
    """Its name for people, how its names end, and what a browser is told that it is."""

    name: str
    ending: str
    content_type: str

    def __str__(self) -> str:
        return self.name


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
PDF = FileKind("PDF", "pdf", "application/pdf")
DOCX = FileKind("DOCX", "docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = FileKind("XLSX", "xlsx", f"{_OFFICE}.spreadsheetml.sheet")
ODT = FileKind("ODT", "odt", f"{_OPEN}.text")
ODS = FileKind("ODS", "ods", f"{_OPEN}.spreadsheet")
PNG = FileKind("PNG", "png", "image/png")
JPEG = FileKind("JPEG", "jpg", "image/jpeg")
EML = FileKind("EML", "eml", "message/rfc822")
DOCUMENTS = (PDF, ODT, DOCX)
IMAGES = (PNG, JPEG)
PROOFS = (*DOCUMENTS, EML, *IMAGES)  # what an answer or a decision can be seen from
KINDS = (PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, EML)


def kind_named(ending: str) -> FileKind | None:
    """The kind whose names end like this, without the dot."""
    return next((kind for kind in KINDS if kind.ending == ending.lower()), None)


def called_kind(name: str) -> FileKind:
    """By what its name says, which can be wrong."""
    ending = PurePath(name).suffix.lower().lstrip(".") or "bin"
    return FileKind(ending.upper(), ending, "application/octet-stream")


def recognise(file: Any) -> FileKind | None:
    """By its first bytes; what is packed, by what is in it. None for anything else."""
    file.seek(0)
    head = file.read(HEAD)
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(PACKED):
        return _packed_kind(file)
    return EML if HEADER.match(head) and _is_mail(file) else None


def _is_mail(file: Any) -> bool:
    """Nothing but headers up to the first empty line, with who it is from and when it was sent."""
    file.seek(0)
    lines = re.split(rb"\r?\n", file.read(HEADERS))
    if b"" not in lines or any(b"\0" in line for line in lines):
        return False
    headers = [HEADER.match(line) for line in lines[: lines.index(b"")] if line[:1] not in (b" ", b"\t")]
    return all(headers) and {b"from", b"date"} <= {found[1].lower() for found in headers if found}


def _packed_kind(file: Any) -> FileKind | None:
    if not _has_short_list(file):
        return None
    file.seek(0)
    try:
        with ZipFile(file) as packed:
            names = set(packed.namelist())
            if "mimetype" in names:
                return _told(packed)
    except UNREADABLE:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _told(packed: ZipFile) -> FileKind | None:
    """An OpenDocument file says what it is in its first part."""
    with packed.open("mimetype") as part:
        told = part.read(100).decode("ascii", "replace").strip()
    return next((kind for kind in (ODT, ODS) if kind.content_type == told), None)


def _has_short_list(file: Any) -> bool:
    """Before it is read: a list of a million parts would fill the memory."""
    file.seek(max(0, file.size - LAST))
    end = file.read(LAST)
    place = end.rfind(b"PK\x05\x06")
    size = int.from_bytes(end[place + 12 : place + 16], "little")
    return place >= 0 and size <= LARGEST_LIST
