"""Writing progress in a round, and deciding about it. These pages are always today's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring import answering, asked, board, services
from monitoring.answering import EMPTY
from monitoring.asked import Asked
from monitoring.attachments import attached, names_of
from monitoring.cited import Values, on_page
from monitoring.forms import EntryForm, RemarkForm
from monitoring.models import EntryState, ProgressEntry, ProgressRequest
from monitoring.views.lists import crumbs
from monitoring.views.rounds import ROUNDS
from monitoring.views.writing import writing_context
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core.autosave import saved

SUBMIT = "dien-in"


@require_safe
def request_detail(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    """All that a round asks of one organisation, on one page."""
    user, today = reader(request), timezone.localdate()
    visible = ProgressRequest.objects.visible_to(user, on=today)
    items = asked.asked_of(visible.filter(round__slug=slug, organisation__key=organisation), today)
    if not items:
        raise Http404
    first, values = items[0], Values(today)
    own = answering.is_own(first, user, today)
    returned = EMPTY if own else answering.handed_in(items)
    context = {
        "round": first.round,
        "called": first.called,
        "may_write": _may_write(user, first, today),
        "is_late": any(item.is_late(today) for item in items),
        "summary": board.summary(items),
        "items": [(item, answering.text(item, values, own=own, returned=returned)) for item in items],
        "own": own,
        "crumbs": crumbs(request, ROUNDS, (first.round.title, first.round_href), (first.called, "")),
    }
    return render(request, "monitoring/request_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def entry_detail(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """One answer, with the form for who may write it."""
    user, today = reader(request), timezone.localdate()
    item = found_here(user, today, slug, organisation, line)
    may_write = _may_write(user, item, today)
    if request.method != "POST":
        form = _form(item) if may_write and item.is_to_write else None
        return _page(request, item, form=form, may_write=may_write)
    if not may_write:
        raise PermissionDenied
    return _write(request, item, user)


@require_POST
@transaction.atomic
def entry_draft(request: HttpRequest, slug: str, organisation: str, line: str) -> JsonResponse:
    """Kept while somebody types."""
    user, item = writer_here(request, slug, organisation, line)
    item = locked_here(item, user)
    form = _form(item, request.POST)

    def keep(_given: dict[str, Any]) -> None:
        try:
            services.save_entry(entry=form.instance, by=user)
        except services.NotPossible as error:
            raise ValidationError(str(error)) from error

    return saved(form, keep, lambda: _form(found_here(user, timezone.localdate(), *item.place)))


@require_POST
@transaction.atomic
def entry_nothing_new(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """One click is a full answer; then back to where the next line is."""
    user, item = writer_here(request, slug, organisation, line)
    item = locked_here(item, user)
    told = f"{item.line}: ingediend dat er niets nieuws is."
    if _tried(request, told, services.report_nothing_new, entry=entry_of(item), by=user):
        return redirect(item.organisation_href)
    return redirect(item.href)


@require_POST
@transaction.atomic
def entry_use_prepared(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """What was written outside a round becomes the answer's draft."""
    user, item = writer_here(request, slug, organisation, line)
    item = locked_here(item, user)
    if item.prepared is None:
        messages.error(request, services.NOT_PREPARED)
        return redirect(item.href)
    given = {"entry": item.prepared, "progress_round": item.round, "line": item.line, "by": user}
    _tried(request, "Uw voorbereide tekst staat in het antwoord.", services.use_prepared, **given)
    return redirect(item.href)


@require_POST
def entry_take_back(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """The organisation goes on writing."""
    user, item = writer_here(request, slug, organisation, line)
    return _step(request, item, "U kunt de tekst weer wijzigen.", services.take_back_entry, by=user)


@require_POST
def entry_decide(request: HttpRequest, slug: str, organisation: str, line: str) -> HttpResponse:
    """The secretariat accepts, or asks again with a remark."""
    user, today = reader(request), timezone.localdate()
    item = found_here(user, today, slug, organisation, line)
    if not may(user, Action.ASK_PROGRESS):
        raise PermissionDenied
    again = request.POST.get("actie") != "aanvaard"
    form = RemarkForm(request.POST, needed=again)
    if not form.is_valid():
        return _page(request, item, remark_form=form, status=400)
    verb = services.return_entry if again else services.accept_entry
    told = "Teruggegeven aan de organisatie, met uw opmerking." if again else "De tekst is aanvaard."
    given = {"remark": form.cleaned_data["remark"], "seen": form.cleaned_data["edition"]}
    try:
        answer = _step(request, item, told, verb, **given, by=user)
    except services.OtherText as error:
        return _other_text(request, item, str(error))
    if again:
        _tell_returned(request, item, user)
    return answer


def _other_text(request: HttpRequest, item: Asked, told: str) -> HttpResponse:
    """What was typed stays, beside the text that is there now."""
    found = found_here(reader(request), timezone.localdate(), *item.place)
    seen = services.edition_of_entry(found.entry) if found.entry else ""
    form = RemarkForm({"remark": request.POST.get("remark", ""), "edition": seen})
    form.add_error(None, told)
    return _page(request, found, remark_form=form, status=400)


def found_here(user: User, today: date, slug: str, organisation: str, line: str) -> Asked:
    """What is asked here; 404 for who may not see it, and for a line that the round does not ask about."""
    visible = ProgressRequest.objects.visible_to(user, on=today)
    found = visible.filter(round__slug=slug, organisation__key=organisation)
    for item in asked.asked_of(found, today, steps=True):
        if item.line.code == line:
            return item
    raise Http404


def _may_write(user: User, item: Asked, today: date) -> bool:
    return ProgressRequest.objects.editable_by(user, on=today).filter(pk=item.request.pk).exists()


def writer_here(request: HttpRequest, slug: str, organisation: str, line: str) -> tuple[User, Asked]:
    """Who acts for the organisation, in a round that is open. Raises PermissionDenied for anybody else."""
    user, today = reader(request), timezone.localdate()
    item = found_here(user, today, slug, organisation, line)
    if not _may_write(user, item, today):
        raise PermissionDenied
    return user, item


def locked_here(item: Asked, user: User) -> Asked:
    """Locked on the request, so that two first texts are not written at once; and read anew."""
    ProgressRequest.objects.select_for_update(of=("self",)).filter(pk=item.request.pk).first()
    return found_here(user, timezone.localdate(), *item.place)


def entry_of(item: Asked) -> ProgressEntry:
    return item.entry or ProgressEntry(
        round=item.round, organisation=item.request.organisation, line=item.line
    )


def _form(item: Asked, data: Any = None, *, submit: bool = False) -> EntryForm:
    return EntryForm(data, instance=entry_of(item), submit=submit)


def _write(request: HttpRequest, item: Asked, user: User) -> HttpResponse:
    item = locked_here(item, user)
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
            return redirect(item.organisation_href if submit else item.href)
    return _page(request, item, form=form, may_write=True, status=400)


def _step(request: HttpRequest, item: Asked, told: str, verb: Any, **given: Any) -> HttpResponse:
    if item.entry is None:
        raise Http404
    _tried(request, told, verb, entry=item.entry, **given)
    return redirect(item.href)


def _tell_returned(request: HttpRequest, item: Asked, by: User) -> None:
    """By mail, when it was really handed back."""
    found = found_here(by, timezone.localdate(), *item.place)
    if (entry := found.entry) is not None and entry.state == EntryState.RETURNED:
        services.tell_returned(entry=entry, root=request.build_absolute_uri("/"), by=by)


def _tried(request: HttpRequest, told: str, verb: Any, **given: Any) -> bool:
    """Take the step and tell so; or tell why not."""
    try:
        verb(**given)
    except services.OtherText:
        raise
    except services.NotPossible as error:
        messages.error(request, str(error))
        return False
    messages.success(request, told)
    return True


def _remark_form(item: Asked) -> RemarkForm:
    return RemarkForm(initial={"edition": services.edition_of_entry(item.entry) if item.entry else ""})


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
    values = Values(today)
    body = item.request.organisation_id
    before = answering.before(body, item.line.pk, user, today, values, but=item.round)
    own = answering.is_own(item, user, today)
    returned = EMPTY if own else answering.handed_in([item])
    context = {
        "asked": item,
        "handed_in": returned.get(item.entry.pk) if item.entry else None,
        "title": f"{item.called}: {item.line}",
        "question_then": answering.question_then(item),
        "facts": answering.facts(item, today),
        "is_late": item.is_late(today),
        "form": form,
        "text": answering.text(item, values, own=own, returned=returned),
        "take_back": may_write and waits and form is None,
        "prepared": item.prepared if form else None,
        "prepared_text": on_page(item.prepared.text, values) if form and item.prepared else "",
        "prepared_with": names_of(item.prepared) if form else [],
        "remark_form": (remark_form or _remark_form(item)) if decides and waits else None,
        "before": before,
        "earlier": answering.earlier(item, user, today),
        "changes": answering.changes(item),
        "crumbs": crumbs(
            request,
            ROUNDS,
            (item.round.title, item.round_href),
            (item.called, item.organisation_href),
            (str(item.line), ""),
        ),
        **attached(item, writes=form is not None, by=user, own=own),
        **(writing_context(request, form, item.line, today) if form else {}),
    }
    return render(request, "monitoring/entry_detail.html", context, status=status)
