"""Files and papers beside an answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from monitoring import answering, services
from monitoring.attachments import readable
from monitoring.forms import FileForm, PaperChoiceForm
from monitoring.models import EntryFile, EntryPaper, ProgressEntry
from monitoring.views.prepared import draft_here, place
from monitoring.views.progress import entry_of, found_here, locked_here, writer_here
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import reader
from mvi_portal.files.answers import answer_stored


@require_POST
@transaction.atomic
def entry_attach(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """A file, or a paper of the register; what is typed in the answer saved itself already."""
    user, item = writer_here(request, slug, organisation, line)
    return _attach(request, entry_of(locked_here(item, user)), user, item.href)


@require_POST
@transaction.atomic
def prepared_attach(request: HttpRequest, organisation: str, frame: str, line: str) -> HttpResponse:
    """The same, outside a round."""
    user, entry = draft_here(request, organisation, frame, line)
    return _attach(request, entry, user, place(organisation, frame, line))


def _attach(request: HttpRequest, entry: ProgressEntry, user: User, href: str) -> HttpResponse:
    form: Any
    if "stuk" in request.POST:
        form = PaperChoiceForm(request.POST)
        told = _added(
            form, lambda: services.attach_paper(entry=entry, paper=form.cleaned_data["paper"], by=user)
        )
    else:
        form = FileForm(request.POST, request.FILES, by=user)
        told = _added(
            form, lambda: services.attach_file(entry=entry, upload=form.cleaned_data["file"], by=user)
        )
    if told:
        messages.error(request, told)
    else:
        messages.success(request, "Toegevoegd aan uw antwoord.")
    return redirect(f"{href}#bijlagen")


@require_safe
def entry_file(request: HttpRequest, slug: str, organisation: str, line: str, pk: int) -> HttpResponseBase:
    """Who may read the answer, may have what goes with it."""
    user, today = reader(request), timezone.localdate()
    item = found_here(user, today, slug, organisation, line)
    own = answering.is_own(item, user, today)
    row = get_object_or_404(readable(EntryFile.objects.all(), item, own=own), pk=pk)
    return answer_stored(request, row)


@require_safe
def prepared_file(
    request: HttpRequest, organisation: str, frame: str, line: str, pk: int
) -> HttpResponseBase:
    """For who acts for the organisation."""
    _user, entry = draft_here(request, organisation, frame, line, lock=False)
    return answer_stored(request, get_object_or_404(EntryFile.objects.filter(entry_id=entry.pk), pk=pk))


@require_POST
@transaction.atomic
def entry_detach(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """What was attached by mistake."""
    user, item = writer_here(request, slug, organisation, line)
    return _detach(request, entry_of(locked_here(item, user)), user, item.href)


@require_POST
@transaction.atomic
def prepared_detach(request: HttpRequest, organisation: str, frame: str, line: str) -> HttpResponse:
    """The same, outside a round."""
    user, entry = draft_here(request, organisation, frame, line)
    return _detach(request, entry, user, place(organisation, frame, line))


def _detach(request: HttpRequest, entry: ProgressEntry, user: User, href: str) -> HttpResponse:
    row: EntryFile | EntryPaper
    if "stuk" in request.POST:
        row = get_object_or_404(EntryPaper, entry_id=entry.pk, paper__slug=request.POST["stuk"])
    else:
        rows = EntryFile.objects.filter(entry_id=entry.pk)
        row = get_object_or_404(rows, pk=_number(request.POST.get("bestand", "")))
    try:
        services.detach(row=row, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Weggehaald bij uw antwoord.")
    return redirect(f"{href}#bijlagen")


def _added(form: Any, add: Any) -> str:
    """What keeps it from being added; empty when it was."""
    if not form.is_valid():
        return " ".join(line for lines in form.errors.values() for line in lines)
    try:
        add()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
