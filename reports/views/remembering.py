"""What we knew when a letter went: its figures then and now, and of each what was recorded in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mvi_portal.accounts.permissions import Action, may, reader
from mvi_portal.core import charts, exports
from mvi_portal.core.dates import Step, long_date, long_moment, reference_dates
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.workbooks import Page
from reports import rooms
from reports.frozen import FrozenFigure
from reports.frozen_pages import definition_of, named, names_now
from reports.models import Letter, LetterVersion
from reports.remembering import Elsewhere, Recorded, Sent, Then, others, recorded, sent_of, then

_FIGURES = (
    Column("label", "Cijfer"),
    Column("then", "In de brief", numeric=True),
    Column("again", "Dezelfde dag, nu", numeric=True),
    Column("today", "Vandaag", numeric=True),
    Column("changed", "Over dezelfde dag"),
)
_OTHERS = (
    Column("title", "Document"),
    Column("dated", "Van"),
    Column("said", "Zegt"),
    Column("of", "Over"),
)
_CHANGES = (
    Column("at", "Wanneer"),
    Column("row", "Waarvan"),
    Column("what", "Wat"),
    Column("who", "Door"),
    Column("why", "Waarom"),
)
_HEADER = (
    *("cijfer", "sleutel", "in de brief", "dezelfde dag, nu", "vandaag", "erbij", "eraf"),
    *("definitie toen", "definitie nu"),
)
_MEANINGS = {
    "cijfer": "De naam van het cijfer, zoals vastgelegd.",
    "in de brief": "De waarde die is vastgelegd toen de brief ging.",
    "dezelfde dag, nu": "Wat het register nu telt over de peildatum van de brief.",
    "vandaag": "Wat het register telt op de dag van dit bestand.",
    "erbij": "Sleutels van rijen die nu op de peildatum meetellen en toen niet.",
    "eraf": "Sleutels van rijen die toen meetelden en nu niet meer.",
}
_UNKNOWN = "niet meer bekend"


@require_safe
def letter_then(request: HttpRequest, slug: str) -> HttpResponse:
    """All figures of a sent letter, beside what the register tells of them now."""
    sent, today = _sent(request, slug), timezone.localdate()
    found, beside = (_all(figures, sent, today) for figures in (sent.figures, sent.others))
    context = {
        "letter": sent.letter,
        "sent": sent,
        "table": _table(request, sent, found, "Cijfers in de tekst"),
        "others": _table(request, sent, beside, "Wat verder is vastgelegd") if beside else None,
        "differing": sum(item.differs for item in (*found, *beside)),
        "works": may(reader(request), Action.COMMENT_LETTER),
        "exports": exports.links(reverse("reports:then-export", args=[slug])),
        "tabs": rooms.letter_tabs(request, sent.letter),
        "crumbs": rooms.crumbs(request, sent.letter, "Toen en nu"),
    }
    return render(request, "reports/letter_then.html", context)


def _all(figures: Sequence[FrozenFigure], sent: Sent, today: date) -> list[Then]:
    return [then(figure, sent.on, today) for figure in figures]


@require_safe
def then_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as a file, with the definitions and who came and went."""
    sent, today = _sent(request, slug), timezone.localdate()
    rows = [_told_row(item) for item in _all([*sent.figures, *sent.others], sent, today)]
    frozen_on = long_date(timezone.localtime(sent.frozen_at).date())
    days = f"cijfers op {long_date(sent.on)}, vastgelegd op {frozen_on}; vandaag is {long_date(today)}"
    told = [f"{sent.letter.title}: {days}."]
    page = Page("Toen en nu", exports.headed(_HEADER, _MEANINGS), rows, lambda _count: told)
    return exports.file_answer(f"toen-en-nu-{slug}", exports.form_of(request), page)


def _told_row(item: Then) -> list[object]:
    now = registry.get(item.figure.key).definition if item.figure.key in registry else ""
    moved = ", ".join(item.came), ", ".join(item.went)
    values = item.figure.value, item.again, item.today
    return [item.figure.label, item.figure.key, *values, *moved, item.figure.definition, now]


@require_safe
def figure_then(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One of them: value, definition and rows then and now, and who else said it."""
    sent = _sent(request, slug)
    figure = sent.printed.figures.get(key)
    if figure is None:
        raise Http404
    found = then(figure, sent.on, timezone.localdate())
    works = may(reader(request), Action.COMMENT_LETTER)
    moved = (*found.came, *found.went)
    came = names_now(found.figure.key, sent.on, request) if found.came else {}
    names = {**sent.names, **came}
    place = keep(request, reverse("reports:letter-then", args=[slug]))
    context = {
        "letter": sent.letter,
        "sent": sent,
        "then": found,
        "definition_now": registry.get(key).definition if found.is_redefined else "",
        "rows": named(key, figure.rows, sent.names),
        "came": named(key, found.came, names),
        "went": named(key, found.went, names),
        "changes": _changes(recorded(key, moved, sent.frozen_at), names) if works and moved else None,
        "others": _others(request, others(sent, key, LetterVersion.objects.visible_to(reader(request)))),
        **_course(key, sent.on),
        "href": definition_of(key, sent.on),
        "crumbs": [*rooms.crumbs(request, sent.letter, "")[:-1], ("Toen en nu", place), (figure.label, "")],
    }
    return render(request, "reports/figure_then.html", context)


def _sent(request: HttpRequest, slug: str) -> Sent:
    letter = get_object_or_404(Letter.objects.visible_to(reader(request)), slug=slug)
    found = sent_of(letter)
    if found is None:
        raise Http404
    return found


def _table(request: HttpRequest, sent: Sent, found: Sequence[Then], caption: str) -> Table:
    rows = [Row(_cells(request, sent, item)) for item in found]
    empty = "In de tekst van deze brief staan geen cijfers."
    return Table(f"{caption} ({len(rows)})", _FIGURES, rows, empty)


def _cells(request: HttpRequest, sent: Sent, item: Then) -> list[Cell]:
    place = [sent.letter.slug, item.figure.key]
    tag, tone = ("nu anders", "warn") if item.differs else ("nog gelijk", "good")
    return [
        Cell(item.figure.label, keep(request, reverse("reports:figure-then", args=place))),
        Cell(item.printed),
        Cell(_told(item.again)),
        Cell(_told(item.today)),
        Cell(", ".join(_changed(item)), tag=tag, tone=tone),
    ]


def _told(value: int | None) -> str:
    return _UNKNOWN if value is None else number(value)


def _changed(item: Then) -> list[str]:
    told = [f"{len(item.came)} erbij"] * bool(item.came) + [f"{len(item.went)} eraf"] * bool(item.went)
    return told + ["andere definitie"] * item.is_redefined


def _changes(found: list[Recorded], names: dict[str, str]) -> Table:
    rows = [Row(_change_cells(names.get(item.row, item.row), item)) for item in found]
    empty = (
        "Van deze rijen zelf is sindsdien niets vastgelegd: het verschil komt uit gegevens waarop zij "
        "steunen. Kijk in hun dossier."
    )
    return Table(f"Vastgelegd na het bevriezen ({len(rows)})", _CHANGES, rows, empty)


def _change_cells(name: str, item: Recorded) -> list[Cell]:
    line = item.line
    fields = f": {', '.join(line.fields)}" if line.fields else ""
    return [
        Cell(long_moment(line.at)),
        Cell(name),
        Cell(f"{item.noun} {line.kind}{fields}"),
        Cell(line.who),
        Cell(line.why),
    ]


def _others(request: HttpRequest, found: Sequence[Elsewhere]) -> Table:
    rows = [
        Row(
            [
                Cell(item.title, _address(request, item)),
                Cell(item.dated),
                Cell(item.said, tag="anders dan het register" if item.differs else "", tone="warn"),
                Cell(item.of),
            ]
        )
        for item in found
    ]
    return Table("Ook in", _OTHERS, rows, "Geen ander document noemt dit cijfer.")


def _address(request: HttpRequest, item: Elsewhere) -> str:
    return keep(request, reverse("reports:letter-then", args=[item.slug])) if item.slug else ""


def _course(key: str, on: date) -> dict[str, object]:
    """From three years before the letter until today, by half years."""
    if key not in registry:
        return {}
    item, start = registry.get(key), date(on.year - 3, 12, 31)
    points = tuple(item.series(reference_dates(start, timezone.localdate(), Step.HALF_YEAR)))
    if len(points) < charts.FEWEST or not any(value for _day, value in points):
        return {}
    chart = charts.Chart(item.label, item.unit.many, charts.thinned(points))
    return {"chart": charts.svg(chart, name="verloop"), "twin": charts.table(chart)}
