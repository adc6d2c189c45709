"""Every component of the templates in every state: a page of development only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mvi_portal.accounts.changes import ChangeLine
from mvi_portal.core import charts, reference
from mvi_portal.core.dates.forms import DayField
from mvi_portal.core.editing import Conflict
from mvi_portal.core.figures import Completeness, FigureValue, Qualifier, registry
from mvi_portal.core.files import File
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.tabs import Tab
from mvi_portal.jobs.models import State
from reports.models import BUILD_STEPS
from reports.progress import Problem, Progress

LONG = "Samenwerkingsverband Regionale Ontwikkeling en Duurzaamheidsbevordering Noord-Nederland"
KINDS = [("", "Alle soorten"), ("gemeente", "Gemeente"), ("waterschap", "Waterschap")]
TONES = [("neutral", "gekozen"), ("good", "klaar"), ("warn", "demo"), ("bad", "mislukt"), ("info", "bezig")]
NOTICES = [
    ("", "Deze tekst vertelt iets."),
    ("success", "De tekst is bewaard."),
    ("warning", "De tekst is bewaard, maar nog niet compleet."),
    ("error", "De tekst is niet bewaard."),
    ("demo", "Dit zijn demonstratiegegevens."),
]
FILES = [
    File("brief.pdf", "#bestand", "PDF", 312_000, 14),
    File("plan.docx", "", "DOCX", 48_500),
    File("een-pagina.pdf", "#bestand", "PDF", pages=1),
]
TABS = [Tab("Overzicht", "#tabs", True), Tab("Voorbeeld", "#tabs", False), Tab("Cijfers", "#tabs", False)]
_STEPS = len(BUILD_STEPS)
JOBS = [
    (State.QUEUED.label, Progress(0, _STEPS, "De brief staat in de wachtrij.")),
    (State.RUNNING.label, Progress(2, _STEPS, "Stap 3 van 4: PDF maken")),
    (State.DONE.label, Progress(_STEPS, _STEPS, "De brief is klaar.")),
]
FAILED = [Problem("In de opening staat nog niets.", "#taak", "de opening"), Problem("Er is geen afzender.")]
STEPS = [("15 februari 2023", "Ondertekend", LONG), ("najaar 2024", "Actieplan ontvangen", "")]


class Fields(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Naam", help_text="Zoals de organisatie zichzelf noemt.")
    kind = forms.ChoiceField(label="Soort", choices=KINDS, required=False)
    day = DayField(label="Datum")
    remark = forms.CharField(label="Toelichting", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Dit plan is openbaar", required=False)
    file = forms.FileField(label="Bestand", help_text="Een PDF van hoogstens 20 MB.", required=False)
    fixed = forms.CharField(label="Sleutel (ligt vast)", initial="gm1680", disabled=True, required=False)


class Narrow(forms.Form):
    """What a list is narrowed with."""

    word = forms.CharField(label="Zoek", required=False)
    kind = forms.ChoiceField(label="Soort organisatie", choices=KINDS, required=False)


class Conflicting:
    """All that the component asks of a form."""

    conflicts = (Conflict("Toelichting", "De eerste tekst.", "De tweede tekst."),)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/components.html", {**_fixed(), **_of(request)})


def _fixed() -> dict[str, Any]:
    return {
        "tones": TONES,
        "notices": NOTICES,
        "files": FILES,
        "tabs": TABS,
        "jobs": JOBS,
        "failed": FAILED,
        "steps": STEPS,
        "crumbs": [("Organisaties", "#kruimelpad"), (LONG, "")],
        "facts": [("Soort", "gemeente"), ("Naam", LONG, "#feiten")],
        "conflict": Conflicting(),
        "exports": [("CSV", "#filter"), ("Excel (XLSX)", "#filter"), ("ODS", "#filter")],
    }


def _of(request: HttpRequest) -> dict[str, Any]:
    on = reference.on_of(request)
    return {
        "table": _table(request),
        "empty": Table("Leeg", (), (), "Niets gevonden. Wis de filters."),
        "page": Paginator(range(150), 50).page(2),
        "query": request.GET,
        "narrow": Narrow(prefix="filter"),
        "fields": Fields(auto_id="id_goed_%s"),
        "wrong": Fields({"day": "31 februari"}, auto_id="id_fout_%s"),
        "figures": list(_figures(on)),
        "mistaken": reference.ReferenceDate(on, "31 februari", "Deze dag bestaat niet."),
        "changes": [ChangeLine(_moment(), "gewijzigd", "Iemand", "De naam is nieuw.", ("naam",))],
        **_drawn(on),
    }


def _figures(on: Any) -> Any:
    figure = next(iter(registry))
    partial = Completeness(Qualifier.AT_LEAST, "nog niet elke organisatie heeft geantwoord.")
    for value, completeness in ((1234, Completeness()), (53, partial)):
        yield FigureValue(figure, on, value, completeness, is_demo=True)


def _table(request: HttpRequest) -> Table:
    columns = (Column("n", "Naam", sort="naam"), Column("s", "Stand"), Column("b", "Aantal", True, "aantal"))
    names = ("Aa en Maas", LONG)
    rows = [Row([Cell(name, "#tabel"), Cell("", tag="klaar", tone="good"), Cell("1.234")]) for name in names]
    return Table("Organisaties: 2 gevonden", columns, rows, "", "naam", request.GET)


def _drawn(on: Any) -> dict[str, Any]:
    points = tuple((on.replace(year=on.year - back, month=1, day=31), 40 - 9 * back) for back in (3, 2, 1, 0))
    chart = charts.Chart("Ondertekenaars", "organisaties", points)
    return {
        "chart": charts.svg(chart, name="voorbeeld"),
        "twin": charts.table(chart),
        "trend": charts.spark(points),
    }


def _moment() -> datetime:
    return datetime(2025, 1, 31, 9, 30, tzinfo=UTC)
