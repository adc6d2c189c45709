"""Sending a workbook, seeing what would become of it, and then taking it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed, reader
from mvi_portal.core.exports import form_of
from mvi_portal.core.menu import lies_under
from mvi_portal.core.workbooks import Form
from mvi_portal.core.workbooks.importing import Importer, importers, templates
from mvi_portal.imports import services, showing
from mvi_portal.imports.forms import AnswersForm, SendForm
from mvi_portal.imports.models import Import
from mvi_portal.jobs.progress import progress_of

SHOWN = 5  # of the files that were sent before


def importer_of(request: HttpRequest, name: str) -> tuple[Importer, User]:
    """Raises Http404 for what nobody reads in, PermissionDenied for who may not."""
    found = importers.get(name)
    if found is None:
        raise Http404
    lies_under(request, reverse(found.back))
    return found, allowed(request, Action(found.action))


def sending_address(name: str) -> str:
    """Where a file for the importer is sent: a page of its own, else the common one."""
    found = importers.get(name)
    return reverse(found.page) if found and found.page else reverse("imports:import-new", args=[name])


def own(request: HttpRequest, pk: int) -> Import:
    sent = get_object_or_404(Import.objects.select_related("job").of(reader(request)), pk=pk)
    if sent.of:
        lies_under(request, reverse(sent.of.back))
    return sent


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest, importer: str) -> HttpResponse:
    found, by = importer_of(request, importer)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(*given, beside=found.beside, by=by)
    if form.is_bound and form.is_valid():
        sent = services.send_parked(importer=importer, **form.cleaned_data, by=by)
        return redirect("imports:import-detail", sent.pk)
    title = f"{found.title} inlezen"
    context = {
        "form": form,
        "title": title,
        "told": found.told,
        "templates": _templates(importer),
        **_earlier(found, Import.objects.of(by).filter(importer=importer)),
        "crumbs": [(found.title, reverse(found.back)), (title, "")],
    }
    return render(request, "imports/import_new.html", context, status=400 if form.errors else 200)


def _earlier(importer: Importer, sent: QuerySet[Import]) -> dict[str, Any]:
    """The last few, how many there are, and where all of them stand: each with the jobs that it took."""
    everything = f"{reverse('jobs:file-list')}?{urlencode({'zoek': services.title_of(importer, '')})}"
    return {"earlier": sent[:SHOWN], "sent": sent.count(), "shown": SHOWN, "all_sent": everything}


def _templates(importer: str) -> list[tuple[str, str]]:
    if templates.get(importer) is None:
        return []
    address = reverse("imports:import-template", args=[importer])
    return [(form.label, f"{address}?formaat={form}") for form in Form]


@require_safe
def import_template(request: HttpRequest, importer: str) -> HttpResponse:
    """The empty workbook."""
    importer_of(request, importer)
    found = templates.get(importer)
    if found is None:
        raise Http404
    form = form_of(request)
    answer = HttpResponse(found.make(form), content_type=form.content_type)
    answer["Content-Disposition"] = f'attachment; filename="sjabloon-{importer}.{form}"'
    return answer


@require_safe
@never_cache
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, own(request, pk))


def _page(
    request: HttpRequest, sent: Import, form: AnswersForm | None = None, status: int = 200
) -> HttpResponse:
    questions = sent.outcome.get("questions", [])
    told = showing.context(sent)
    address = reverse("imports:import-file", args=[sent.pk])
    back = reverse(sent.of.back) if sent.of else reverse("home")
    extra: dict[str, Any] = {
        "questions": form or (AnswersForm(questions) if questions else None),
        "file": showing.commented_file(sent, address) if sent.commented else None,
        "new_url": sending_address(sent.importer),
        "back": back,
        "crumbs": [(told["title"], back), (f"{sent.name} inlezen", "")],
    }
    return render(request, "imports/import_detail.html", {**told, **extra}, status=status)


@require_safe
@never_cache
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that a browser asks again; then the whole page."""
    sent = own(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("imports:import-detail", pk)
    if not sent.is_under_way or sent.job is None:
        return HttpResponseClientRefresh()
    context = {"progress": progress_of(sent.job), "poll": request.path}
    return render(request, "_components/progress.html", context)


@require_POST
def import_answer(request: HttpRequest, pk: int) -> HttpResponse:
    sent = own(request, pk)
    form = AnswersForm(sent.outcome.get("questions", []), request.POST)
    if not form.is_valid():
        return _page(request, sent, form, status=400)
    if not form.answers:
        messages.info(request, "U hebt nog geen keuze gemaakt.")
        return redirect("imports:import-detail", pk)
    return _done(request, pk, lambda by: services.answer(pk=pk, answers=form.answers, by=by))


@require_POST
def import_take(request: HttpRequest, pk: int) -> HttpResponse:
    sent = own(request, pk)
    if sent.of is not None:
        allowed(request, Action(sent.of.action))
    only_good = request.POST.get("rijen") == "goede"
    return _done(request, pk, lambda by: services.take_in(pk=pk, only_good=only_good, by=by))


@require_POST
def import_again(request: HttpRequest, pk: int) -> HttpResponse:
    own(request, pk)
    return _done(request, pk, lambda by: services.try_again(pk=pk, by=by))


@require_POST
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if services.cancel(sent=own(request, pk)):
        messages.success(request, "Het inlezen is afgebroken. Er is niets opgeslagen.")
    else:
        messages.info(request, "Het was al klaar, dus er is niets afgebroken.")
    return redirect("imports:import-detail", pk)


@require_safe
def import_file(request: HttpRequest, pk: int) -> FileResponse:
    """The sender's own workbook, with what is wrong in it."""
    sent = own(request, pk)
    if not sent.commented:
        raise Http404
    return FileResponse(sent.commented.open("rb"), as_attachment=True, filename=f"fouten-{sent.name}")


def _done(request: HttpRequest, pk: int, verb: Callable[[User], Import]) -> HttpResponse:
    """The verb, or on the page why not."""
    try:
        verb(reader(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:import-detail", pk)
