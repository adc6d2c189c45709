"""Writing progress in a round, and deciding about it. These pages are always today's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from monitoring import answering, asked, services
from monitoring.asked import Asked
from monitoring.cited import on_page
from monitoring.forms import EntryForm, RemarkForm
from monitoring.models import ProgressEntry, ProgressRequest
from monitoring.views.lists import crumbs
from monitoring.views.rounds import ROUNDS
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader

SUBMIT = "dien-in"


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def entry_detail(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """One answer, with the form for who may write it."""
    user, today = reader(request), timezone.localdate()
    item = _asked(user, today, slug, organisation, line)
    may_write = ProgressRequest.objects.editable_by(user, on=today).filter(pk=item.request.pk).exists()
    if request.method != "POST":
        form = _form(item) if may_write and item.is_to_write else None
        return _page(request, item, form=form, may_write=may_write)
    if not may_write:
        raise PermissionDenied
    return _write(request, item, user)


@require_POST
def entry_take_back(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """The organisation goes on writing."""
    user, today = reader(request), timezone.localdate()
    item = _asked(user, today, slug, organisation, line)
    if not ProgressRequest.objects.editable_by(user, on=today).filter(pk=item.request.pk).exists():
        raise PermissionDenied
    return _step(request, item, "U kunt de tekst weer wijzigen.", services.take_back_entry, by=user)


@require_POST
def entry_decide(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """The secretariat accepts, or asks again with a remark."""
    user, today = reader(request), timezone.localdate()
    item = _asked(user, today, slug, organisation, line)
    if not may(user, Action.ASK_PROGRESS):
        raise PermissionDenied
    again = request.POST.get("actie") != "aanvaard"
    form = RemarkForm(request.POST, needed=again)
    if not form.is_valid():
        return _page(request, item, remark_form=form, status=400)
    verb = services.return_entry if again else services.accept_entry
    told = "Teruggegeven aan de organisatie, met uw opmerking." if again else "De tekst is aanvaard."
    return _step(request, item, told, verb, remark=form.cleaned_data["remark"], by=user)


def _asked(user: User, today: date, slug: str, organisation: str, line: str) -> Asked:
    """What is asked here; 404 for who may not see it, and for a line that the round does not ask about."""
    visible = ProgressRequest.objects.visible_to(user, on=today)
    found = visible.filter(round__slug=slug, organisation__key=organisation)
    for item in asked.asked_of(found, today):
        if item.line.code == line:
            return item
    raise Http404


def _form(item: Asked, data: Any = None, *, submit: bool = False) -> EntryForm:
    entry = item.entry or ProgressEntry(
        round=item.round, organisation=item.request.organisation, line=item.line
    )
    return EntryForm(data, instance=entry, submit=submit)


def _write(request: HttpRequest, item: Asked, user: User) -> HttpResponse:
    """Locked on the request, so that two first texts are not written at once."""
    ProgressRequest.objects.select_for_update(of=("self",)).get(pk=item.request.pk)
    item = _asked(user, timezone.localdate(), *item.place)
    submit = request.POST.get("actie") == SUBMIT
    form = _form(item, request.POST, submit=submit)
    if form.is_valid():
        verb = services.submit_entry if submit else services.save_entry
        try:
            verb(entry=form.instance, by=user)
        except services.NotPossible as error:
            form.add_error(None, str(error))
        else:
            told = "Ingediend. Het secretariaat kijkt ernaar." if submit else "Bewaard als concept."
            messages.success(request, told)
            return redirect(item.href)
    return _page(request, item, form=form, may_write=True, status=400)


def _step(request: HttpRequest, item: Asked, told: str, verb: Any, **given: Any) -> HttpResponse:
    """Take the step and tell so; or tell why not."""
    if item.entry is None:
        raise Http404
    try:
        verb(entry=item.entry, **given)
    except services.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect(item.href)


def _page(
    request: HttpRequest,
    item: Asked,
    *,
    form: EntryForm | None = None,
    may_write: bool = False,
    remark_form: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, today = reader(request), timezone.localdate()
    decides = may(user, Action.ASK_PROGRESS) and item.round.is_open(today)
    waits = item.entry is not None and not item.is_to_write and item.entry.accepted_at is None
    before = answering.before(item, user, today)
    context = {
        "asked": item,
        "title": f"{item.called}: {item.line}",
        "facts": answering.facts(item, today),
        "is_late": item.is_late(today),
        "form": form,
        "text": answering.text(item, user, today),
        "take_back": may_write and waits and form is None,
        "remark_form": (remark_form or RemarkForm()) if decides and waits else None,
        "before": before,
        "before_text": on_page(before.text) if before else "",
        "earlier": answering.earlier(item, user, today),
        "changes": answering.changes(item),
        "crumbs": crumbs(
            request, ROUNDS, (item.round.title, item.round_href), (f"{item.called}, {item.line.code}", "")
        ),
    }
    return render(request, "monitoring/entry_detail.html", context, status=status)
