"""A list that is too long to wait for: a worker writes it, and it is found among Mijn bestanden.

The worker asks the list's own view, as who asked for it and with the same address: the same filter, the same
day, and the rights that hold when it is written.
"""

from __future__ import annotations

from tempfile import TemporaryFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve

from mvi_portal.accounts.permissions import reader
from mvi_portal.core import reference
from mvi_portal.core.exports import form_of
from mvi_portal.core.lists import ListPage
from mvi_portal.jobs.leases import Run
from mvi_portal.jobs.services import JobError, enqueue

KIND = "list.export"


def ask(request: HttpRequest, title: str, detail: str) -> HttpResponse:
    """Have it written, at the day of the page."""
    query = request.GET.copy()
    query[reference.PARAMETER] = reference.on_of(request).isoformat()
    payload = {"path": request.path, "query": query.urlencode()}
    job = enqueue(kind=KIND, payload=payload, by=reader(request), title=title, detail=detail)
    messages.info(request, "Dit is een lange lijst. Het portaal maakt het bestand en bewaart het hier.")
    return redirect("jobs:file-detail", job.pk)


def export(run: Run) -> None:
    page = _page(run)
    try:
        total = page.total()
        with TemporaryFile() as file:
            name = page.write_to(file, form_of(page.request), lambda done: _tell(run, done, total))
            file.seek(0)
            run.store_file(name, file)
    except PermissionDenied as error:
        raise JobError("U mag deze lijst niet (meer) zien. Vraag de beheerder om hulp.") from error


def _tell(run: Run, done: int, total: int) -> None:
    run.report(min(done, total), total, "rijen schrijven")


def _page(run: Run) -> ListPage:
    """The list's own view, as it would answer the address."""
    if run.job.by is None:
        raise JobError("Van wie dit vroeg, is geen account meer bekend.")
    request = HttpRequest()
    request.method, request.path = "GET", run.payload["path"]
    request.path_info = request.path
    request.GET = QueryDict(run.payload["query"])
    request.user = run.job.by
    request.reference_date = reference.read(request)  # type: ignore[attr-defined] # as the middleware does
    found = resolve(request.path)
    page: ListPage = found.func.view_class(**found.func.view_initkwargs)  # type: ignore[attr-defined] # as_view
    page.setup(request, *found.args, **found.kwargs)
    return page
