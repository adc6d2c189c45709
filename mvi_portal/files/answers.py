"""The answer with the file of a row; the caller has asked whether the reader may have it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from mvi_portal.core.uploads import Scan, answer_file
from mvi_portal.files import services
from mvi_portal.files.models import StoredFile

KEPT_ASIDE, GONE = 409, 410


def answer_stored(request: HttpRequest, row: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """The bytes; or a page that says why they are not given: not scanned yet, or a virus in them.

    Raises Http404 when the row has no file, or the storage has lost it.
    """
    if not row.file:
        raise Http404
    verdict = services.scan_of(row)
    if not verdict.is_open:
        return _kept_aside(request, row, verdict)
    try:
        return answer_file(row.file.open(), name=row.filename, inline=inline)
    except FileNotFoundError as error:
        raise Http404 from error


def _kept_aside(request: HttpRequest, row: StoredFile, verdict: Scan) -> HttpResponse:
    is_gone = verdict is Scan.INFECTED
    context = {"filename": row.filename, "is_gone": is_gone}
    return render(request, "files/kept_aside.html", context, status=GONE if is_gone else KEPT_ASIDE)
