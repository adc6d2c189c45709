"""What the pages of reminders share: their rooms, and the way to them."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mvi_portal.core.tabs import Tab, tabs

page = require_http_methods(["GET", "HEAD", "POST"])


def rooms(request: HttpRequest) -> list[Tab]:
    return tabs(
        request,
        ("Klaargezet", reverse("actionplans:reminder-board")),
        ("Alle herinneringen", reverse("actionplans:reminder-list")),
        ("Teksten", reverse("actionplans:reminder-texts")),
        ("Alle berichten van het portaal", reverse("mails:mail-list")),
    )


def crumbs(*rest: tuple[str, str]) -> list[tuple[str, str]]:
    way = [("Actieplannen", "actionplans:plan-list"), ("Herinneringen", "actionplans:reminder-board")]
    return [(label, reverse(name)) for label, name in way] + list(rest)
