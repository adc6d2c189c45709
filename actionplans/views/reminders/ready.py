"""What stands ready: released or skipped by the secretariat, never without asking once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from actionplans.reminding import board, deciding
from actionplans.reminding.filters import WAITING
from actionplans.reminding.making import refresh
from actionplans.views.reminders.common import crumbs, page, rooms
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core import exports

ALL = "alle-vrijgeven"


@page
def reminder_board(request: HttpRequest) -> HttpResponse:
    """What waits for a decision; a decision is asked once more before mails go out."""
    by, today = allowed(request, Action.KEEP_REGISTER), timezone.localdate()
    with transaction.atomic():
        refresh(today=today, by=None)
    chosen = _chosen(request, board.board(today).ready)
    doing = request.POST.get("doen", "")
    if request.method == "POST" and not chosen:
        messages.error(request, "Kies eerst een of meer herinneringen die nog klaarstaan.")
    elif doing == "overslaan":
        return _skip(request, chosen, by)
    elif doing == "verstuur":
        return _release(request, chosen, by)
    elif doing in {"vrijgeven", ALL}:
        return _confirm(request, chosen)
    return _board(request)


def _chosen(request: HttpRequest, ready: Sequence[board.Line]) -> list[board.Line]:
    """Those that were marked, or all; what is no longer ready is left out."""
    if request.POST.get("doen") == ALL:
        return list(ready)
    marked = set(request.POST.getlist("kies"))
    return [line for line in ready if str(line.reminder.pk) in marked]


def _board(request: HttpRequest, *, reason: str = "", fault: str = "") -> HttpResponse:
    today = timezone.localdate()
    files = f"{reverse('actionplans:reminder-export')}?stand={WAITING}"
    context = {
        "board": board.board(today),
        "exports": exports.links(files),
        "tabs": rooms(request),
        "crumbs": [*crumbs()[:-1], ("Herinneringen", "")],
        "reason": reason,
        "fault": fault,
        "marked": request.POST.getlist("kies"),
    }
    return render(request, "actionplans/reminder_board.html", context, status=400 if fault else 200)


def _confirm(request: HttpRequest, chosen: Sequence[board.Line]) -> HttpResponse:
    context = {
        "lines": chosen,
        "mails": sum(len(line.to) for line in chosen),
        "crumbs": crumbs(("Versturen", "")),
        "back": reverse("actionplans:reminder-board"),
    }
    return render(request, "actionplans/reminder_confirm.html", context)


def _release(request: HttpRequest, chosen: Sequence[board.Line], by: Any) -> HttpResponse:
    keys = [line.reminder.pk for line in chosen]
    done = deciding.release(keys=keys, today=timezone.localdate(), by=by)
    went = "1 herinnering" if done.reminders == 1 else f"{done.reminders} herinneringen"
    messages.success(request, f"Vrijgegeven: {went}. Het versturen begint meteen.")
    if done.left:
        messages.warning(request, f"Niet meer nodig, en daarom niet verstuurd: {done.left}.")
    return redirect("actionplans:reminder-board")


def _skip(request: HttpRequest, chosen: Sequence[board.Line], by: Any) -> HttpResponse:
    reason = request.POST.get("reden", "")
    try:
        count = deciding.skip(keys=[line.reminder.pk for line in chosen], reason=reason, by=by)
    except ValidationError as error:
        return _board(request, reason=reason, fault=" ".join(error.messages))
    messages.success(
        request, "1 herinnering overgeslagen." if count == 1 else f"{count} herinneringen overgeslagen."
    )
    return redirect("actionplans:reminder-board")
