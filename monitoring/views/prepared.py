"""Writing about a line outside a round: kept for the organisation, and offered when a round asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring import answering, preparing, services
from monitoring.attachments import beside
from monitoring.cited import Values
from monitoring.forms import EntryForm
from monitoring.models import EntryState, Frame, PolicyLine, ProgressEntry
from monitoring.views.lists import crumbs
from monitoring.views.rounds import ROUNDS
from monitoring.views.writing import writing_context
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.autosave import saved
from signatories.models import Organisation
from signatories.models.organisations import reach

OWN = ("Voorbereiden", "monitoring:prepared-list")


@require_safe
def prepared_list(request: HttpRequest) -> HttpResponse:
    """Every line of today's frames, for each organisation that the reader acts for."""
    user, today = allowed(request, Action.GIVE_PROGRESS), timezone.localdate()
    context = {
        "table": preparing.table(user, today),
        "crumbs": crumbs(request, ROUNDS, ("Voorbereiden", "")),
    }
    return render(request, "monitoring/prepared_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def prepared_detail(request: HttpRequest, organisation: str, frame: str, line: str) -> HttpResponse:
    user, today = allowed(request, Action.GIVE_PROGRESS), timezone.localdate()
    entry = _entry(user, today, organisation, frame, line)
    form = EntryForm(request.POST if request.method == "POST" else None, instance=entry)
    if form.is_valid():
        services.prepare_entry(entry=form.instance, by=user)
        messages.success(request, "Bewaard. Het portaal biedt de tekst aan zodra een ronde erom vraagt.")
        return redirect("monitoring:prepared-list")
    frames = Frame.objects.at(on=today)
    context = {
        "form": form,
        "frame": entry.line.frame,
        "ended": not frames.filter(pk=entry.line.frame_id).exists(),
        "before": answering.before(entry.organisation.pk, entry.line.pk, user, today, Values(today)),
        "title": f"Voorbereiden: {entry.line}",
        "called": entry.organisation.name_on(today).name,
        "draft_url": f"{place(organisation, frame, line)}concept/",
        "autosave_key": f"voorbereid-{entry.organisation.key}-{entry.line.natural}",
        "changes": change_lines(entry) if entry.pk else None,
        "crumbs": crumbs(request, ROUNDS, OWN, (str(entry.line), "")),
        **_beside(entry, place(organisation, frame, line), user),
        **writing_context(request, form, entry.line, today),
    }
    return render(request, "monitoring/prepared_detail.html", context, status=400 if form.is_bound else 200)


@require_POST
@transaction.atomic
def prepared_draft(request: HttpRequest, organisation: str, frame: str, line: str) -> JsonResponse:
    """Kept while somebody types."""
    user, today = allowed(request, Action.GIVE_PROGRESS), timezone.localdate()
    form = EntryForm(request.POST, instance=_entry(user, today, organisation, frame, line))

    def keep(_given: dict[str, Any]) -> None:
        try:
            services.prepare_entry(entry=form.instance, by=user)
        except services.NotPossible as error:
            raise ValidationError(str(error)) from error

    def reopen() -> EntryForm:
        return EntryForm(instance=_entry(user, today, organisation, frame, line))

    return saved(form, keep, reopen)


def place(organisation: str, frame: str, line: str) -> str:
    return reverse("monitoring:prepared-detail", args=[organisation, frame, line])


def _beside(entry: ProgressEntry, href: str, user: User) -> dict[str, Any]:
    return beside(entry, href, lambda pk: f"{href}bijlagen/{pk}/", writes=True, by=user)


def draft_here(
    request: HttpRequest, organisation: str, frame: str, line: str, *, lock: bool = True
) -> tuple[User, ProgressEntry]:
    """The draft of this line, or a new one, for who may write it."""
    user = allowed(request, Action.GIVE_PROGRESS)
    return user, _entry(user, timezone.localdate(), organisation, frame, line, lock=lock)


def _entry(
    user: User, today: date, organisation: str, frame: str, line: str, *, lock: bool = True
) -> ProgressEntry:
    """The draft of this line, or a new one. Locked on the organisation, so that two make one.

    404 for who does not act for the organisation today.
    """
    mine = Organisation.objects.filter(reach(user, Action.GIVE_PROGRESS, "pk", on=today))
    bodies = mine.select_for_update(of=("self",)) if lock else mine
    body = bodies.filter(key=organisation).first()
    if body is None:
        raise Http404
    found = get_object_or_404(PolicyLine.objects.select_related("frame"), frame__slug=frame, code=line)
    entries = ProgressEntry.objects.select_related("line__frame", "organisation")
    there = entries.select_for_update(of=("self",)) if lock else entries
    draft = there.filter(organisation=body, line=found, round=None, state=EntryState.DRAFT).first()
    return draft or ProgressEntry(organisation=body, line=found)
