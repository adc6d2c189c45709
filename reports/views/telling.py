"""Telling what keeps a letter from going on, with a link to where that is done."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from reports.models import Letter
from reports.states import Told


def tell(request: HttpRequest, letter: Letter, problems: Iterable[str]) -> None:
    for told in problems:
        messages.error(request, _linked(told, letter) if isinstance(told, Told) else told)


def _linked(told: Told, letter: Letter) -> str:
    address = reverse(told.page, args=[letter.slug])
    return format_html('{} <a href="{}">{}</a>', str(told), address, told.label)
