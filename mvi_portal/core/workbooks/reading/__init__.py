"""Reading a workbook that somebody sends: CSV, XLSX or ODS, whatever its name says."""

from __future__ import annotations

from mvi_portal.core.workbooks import limits
from mvi_portal.core.workbooks.errors import FileRefused, Rule
from mvi_portal.core.workbooks.reading.delimited import read_csv
from mvi_portal.core.workbooks.reading.guarded import read_packed
from mvi_portal.core.workbooks.reading.refusals import refusal
from mvi_portal.core.workbooks.sheets import Book

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the name of a part of an XLSX with a password


def read(content: bytes) -> Book:
    """The sheets of a file. Raises FileRefused with why it cannot be read."""
    if not content.strip():
        raise FileRefused(Rule.EMPTY, "Dit bestand is leeg. Kijk of u het goede bestand koos.")
    if len(content) > limits.FILE_BYTES:
        most = limits.FILE_BYTES // limits.MB
        raise FileRefused(Rule.SIZE, f"Dit bestand is groter dan {most} MB. Verdeel het over meer bestanden.")
    if content.startswith(OLE):
        raise _old(content)
    if content.startswith(ZIP):
        return read_packed(content)
    if content.startswith((PDF, b"<")):
        raise refusal("other")
    return read_csv(content)


def _old(content: bytes) -> FileRefused:
    """Both begin alike: what Excel saved before 2007, and what it saves with a password."""
    if _ENCRYPTED in content:
        return refusal("protected")
    return refusal("old")
