"""The pages on which the secretariat keeps who sends letters, to whom, and who holds an office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.core.tables import Cell, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports import services
from reports.keeping import NOUNS, Noun
from signatories.views.keeping import NOTHING, accepted, answer, is_same, keeper, typed

_TITLE = "Afzenders en geadresseerden"
_INTRO = (
    "In een brief staat wat geldt op de datum van die brief. Verandert er iets? Geef dan eerst het oude een "
    "laatste dag, en voeg daarna het nieuwe toe: een nieuw ambt eerst, en daarna wie het bekleedt. Een "
    "nieuwe brief begint met de aanhef, de slotgroet en de vorm van het kenmerk die hier staan."
)


@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """Each kind of facts in a table of its own."""
    keeper(request)
    context = {
        "title": _TITLE,
        "intro": _INTRO,
        "parts": [
            {
                "table": _table(request, word, noun),
                "title": noun.many,
                "one": noun.one,
                "new": reverse("reports:kept-new", args=[word]),
            }
            for word, noun in NOUNS.items()
        ],
        "crumbs": [_letters(request), (_TITLE, "")],
    }
    return render(request, "reports/kept_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def kept_new(request: HttpRequest, word: str) -> HttpResponse:
    noun = _noun(word)
    return _form(request, noun, noun.model(), f"{capfirst(noun.one)} toevoegen")


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def kept_edit(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    keeper(request)
    noun = _noun(word)
    row = get_object_or_404(noun.model._default_manager.select_for_update(), pk=pk)
    return _form(request, noun, row, f"{capfirst(noun.one)} wijzigen")


def _form(request: HttpRequest, noun: Noun, row: Any, title: str) -> HttpResponse:
    by = keeper(request)
    form = noun.form(typed(request), instance=row)
    if row.pk and form.is_valid() and is_same(form):
        messages.info(request, NOTHING)
        return redirect("reports:kept-list")
    if accepted(form, lambda _given: services.keep(row=form.instance, by=by)):
        messages.success(request, f"Bewaard: {noun.one}.")
        return redirect("reports:kept-list")
    path = [_letters(request), (_TITLE, keep(request, reverse("reports:kept-list")))]
    changes = change_lines(row) if row.pk else None
    return answer(request, form, title=title, button="Bewaar", crumbs=path, intro=_INTRO, changes=changes)


def _table(request: HttpRequest, word: str, noun: Noun) -> Table:
    rows = []
    for row in noun.rows():
        first, *others = noun.told(row)
        address = keep(request, reverse("reports:kept-edit", args=[word, row.pk]))
        tag = "demo" if row.is_demo else ""
        rows.append(Row([Cell(first, address, tag, "warn"), *(Cell(text) for text in others)]))
    empty = f"Er zijn nog geen {noun.many[0].lower()}{noun.many[1:]} vastgelegd."
    return Table(f"{len(rows)} vastgelegd", noun.columns, rows, empty)


def _noun(word: str) -> Noun:
    if word not in NOUNS:
        raise Http404
    return NOUNS[word]


def _letters(request: HttpRequest) -> tuple[str, str]:
    return "Brieven", keep(request, reverse("reports:letter-list"))
