"""Giving a stored file back: as what it is, under its own name, and as nothing that could run."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse

from mvi_portal.core.uploads.kinds import IMAGES, PDF, FileKind, kind_named

UNKNOWN = "application/octet-stream"
SHUT = "sandbox; default-src 'none'"
VIEWED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; "
    "frame-ancestors 'self'"
)


def answer_file(file: Any, *, name: str, inline: bool = False) -> FileResponse:
    """The answer with the bytes of an open file; the caller has asked whether the reader may have them.

    A download, unless `inline` asks for a PDF or a picture to be shown, in a frame of our own pages as well.
    """
    kind = kind_named(name.rpartition(".")[2])
    shown = inline and kind in (PDF, *IMAGES)
    answer = FileResponse(file, as_attachment=not shown, filename=name, content_type=_type(kind))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = VIEWED if shown else SHUT
    if shown:
        answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _type(kind: FileKind | None) -> str:
    return kind.content_type if kind else UNKNOWN
