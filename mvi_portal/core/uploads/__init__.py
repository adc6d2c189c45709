"""What a file must be to be accepted, told by its content; and how a stored one is given back."""

from mvi_portal.core.uploads.answers import answer_file
from mvi_portal.core.uploads.checking import Checked, check, fingerprint, limit_of, limit_told, listed
from mvi_portal.core.uploads.kinds import (
    DOCUMENTS,
    DOCX,
    EML,
    IMAGES,
    JPEG,
    ODS,
    ODT,
    PDF,
    PNG,
    PROOFS,
    XLSX,
    FileKind,
    kind_named,
)
from mvi_portal.core.uploads.names import clean_name
from mvi_portal.core.uploads.pdfs import words_of
from mvi_portal.core.uploads.scanning import Scan, scan

__all__ = [
    "DOCUMENTS",
    "DOCX",
    "EML",
    "IMAGES",
    "JPEG",
    "ODS",
    "ODT",
    "PDF",
    "PNG",
    "PROOFS",
    "XLSX",
    "Checked",
    "FileKind",
    "Scan",
    "answer_file",
    "check",
    "clean_name",
    "fingerprint",
    "kind_named",
    "limit_of",
    "limit_told",
    "listed",
    "scan",
    "words_of",
]
