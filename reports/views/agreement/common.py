"""What the pages of the agreement share: who may, the way back, and saying what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from monitoring.services import Sent
from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, may
from mvi_portal.core.templatetags.mvi import keep
from reports import rooms
from reports.agreement.board import Board, Party
from reports.errors import LetterError
from reports.models import Letter

Crumbs = list[tuple[str, str]]


def followed(user: User, slug: str) -> Letter:
    """The letter, for who works on it; the agreement is not for who only reads what was sent."""
    rows = Letter.objects.visible_to(user) if may(user, Action.COMMENT_LETTER) else Letter.objects.none()
    return get_object_or_404(rows.select_related("sender", "frame"), slug=slug)


def kept(user: User, slug: str) -> Letter:
    """The letter, for who composes it; who follows it only is refused."""
    letter = followed(user, slug)
    if not may(user, Action.COMPOSE_LETTER):
        raise PermissionDenied
    return letter


def party_of(board: Board, key: str) -> Party:
    found = board.party(key)
    if found is None:
        raise Http404
    return found


def crumbs(request: HttpRequest, letter: Letter, *pages: tuple[str, str]) -> Crumbs:
    """The way back to the agreement and below."""
    above = rooms.crumbs(request, letter, "")[:-1]
    agreement = ("Akkoord", keep(request, reverse("reports:agreement", args=[letter.slug])))
    return [*above, agreement, *pages]


def accepted(form: BaseForm, save: Callable[[dict[str, Any]], object]) -> bool:
    """Whether it is saved; what the service refuses is said on the form."""
    if not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except LetterError as error:
        form.add_error(None, list(error.problems))
        return False
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, lines in told.items():
            form.add_error(name if name in form.fields else None, lines)
        return False
    return True


def done(request: HttpRequest, act: Callable[[], object], told: str = "") -> Any:
    """What the service gives; its refusal is a message, and None."""
    try:
        found = act()
    except LetterError as error:
        for problem in error.problems:
            messages.error(request, problem)
        return None
    if told:
        messages.success(request, told)
    return found


def page(
    request: HttpRequest,
    form: BaseForm,
    path: Sequence[tuple[str, str]],
    title: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """One form; the way back is the last crumb."""
    context = {"form": form, "title": title, "button": button, "crumbs": [*path, (title, "")], **more}
    status = 400 if form.is_bound else 200
    context["back"] = path[-1][1]
    return render(request, "signatories/register_form.html", context, status=status)


def tell_mails(request: HttpRequest, sent: Sent | None) -> None:
    """How many went, and for whom there is nobody to write to."""
    if sent is None:
        return
    if sent.mails or not sent.nobody:
        count = "Er gaat 1 mail uit." if sent.mails == 1 else f"Er gaan {sent.mails} mails uit."
        messages.success(request, count)
    if sent.again:
        messages.info(request, f"Vandaag al gemaild, en daarom niet nog eens: {sent.again}.")
    if sent.nobody:
        told = ", ".join(sent.nobody)
        messages.warning(
            request, f"Niemand handelt namens: {told}. Vraag de beheerder om iemand aan te wijzen."
        )


def root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
