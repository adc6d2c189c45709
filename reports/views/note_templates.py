"""The template of decision notes: the sections that a new note gets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mvi_portal.accounts.models import User
from mvi_portal.accounts.permissions import Action, allowed
from mvi_portal.core.dates import long_date
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from reports import services
from reports.errors import LetterError
from reports.models import NoteTemplate
from reports.notes.forms import HeadingFormSet, WhyForm, headings_of, initial

_VERSIONS = (
    Column("number", "Versie"),
    Column("made", "Gemaakt op"),
    Column("why", "Waarom"),
    Column("notes", "Nota's", numeric=True),
)
TITLE = "Sjabloon van de beslisnota"
LATER = (
    "Iemand anders heeft intussen een nieuwe versie gemaakt. Kijk of uw wijzigingen daar nog bij passen en "
    "bewaar dan opnieuw."
)


@require_safe
def template_detail(request: HttpRequest) -> HttpResponse:
    _composer(request)
    versions = list(NoteTemplate.objects.prefetch_related("sections", "notes"))
    newest = versions[0] if versions else None
    rows = [
        Row(
            [
                Cell(f"Versie {item.number}"),
                Cell(long_date(item.made_on)),
                Cell(item.why),
                Cell(len(item.notes.all())),
            ]
        )
        for item in versions
    ]
    context = {
        "title": TITLE,
        "headings": headings_of(newest),
        "newest": newest,
        "versions": Table("Versies", _VERSIONS, rows, "Het sjabloon is nog niet gewijzigd."),
        "crumbs": [_letters(request), (TITLE, "")],
    }
    return render(request, "reports/template_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: HttpRequest) -> HttpResponse:
    """The next version, from the newest; notes that are there keep theirs."""
    by = _composer(request)
    newest = NoteTemplate.objects.prefetch_related("sections").first()
    number = newest.number if newest else 0
    data = request.POST if request.method == "POST" else None
    start = initial(headings_of(newest))
    form, headings = WhyForm(data, initial={"version": number}), HeadingFormSet(data, initial=start)
    if (
        data is not None
        and form.is_valid()
        and headings.is_valid()
        and _made(request, form, headings, number, by)
    ):
        return redirect("reports:template-detail")
    context = {
        "title": "Nieuwe versie van het sjabloon",
        "form": form,
        "headings": headings,
        "number": number,
        "back": reverse("reports:template-detail"),
        "crumbs": [
            _letters(request),
            (TITLE, keep(request, reverse("reports:template-detail"))),
            ("Nieuwe versie", ""),
        ],
    }
    return render(request, "reports/template_edit.html", context, status=400 if data is not None else 200)


def _made(request: HttpRequest, form: WhyForm, headings: Any, number: int, by: User) -> bool:
    if form.cleaned_data["version"] != number:
        form.add_error(None, LATER)
        form.data = {**form.data.dict(), "version": number}  # type: ignore[attr-defined] # a QueryDict
        return False
    try:
        made = services.new_template(headings=headings.told(), why=form.cleaned_data["why"], by=by)
    except LetterError as error:
        form.add_error(None, list(error.problems))
        return False
    messages.success(
        request, f"Versie {made.number} van het sjabloon is bewaard. Nieuwe nota's gebruiken haar."
    )
    return True


def _composer(request: HttpRequest) -> User:
    return allowed(request, Action.COMPOSE_LETTER)


def _letters(request: HttpRequest) -> tuple[str, str]:
    return "Brieven", keep(request, reverse("reports:letter-list"))
