"""A table as a download: CSV, XLSX or ODS, written to a file first, so that a large one takes no memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from tempfile import TemporaryFile
from typing import TypeAlias

from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse

from mvi_portal.core.editing import text_of
from mvi_portal.core.workbooks import Column, Form, Page, write

SMALL = 1024 * 1024  # bytes; a larger file is answered in pieces
PARAMETER = "formaat"
Heading: TypeAlias = str | Column
COMMON = {  # what a heading means on every list, unless the list tells it otherwise
    "code": "De TOOI-code van de organisatie, of een eigen sleutel voor wie er geen heeft.",
    "sleutel": "De vaste sleutel waaronder het portaal dit bewaart.",
    "naam": "De naam op de peildatum.",
    "titel": "De titel.",
    "soort": "De soort, zoals op de pagina.",
    "provincie": "De provincie op de peildatum.",
    "lijn": "De hoofdlijn van het plan waar dit bij hoort.",
    "vindplaats": "Waar het gepubliceerd is, bijvoorbeeld een Kamerstuk.",
    "eigenaar": "De organisatie die ervoor zorgt.",
    "stand": "De stand op de peildatum.",
    "demo": "ja: verzonnen voor de demonstratie; nee: een feit.",
}


def headed(headings: Iterable[Heading], meanings: Mapping[str, str] | None = None) -> list[Column]:
    """Columns with their explanation; those of a list alone are read, not filled in."""
    told = {**COMMON, **(meanings or {})}
    return [
        item if isinstance(item, Column) else Column(item, told.get(item, ""), derived=True)
        for item in headings
    ]


def file_answer(name: str, form: Form, page: Page) -> HttpResponse | FileResponse:
    """A download `name`, with the ending of the form."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it, once it is sent
    write(file, form, page)
    size = file.tell()
    file.seek(0)
    answer: HttpResponse | FileResponse
    if size <= SMALL:
        with file:
            answer = HttpResponse(file.read(), content_type=form.content_type)
    else:
        answer = FileResponse(file, content_type=form.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def form_of(request: HttpRequest) -> Form:
    """What the address asks for; CSV for what it does not know."""
    asked = request.GET.get(PARAMETER, "")
    return Form(asked) if asked in set(Form) else Form.CSV


def links(address: str) -> list[tuple[str, str]]:
    """A label and an address for each form in which it can be had."""
    mark = "&" if "?" in address else "?"
    return [
        (form.label, address if form is Form.CSV else f"{address}{mark}{PARAMETER}={form}") for form in Form
    ]


def filter_words(form: BaseForm) -> str:
    """What a list is narrowed to, in words: "Soort: gemeente; Zoek: Den"."""
    shown = ((field.label, text_of(field.field, field.value())) for field in form if field.value())
    told = "; ".join(f"{label}: {text}" for label, text in shown if text != "–")
    return f"Filter: {told}." if told else "Geen filter: alle rijen die u mag zien."
