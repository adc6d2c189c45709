"""Every component of the templates in every state: a page of development only."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mvi_portal.core import charts, reference
from mvi_portal.core.figures import registry
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenUnit
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.writing import editor_context
from mvi_portal.demo.components import forms, samples

STANDS = ("naam", "-naam")  # a table sorted either way
PAGES = (1, 2, 3)  # the first of three, one between, the last


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    on = reference.on_of(request)
    context = {**samples.fixed(), **_forms(request, on), **_listed(request), **_drawn(on)}
    return render(request, "demo/components.html", context)


@require_POST
def saving(request: HttpRequest, how: str) -> HttpResponse:
    """What the server can answer to a draft: nothing is saved."""
    if how not in samples.SAVED:
        raise Http404
    status, told = samples.saved(how, request.POST.get("tekst", ""))
    return JsonResponse(told, status=status)


def _forms(request: HttpRequest, on: date) -> dict[str, Any]:
    prose = forms.Prose({"text": ""} if "editor" in request.GET else None)
    drafts = [(title, how, forms.Draft(auto_id=f"id_{how}_%s")) for how, title in samples.SAVED.items()]
    return {
        "narrow": forms.Narrow(prefix="filter"),
        "fields": forms.Fields(auto_id="id_goed_%s"),
        "wrong": forms.Fields({"day": "31 februari"}, auto_id="id_fout_%s"),
        "rows": forms.rows(),
        "wrong_rows": forms.wrong_rows(),
        "directory": SimpleNamespace(suggestions=samples.ORGANISATIONS),
        "prose": prose,
        "drafts": drafts,
        "mistaken": reference.ReferenceDate(on, "31 februari", "Deze dag bestaat niet."),
        **_editor(prose, request),
    }


def _editor(prose: forms.Prose, request: Any) -> dict[str, Any]:
    offered = {item.key: _frozen(item) for item in list(registry)[:3]}
    found = editor_context(prose, offered, request.csp_nonce, series={"indicator.voorbeeld": "Voorbeeld"})
    return {**found, "offered": found["figures"]}


def _listed(request: HttpRequest) -> dict[str, Any]:
    paginator = Paginator(range(150), 50)
    return {
        "tables": [_table(request, sort) for sort in STANDS],
        "empty": Table("Leeg", (), (), "Niets gevonden. Wis de filters."),
        "pages": [paginator.page(number) for number in PAGES],
        "query": request.GET,
    }


def _table(request: HttpRequest, sort: str) -> Table:
    columns = (Column("n", "Naam", sort="naam"), Column("s", "Stand"), Column("b", "Aantal", True, "aantal"))
    names = sorted(("Aa en Maas", samples.LONG), reverse=sort.startswith("-"))
    rows = [Row([Cell(name, "#tabel"), Cell("", tag="klaar", tone="good"), Cell("1.234")]) for name in names]
    return Table(f"Organisaties: 2 gevonden, op {sort}", columns, rows, "", sort, request.GET)


def _drawn(on: date) -> dict[str, Any]:
    """A chart of bars, and one of a line with a break in it; figures with and without their trend."""
    years = [on.replace(year=on.year - back, month=1, day=31) for back in range(9, -1, -1)]
    points = tuple((day, 9 * place + 4) for place, day in enumerate(years))
    drawn = [
        charts.Chart("Ondertekenaars", "organisaties", points[-4:]),
        charts.Chart("Vermeden uitstoot", "ton", points, breaks=(years[5],)),
    ]
    return {
        "charts": [
            (charts.svg(one, name=f"voorbeeld-{number}"), charts.table(one))
            for number, one in enumerate(drawn)
        ],
        "figures": samples.figures(on, charts.spark(points[-4:])),
    }


def _frozen(item: Any) -> FrozenFigure:
    """A figure as the editor offers it."""
    unit = FrozenUnit(item.unit.one, item.unit.many)
    return FrozenFigure(
        item.key, item.label, item.definition, unit, item.line, 53, "at-least", "", None, None, ()
    )
