"""Reading a workbook that somebody sends: CSV, XLSX or ODS, whatever its name says."""

from __future__ import annotations

from mvi_portal.core.workbooks import limits
from mvi_portal.core.workbooks.errors import FileRefused, Rule
from mvi_portal.core.workbooks.reading.delimited import read_csv
from mvi_portal.core.workbooks.reading.guarded import read_packed
from mvi_portal.core.workbooks.reading.refusals import refusal
from mvi_portal.core.workbooks.sheets import Book

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
# Names of parts of such a file: of an XLSX with a password, and of Word, PowerPoint and Outlook.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = [name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document", "__nameid_version")]


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
    """All begin alike: what Office saved before 2007, and what Excel saves with a password."""
    if _ENCRYPTED in content:
        return refusal("protected")
    return refusal("other" if any(name in content for name in _OTHERS) else "old")
