"""The letters and their files."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.models import Letter, LetterVersion


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """Every letter with the versions that were built of it, the newest first."""
    return render(request, "reports/letter_list.html", {"letters": Letter.objects.with_versions()})


@require_safe
def version_file(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """The PDF of one version, in the browser; a version that is not ready is not found."""
    version = get_object_or_404(LetterVersion.objects.ready(), letter__slug=slug, number=number)
    return FileResponse(
        version.file.open("rb"), filename=f"{slug}-versie-{number}.pdf", content_type="application/pdf"
    )
