"""Mijn bestanden: what somebody asked for, how far it is, and when its file disappears."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mvi_portal.accounts.permissions import reader
from mvi_portal.core.dates import long_date, long_moment
from mvi_portal.core.files import File, kind_of, size_of
from mvi_portal.core.lists import ListPage
from mvi_portal.core.tables import Cell, Column, Row
from mvi_portal.jobs import services
from mvi_portal.jobs.filters import JobFilter
from mvi_portal.jobs.models import Job, State
from mvi_portal.jobs.progress import progress_of

TITLE = "Mijn bestanden"
TONES = {State.QUEUED: "info", State.RUNNING: "info", State.DONE: "good", State.FAILED: "bad"}


class FileList(ListPage):
    noun = TITLE
    template = "jobs/file_list.html"
    columns = (
        Column("title", "Wat", sort="wat"),
        Column("detail", "Waarover"),
        Column("state", "Stand", sort="stand"),
        Column("asked", "Gevraagd op", sort="gevraagd"),
        Column("expires", "Verdwijnt op", sort="verdwijnt"),
    )
    sorts = {"wat": "title", "stand": "state", "gevraagd": "created_at", "verdwijnt": "expires_at"}
    default_sort = "-gevraagd"
    empty = "U hebt nog niets gevraagd. Wat het portaal voor u maakt of inleest, staat hier twee weken."
    dated = False

    def rows(self) -> QuerySet[Job]:
        """What was asked for as such; the portal's own work has no title."""
        return Job.objects.of(reader(self.request)).exclude(title="")

    def narrowed(self, rows: QuerySet[Job]) -> JobFilter:
        return JobFilter(self.request.GET, rows)

    def row(self, item: Any) -> Row:
        return Row(
            [
                Cell(item.label, reverse("jobs:file-detail", args=[item.pk])),
                Cell(item.detail),
                Cell("", tag=item.get_state_display(), tone=TONES.get(item.state, "neutral")),
                Cell(long_moment(item.created_at)),
                Cell(_day(item.expires_at)),
            ]
        )


def own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.of(reader(request)), pk=pk)


@require_safe
@never_cache
def file_detail(request: HttpRequest, pk: int) -> HttpResponse:
    job = own(request, pk)
    context = {
        "job": job,
        "tone": TONES.get(State(job.state), "neutral"),
        "progress": progress_of(job) if job.is_open else None,
        "file": _file(job),
        "facts": _facts(job),
        "crumbs": [(TITLE, reverse("jobs:file-list")), (job.label, "")],
    }
    return render(request, "jobs/file_detail.html", context)


@require_safe
@never_cache
def file_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that a browser asks again; then the whole page."""
    job = own(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("jobs:file-detail", pk)
    if not job.is_open:
        return HttpResponseClientRefresh()
    context = {"progress": progress_of(job), "poll": request.path}
    return render(request, "_components/progress.html", context)


@require_safe
def file_download(request: HttpRequest, pk: int) -> FileResponse:
    """Only for who asked, while it is kept."""
    job = own(request, pk)
    if job.state != State.DONE or not job.result:
        raise Http404
    return FileResponse(job.result.open("rb"), as_attachment=True, filename=job.file_name)


@require_POST
def file_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if services.cancel(job=own(request, pk)):
        messages.success(request, "De opdracht is afgebroken.")
    else:
        messages.info(request, "De opdracht was al klaar, dus er is niets afgebroken.")
    return redirect("jobs:file-detail", pk)


def _file(job: Job) -> File | None:
    if job.state != State.DONE or not job.result:
        return None
    address = reverse("jobs:file-download", args=[job.pk])
    return File(job.file_name, address, kind_of(job.file_name), size_of(job.result))


def _day(at: datetime | None) -> str:
    return long_date(timezone.localdate(at)) if at else ""


def _facts(job: Job) -> list[tuple[str, str]]:
    told = [
        ("Waarover", job.detail),
        ("Gevraagd op", long_moment(job.created_at)),
        ("Klaar op", long_moment(job.finished_at) if job.finished_at else ""),
        ("Bestand verdwijnt op", _day(job.expires_at)),
    ]
    return [(label, text) for label, text in told if text]
