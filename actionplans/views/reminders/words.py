"""The texts of reminders: seen with an example, tried out, kept, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.models import ReminderKind, ReminderText
from actionplans.reminding import deciding, texts
from actionplans.reminding.examples import Example, example
from actionplans.reminding.forms import ReminderTextForm
from actionplans.views.reminders.common import crumbs, page, rooms
from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.permissions import Action, allowed

SLUGS = {
    "90-dagen-vooraf": ReminderKind.AHEAD,
    "30-dagen-vooraf": ReminderKind.SOON,
    "op-de-dag": ReminderKind.DUE,
    "30-dagen-erna": ReminderKind.PAST,
}


@require_safe
def reminder_texts(request: HttpRequest) -> HttpResponse:
    allowed(request, Action.KEEP_REGISTER)
    told = texts.texts()
    items = [
        (kind.label, told[kind], reverse("actionplans:reminder-text", args=[slug]))
        for slug, kind in SLUGS.items()
    ]
    context = {"items": items, "tabs": rooms(request), "crumbs": crumbs(("Teksten", ""))}
    return render(request, "actionplans/reminder_texts.html", context)


@page
@transaction.atomic
def reminder_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words, see them with a real example, or have them sent to oneself."""
    by, today, kind = allowed(request, Action.KEEP_REGISTER), timezone.localdate(), _kind(slug)
    row = ReminderText.objects.select_for_update().filter(kind=kind).first()
    told = texts.texts()[kind]
    form = ReminderTextForm(
        request.POST if request.method == "POST" else None,
        instance=row or ReminderText(kind=kind, subject=told.subject, body=told.body),
    )
    doing = request.POST.get("doen", "")
    if request.method == "POST" and doing == "herstel":
        deciding.restore_text(kind=kind, today=today, by=by)
        messages.success(request, "De tekst van het portaal is terug.")
        return redirect("actionplans:reminder-texts")
    shown = told
    if form.is_bound and form.is_valid():
        shown = texts.Text(form.cleaned_data["subject"], form.cleaned_data["body"])
        if doing == "bewaar":
            deciding.change_text(kind=kind, subject=shown.subject, body=shown.body, today=today, by=by)
            messages.success(
                request, "De tekst is bewaard. Herinneringen die klaarstaan, krijgen deze tekst ook."
            )
            return redirect("actionplans:reminder-texts")
    seen = None if form.errors else example(kind, shown, today)
    if doing == "proef" and seen is not None:
        _try(request, seen, by)
    context = {
        "form": form,
        "title": kind.label.capitalize(),
        "places": texts.PLACES.items(),
        "example": seen,
        "is_own": row is not None,
        "changes": change_lines(row) if row else None,
        "crumbs": crumbs(("Teksten", reverse("actionplans:reminder-texts")), (kind.label.capitalize(), "")),
        "back": reverse("actionplans:reminder-texts"),
    }
    return render(request, "actionplans/reminder_text.html", context, status=400 if form.errors else 200)


def _try(request: HttpRequest, seen: Example, by: Any) -> None:
    deciding.try_out(subject=seen.text.subject, body=seen.text.body, files=[seen.file], by=by)
    messages.success(request, f"De proef gaat naar {by.email}. De tekst is nog niet bewaard.")


def _kind(slug: str) -> ReminderKind:
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]
