"""One version of a letter: asking for it, how far it is, its facts and its file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mvi_portal.accounts.permissions import reader
from reports import progress, rooms, services, summary
from reports.errors import LetterError
from reports.models import Letter
from reports.views.rights import composed, versions_of


@require_POST
def version_build(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for a version; one that is under way is as good."""
    letter = composed(reader(request), slug)
    try:
        version = services.build_once(letter=letter, by=reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-detail", slug)
    messages.success(request, f"Versie {version.number} wordt gebouwd. U kunt hier volgen hoever het is.")
    return redirect("reports:version-detail", slug, version.number)


@require_POST
def version_cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    composed(reader(request), slug)
    version = get_object_or_404(versions_of(reader(request), slug), number=number)
    try:
        services.cancel_build(version=version)
        messages.success(request, f"Het bouwen van versie {number} is afgebroken.")
    except LetterError as error:
        messages.error(request, str(error))
    return redirect("reports:version-detail", slug, number)


@require_safe
@never_cache
def version_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    user = reader(request)
    version = get_object_or_404(versions_of(user, slug), number=number)
    may_edit = Letter.objects.editable_by(user).filter(pk=version.letter_id).exists()
    context = {
        "letter": version.letter,
        "version": version,
        "tabs": rooms.version_tabs(request, version),
        "file": summary.file_of(version),
        "state": summary.state_cell(version),
        "progress": progress.progress_of(version),
        "problems": progress.problems_of(version, request, may_edit=may_edit),
        "facts": summary.version_facts(version),
        "may_edit": may_edit,
        "crumbs": rooms.crumbs(request, version.letter, f"Versie {number}"),
    }
    return render(request, "reports/version_detail.html", context)


@require_safe
@never_cache
def version_progress(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The part of the page that a browser asks again while the build goes on; then the whole page."""
    version = get_object_or_404(versions_of(reader(request), slug), number=number)
    if not request.headers.get("HX-Request"):
        return redirect("reports:version-detail", slug, number)
    if not version.is_under_way:
        return HttpResponseClientRefresh()
    context = {"letter": version.letter, "version": version, "progress": progress.progress_of(version)}
    return render(request, "reports/_progress.html", context)


@require_safe
def version_file(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """The PDF of one version, in the browser; a version that is not ready is not found."""
    version = get_object_or_404(versions_of(reader(request), slug).ready(), number=number)
    return FileResponse(
        version.file.open("rb"), filename=f"{slug}-versie-{number}.pdf", content_type="application/pdf"
    )
