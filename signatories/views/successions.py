"""Mergers and splits: what waits for a decision, deciding in one step, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mvi_portal.accounts.changes import change_lines
from mvi_portal.accounts.models import User
from mvi_portal.core import exports
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.tabs import Tab
from mvi_portal.core.workbooks import Page
from signatories import services, succeeding
from signatories.forms import SettleForm, SuccessionForm
from signatories.models import Succession
from signatories.succeeding import Proposal
from signatories.views.keeping import accepted, answer, keeper, typed

COLUMNS = (
    Column("title", "Herindeling"),
    Column("event", "Gebeurtenis"),
    Column("on", "Ingangsdatum"),
    Column("open", "Te beslissen"),
)
DECIDED = (
    Column("before", "Voorganger"),
    Column("after", "Opvolger"),
    Column("event", "Gebeurtenis"),
    Column("decision", "Besluit over de handtekening"),
)
LIST_COLUMNS = {False: COLUMNS, True: (*COLUMNS[:3], Column("decision", "Besluit over de handtekening"))}
STATE, SETTLED = "stand", "besloten"
INTRO = "Leg vast welke organisaties samengingen of splitsten. Dan vragen wij wie de handtekening overneemt."


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Herindelingen", reverse("signatories:succession-list")), *more]


HEADER = {
    "herindeling": "Wie samengaan of splitsen: wat hierin hetzelfde is, wordt in één keer besloten.",
    "code voorganger": "Van wie ophoudt of kleiner wordt.",
    "voorganger": "De naam op de laatste dag.",
    "code opvolger": "Van wie verdergaat.",
    "opvolger": "De eerste naam.",
    "gebeurtenis": "Hoe de een in de ander overging.",
    "ingangsdatum": "De eerste dag van de opvolger.",
    "besluit": "Of de handtekening meegaat, en wanneer dat is besloten; leeg zolang het wacht.",
}


@require_safe
def succession_list(request: HttpRequest) -> HttpResponse:
    keeper(request)
    decided = _asks_settled(request)
    rows = [_row(item, decided) for item in _asked(decided)]
    told = "waarover is besloten" if decided else "die op een besluit wachten"
    empty = "Over geen herindeling is besloten." if decided else "Er wacht geen herindeling op een besluit."
    query = f"?{STATE}={SETTLED}" if decided else ""
    context = {
        "table": Table(f"Herindelingen {told}", LIST_COLUMNS[decided], rows, empty),
        "tabs": _tabs(decided),
        "exports": exports.links(reverse("signatories:succession-export") + query) if rows else [],
        "crumbs": [("Organisaties", reverse("signatories:organisation-list")), ("Herindelingen", "")],
    }
    return render(request, "signatories/succession_list.html", context)


def _asks_settled(request: HttpRequest) -> bool:
    return request.GET.get(STATE) == SETTLED


def _asked(decided: bool) -> list[Proposal]:
    return succeeding.settled() if decided else succeeding.proposals()


def _tabs(decided: bool) -> list[Tab]:
    here = reverse("signatories:succession-list")
    return [
        Tab("Wacht op een besluit", here, not decided),
        Tab("Besloten", f"{here}?{STATE}={SETTLED}", decided),
    ]


def _row(item: Proposal, decided: bool) -> Row:
    told = "; ".join(dict.fromkeys(map(_decision, item.decided))) if decided else len(item.open)
    return Row(
        [
            Cell(item.title, item.href, "demo" if item.successions[0].is_demo else "", "warn"),
            Cell(item.events),
            Cell(long_date(item.on)),
            Cell(told),
        ]
    )


@require_safe
def succession_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """What the list shows, with a row for each predecessor and successor."""
    keeper(request)
    today, decided = timezone.localdate(), _asks_settled(request)
    told = "Waarover is besloten" if decided else f"Wat op {long_date(today)} op een besluit wacht"
    page = Page(
        "Herindelingen",
        exports.headed([*HEADER, "demo"], HEADER),
        _lines(_asked(decided)),
        lambda count: [
            f"{told}, {number(count)} rijen.",
            "Per voorganger en opvolger één rij.",
        ],
    )
    return exports.file_answer(f"herindelingen-{today.isoformat()}", exports.form_of(request), page)


def _lines(found: Iterable[Proposal]) -> Iterator[Sequence[object]]:
    for proposal in found:
        for item in proposal.successions:
            yield (
                proposal.title,
                item.predecessor.key,
                item.before,
                item.successor.key,
                item.after,
                item.get_event_display(),
                item.on,
                _decision(item),
                item.is_demo,
            )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def succession_detail(request: HttpRequest, on: date, key: str) -> HttpResponse:
    by = keeper(request)
    found = _locked(on, key)
    form = SettleForm(typed(request), proposal=found) if found.open else None

    if form is None and request.method == "POST":
        messages.info(request, "Hierover is al besloten.")
        return redirect(found.href)
    if form is not None and accepted(form, partial(_settle, form, by)):
        messages.success(request, f"Besloten over de herindeling {found.title}.")
        return redirect(found.href)
    context = {
        "proposal": found,
        "form": form,
        "told": [line for part in succeeding.parts for line in part.tell(found.open)],
        "decided": _decided(found),
        "reopen": found.decided,
        "histories": [(item, change_lines(item)) for item in found.decided],
        "crumbs": crumbs((found.title, "")),
    }
    status = 400 if form is not None and form.is_bound else 200
    return render(request, "signatories/succession_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def succession_new(request: HttpRequest) -> HttpResponse:
    by = keeper(request)
    form = SuccessionForm(typed(request))

    def save(given: dict[str, Any]) -> None:
        form.made = services.record_event(**given, by=by)  # type: ignore[attr-defined] # for the answer

    if accepted(form, save):
        made: list[Succession] = form.made  # type: ignore[attr-defined] # just now
        messages.success(request, "De herindeling staat in het register.")
        found = succeeding.proposal(made[0].on, made[0].predecessor.key)
        return redirect(found.href if found else reverse("signatories:succession-list"))
    title = "Herindeling vastleggen"
    return answer(request, form, title=title, button="Leg vast", crumbs=crumbs(), intro=INTRO)


@require_POST
@transaction.atomic
def succession_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    by = keeper(request)
    row = get_object_or_404(Succession.objects.select_related("predecessor"), pk=pk)
    try:
        services.reopen_succession(succession=row, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Het besluit is ongedaan gemaakt. U kunt opnieuw beslissen.")
    found = succeeding.proposal(row.on, row.predecessor.key)
    return redirect(found.href if found else reverse("signatories:succession-list"))


def _settle(form: SettleForm, by: User, given: dict[str, Any]) -> None:
    services.settle(
        goes_along=form.decisions(),
        contacts=form.contacts(),
        on=timezone.localdate(),
        by=by,
        why=given["why"],
        also=partial(form.carry, by),
    )


def _locked(on: date, key: str) -> Proposal:
    """Of two who decide at once, the second waits and is told."""
    list(Succession.objects.filter(on=on).select_for_update().values_list("pk"))
    found = succeeding.proposal(on, key)
    if found is None:
        raise Http404
    return found


def _decided(found: Proposal) -> Table:
    rows = [
        Row(
            [
                Cell(item.before, reverse("signatories:organisation-detail", args=[item.predecessor.key])),
                Cell(item.after, reverse("signatories:organisation-detail", args=[item.successor.key])),
                Cell(item.get_event_display()),
                Cell(_decision(item)),
            ]
        )
        for item in found.decided
    ]
    return Table("Waarover is besloten", DECIDED, rows, "Hierover is nog niets besloten.")


def _decision(item: Any) -> str:
    if item.confirmed_on:
        return f"gaat mee, besloten op {long_date(item.confirmed_on)}"
    return f"gaat niet mee, besloten op {long_date(item.declined_on)}" if item.declined_on else ""
