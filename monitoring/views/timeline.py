"""Everything that happened between two days, on a page and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring import timeline
from monitoring.following import Followed, following
from monitoring.forms.timeline import TimelineForm
from monitoring.models import Frame, PolicyLine
from monitoring.start import latest_before
from monitoring.views.lists import crumbs
from mvi_portal.accounts.permissions import reader
from mvi_portal.core import exports, reference
from mvi_portal.core.contributions import Publication
from mvi_portal.core.dates import long_date
from mvi_portal.core.lists import CHUNK, PAGE, PER_PAGE
from mvi_portal.core.numbers import number
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.workbooks import Column as Heading
from mvi_portal.core.workbooks import Page as SheetPage
from signatories.models import Organisation

COLUMNS = (
    Column("when", "Wanneer"),
    Column("what", "Wat"),
    Column("kind", "Soort"),
    Column("line", "Lijn"),
)
HEADER = (
    Heading("dag", "De dag waarop het meetelt; van een vage datum de laatste.", derived=True),
    Heading("wanneer", "De datum, zo precies als hij bekend is.", derived=True),
    Heading("wat", "Wat er gebeurde.", derived=True),
    "soort",
    "lijn",
    "demo",
)
YEAR = timedelta(days=365)
EMPTY = "In deze periode is er niets gebeurd dat u mag zien. Kies een langere periode, of wis de filters."


@require_safe
def timeline_page(request: HttpRequest) -> HttpResponse:
    on, last = on_of(request), latest_before(on_of(request))
    form = _form(request, on, last)
    found = _found(request, form)
    rows: Any = found if found is not None else []
    paginator: Any = Paginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get(PAGE))
    told = timeline.tell(page.object_list)
    context = {
        "form": form,
        "page": page,
        "query": request.GET,
        "table": _table(told, page.paginator.count, form, request),
        "last": last,
        "shortcuts": _shortcuts(request, on, last),
        "exports": exports.links(_address(request, "monitoring:timeline-export")),
        "clear_url": keep(request, request.path),
        "asked_date": on.isoformat() if reference.of(request).asked else "",
        "crumbs": crumbs(request, ("Tijdlijn", "")),
    }
    return render(request, "monitoring/timeline.html", context, status=200 if form.is_valid() else 400)


@require_safe
def timeline_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The same, all of it; a filter that is wrong is told on the page."""
    on, last = on_of(request), latest_before(on_of(request))
    form = _form(request, on, last)
    if not form.is_valid():
        return timeline_page(request)
    start, end = form.cleaned_data["van"], form.cleaned_data["tot"]
    period = f"{long_date(start)} tot en met {long_date(end)}"
    sheet = SheetPage(
        "Tijdlijn",
        exports.headed(HEADER),
        _lines(_found(request, form)),
        lambda count: [f"Van {period}: {number(count)} rijen.", exports.filter_words(form)],
    )
    return exports.file_answer(f"tijdlijn-{start}-{end}", exports.form_of(request), sheet)


def _form(request: HttpRequest, on: date, last: Publication | None) -> TimelineForm:
    """Without days: since the last letter, up to the reference date."""
    today = timezone.localdate()
    frames = Frame.objects.visible_to(reader(request), on=today).at(on=on)
    lines = PolicyLine.objects.filter(frame__in=frames.order_by().values("pk")).order_by("order")
    return TimelineForm(
        request.GET,
        start=last.day if last else on - YEAR,
        end=on,
        lines=[(line.code, str(line)) for line in lines],
        kinds=timeline.kinds(),
        visible=Organisation.objects.visible_to(reader(request), on=today),
    )


def _found(request: HttpRequest, form: TimelineForm) -> QuerySet[Any, timeline.Found] | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    user, today = reader(request), timezone.localdate()
    followed = following(user, today).keys if given["volg"] else None
    body = given["organisatie"]
    about = Followed(organisation=frozenset({body.pk})) if body else None
    asked = timeline.Asked(
        given["van"], given["tot"], given["lijn"], given["soort"], followed, about, earlier=given["eerder"]
    )
    return timeline.happened(user, today, asked)


def _lines(found: QuerySet[Any, timeline.Found] | None) -> Iterator[Sequence[object]]:
    """Told some at a time."""
    rows = found.iterator(chunk_size=CHUNK) if found is not None else iter(())
    while some := list(islice(rows, CHUNK)):
        yield from timeline.lines(timeline.tell(some))


def _table(told: Sequence[timeline.Told], count: int, form: TimelineForm, request: HttpRequest) -> Table:
    rows = [
        Row(
            [
                Cell(item.happening.when),
                Cell(
                    item.happening.title,
                    keep(request, item.happening.href) if item.happening.href else "",
                    "demo" if item.happening.is_demo else "",
                    "warn",
                ),
                Cell(item.kind),
                Cell(item.happening.line),
            ]
        )
        for item in told
    ]
    return Table(_caption(count, form), COLUMNS, rows, EMPTY)


def _caption(count: int, form: TimelineForm) -> str:
    if not form.is_valid():
        return "Tijdlijn"
    start, end = form.cleaned_data["van"], form.cleaned_data["tot"]
    things = "1 gebeurtenis" if count == 1 else f"{number(count)} gebeurtenissen"
    if form.cleaned_data["eerder"]:
        return f"{things} van vóór {long_date(start)}, vastgelegd tot en met {long_date(end)}"
    return f"{things} van {long_date(start)} tot en met {long_date(end)}"


def _shortcuts(request: HttpRequest, on: date, last: Publication | None) -> list[tuple[str, str]]:
    """Periods that are asked often; the other filters stay."""
    since = [("Sinds de laatste brief", last.day)] if last else []
    periods = [*since, ("Dit jaar", date(on.year, 1, 1)), ("Vijf jaar", on - 5 * YEAR)]
    return [(label, _period(request, start, on)) for label, start in periods]


def _period(request: HttpRequest, start: date, end: date) -> str:
    query = request.GET.copy()
    query.pop(PAGE, None)
    query["van"], query["tot"] = start.isoformat(), end.isoformat()
    return f"?{query.urlencode()}"


def _address(request: HttpRequest, name: str) -> str:
    query: QueryDict = request.GET.copy()
    query.pop(PAGE, None)
    return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)
