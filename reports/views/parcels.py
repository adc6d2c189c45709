"""The parcel of a version: asking for it, how far it is, its files, one by one or all in one."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.core.uploads import answer_file
from mvi_portal.jobs.progress import progress_of
from reports import packed, rooms, services
from reports.errors import LetterError
from reports.models import Letter, Parcel, ParcelFile
from reports.parcel.packing import pack
from reports.views.rights import composed


@require_safe
def letter_parcels(request: HttpRequest, slug: str) -> HttpResponse:
    """All parcels of the letter, and the button for a new one."""
    user = reader(request)
    letter = get_object_or_404(Letter.objects.visible_to(user), slug=slug)
    parcels = Parcel.objects.visible_to(user).filter(version__letter=letter).for_pages()
    context = {
        "letter": letter,
        "tabs": rooms.letter_tabs(request, letter),
        "table": packed.parcels_table(letter, parcels.order_by("-version__number"), request),
        "may_edit": Letter.objects.editable_by(user).filter(pk=letter.pk).exists(),
        "freeze": letter.freezes.for_pages().first(),
        "crumbs": rooms.crumbs(request, letter, "Pakket"),
    }
    return render(request, "reports/letter_parcels.html", context)


@require_POST
def parcel_build(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for a parcel; one that is under way is as good."""
    letter = composed(reader(request), slug)
    try:
        parcel = services.parcel_once(letter=letter, by=reader(request))
    except LetterError as error:
        messages.error(request, str(error))
        return redirect("reports:letter-parcels", slug)
    messages.success(request, "Het pakket wordt gemaakt. U kunt hier volgen hoever het is.")
    return redirect("reports:parcel-detail", slug, parcel.version.number)


@require_POST
def parcel_cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    composed(reader(request), slug)
    try:
        services.cancel_parcel(parcel=_parcel(request, slug, number))
        messages.success(request, "Het maken van het pakket is afgebroken.")
    except LetterError as error:
        messages.error(request, str(error))
    return redirect("reports:parcel-detail", slug, number)


@require_safe
@never_cache
def parcel_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    user, parcel = reader(request), _parcel(request, slug, number)
    letter, job = parcel.version.letter, parcel.version.job
    context = {
        "letter": letter,
        "parcel": parcel,
        "state": packed.state_cell(parcel),
        "progress": progress_of(job) if job else None,
        "problems": packed.problems_of(parcel),
        "facts": packed.facts_of(parcel, request),
        "table": packed.files_table(parcel, _files(user, parcel)),
        "may_edit": Letter.objects.editable_by(user).filter(pk=letter.pk).exists(),
        "crumbs": rooms.parcel_crumbs(request, letter, f"Pakket bij versie {number}"),
    }
    return render(request, "reports/parcel_detail.html", context)


@require_safe
@never_cache
def parcel_progress(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The part of the page that a browser asks again while it is made; then the whole page."""
    parcel = _parcel(request, slug, number)
    if not request.headers.get("HX-Request"):
        return redirect("reports:parcel-detail", slug, number)
    if not parcel.is_under_way or parcel.version.job is None:
        return HttpResponseClientRefresh()
    context = {"progress": progress_of(parcel.version.job), "poll": request.path}
    return render(request, "_components/progress.html", context)


@require_safe
def parcel_file(request: HttpRequest, slug: str, number: int, name: str) -> FileResponse:
    """One file; of a parcel that is not ready yet, what is there."""
    row = get_object_or_404(_files(reader(request), _parcel(request, slug, number)), name=name)
    return answer_file(row.file.open("rb"), name=row.name)


@require_safe
def parcel_zip(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """All that the reader may have, in one file; one that is not ready is not found."""
    parcel = _parcel(request, slug, number)
    if not parcel.is_ready:
        raise Http404
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it, once it is sent
    pack(file, parcel, _files(reader(request), parcel))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{slug}-versie-{number}.zip")


def _parcel(request: HttpRequest, slug: str, number: int) -> Parcel:
    rows = Parcel.objects.visible_to(reader(request)).for_pages()
    return get_object_or_404(rows, version__letter__slug=slug, version__number=number)


def _files(user: User, parcel: Parcel) -> QuerySet[ParcelFile]:
    return ParcelFile.objects.visible_to(user).filter(parcel=parcel).order_by("order")
