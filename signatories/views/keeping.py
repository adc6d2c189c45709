"""What the pages share on which the secretariat keeps the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.editing import EditingForm

NOTHING = "Er is niets gewijzigd."
BESIDE = {"edition", "why"}  # what a form asks that is no fact of the row


def keeper(request: HttpRequest) -> User:
    """Who keeps the register. Raises PermissionDenied for anybody else."""
    return allowed(request, Action.KEEP_REGISTER)


def typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def accepted(form: BaseForm, save: Callable[[dict[str, Any]], object]) -> bool:
    """Whether it is saved; what the service refuses is said on the form."""
    if not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except ValidationError as error:
        _refuse(form, error)
        return False
    return True


def is_same(form: EditingForm) -> bool:
    """Nothing of the row is changed, as when somebody presses twice."""
    return not set(form.changed_data) - BESIDE


def _refuse(form: BaseForm, error: ValidationError) -> None:
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, lines in told.items():
        form.add_error(name if name in form.fields else None, lines)


def answer(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    button: str,
    crumbs: Sequence[tuple[str, str]],
    intro: str = "",
    changes: object = None,
) -> HttpResponse:
    """The form, whose way back is the last crumb."""
    context = {
        "form": form,
        "title": title,
        "button": button,
        "intro": intro,
        "crumbs": [*crumbs, (title, "")],
        "back": crumbs[-1][1],
        "changes": changes,
    }
    return render(request, "signatories/register_form.html", context, status=400 if form.is_bound else 200)


def saving(
    request: HttpRequest,
    form: BaseForm,
    save: Callable[[dict[str, Any]], object],
    *,
    done: str,
    title: str,
    button: str,
    crumbs: Sequence[tuple[str, str]],
    intro: str = "",
    row: models.Model | None = None,
) -> HttpResponse:
    """Saved, and back to the last crumb; else the form, with what is wrong in it and the row's history.

    Saving what is as it was changes nothing, and says so.
    """
    back = crumbs[-1][1]
    if row is not None and isinstance(form, EditingForm) and form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect(back)
    if accepted(form, save):
        messages.success(request, done)
        return redirect(back)
    changes = change_lines(row) if row is not None else None
    return answer(request, form, title=title, button=button, crumbs=crumbs, intro=intro, changes=changes)


def removing(
    request: HttpRequest,
    remove: Callable[[], object],
    *,
    done: str,
    title: str,
    text: str,
    crumbs: Sequence[tuple[str, str]],
) -> HttpResponse:
    """Gone, and back to the last crumb; asked first."""
    if request.method == "POST":
        remove()
        messages.success(request, done)
        return redirect(crumbs[-1][1])
    return confirm(request, title=title, text=text, button="Verwijder", crumbs=crumbs)


def confirm(
    request: HttpRequest, *, title: str, text: str, button: str, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Asks before something goes; the way back is the last crumb."""
    told = {"title": title, "text": text, "button": button}
    context = {**told, "crumbs": [*crumbs, (title, "")], "back": crumbs[-1][1]}
    return render(request, "signatories/confirm.html", context)
