"""The results of a round as files: the numbers of the pages, for who may see those pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans import boards, scoring
from actionplans.models import EvaluationRound
from actionplans.results import Results, compared, listed, per_kind, results, shown
from actionplans.views.rounds import common
from actionplans.views.rounds.beside import chosen, other_rounds, scores_of
from mvi_portal.accounts.permissions import reader
from mvi_portal.core import exports
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenTable
from mvi_portal.core.reference import on_of
from mvi_portal.core.templatetags.mvi import keep
from mvi_portal.core.workbooks import Column, Page

Answer: TypeAlias = HttpResponse | FileResponse
CRITERION = "De vraag van het beoordelingskader."
SPREAD = {
    "thema": "Het thema van het Manifest; leeg: de vraag gaat over het hele plan.",
    "criterium": CRITERION,
    "schaal": "Hoe op deze vraag wordt gescoord.",
    "uitkomst": "Een antwoord van de schaal; bij punten het laagste, het gemiddelde en het hoogste.",
    "waarde": "Hoeveel plannen dit antwoord kregen; bij punten het aantal punten.",
}
BOARD = {
    "plan": "De sleutel van het actieplan.",
    "titel": "De titel van het actieplan.",
    "stand": "Hoever de evaluatie is, vandaag.",
    "beoordelaar": "Leeg: nog niemand.",
    "klaar op": "De dag waarop de beoordeling klaar moet zijn.",
    "termijn verstreken": "Of die dag voorbij is en de beoordeling nog niet is ingediend.",
    "wacht op": "Leeg: gepubliceerd.",
    "waarom gekozen": "Wat bij de keuze van het plan is opgeschreven.",
}
OF_A_KIND = "Hoeveel plannen ja kregen van hoeveel, of de gemiddelde stap of het gemiddelde aantal punten."
TOGETHER = " Soorten met minder dan {} plannen staan samen onder “overige soorten samen”."
DECIMAL = re.compile(r"[+−-]?\d+(,\d+)?")


@require_safe
def round_results_export(request: HttpRequest, slug: str, what: str) -> Answer:
    """Who does not see the spread on the page does not get it as a file."""
    found, make = common.found(slug), _MADE.get(what)
    if make is None:
        raise Http404
    gathered = shown(found, reader(request), on=on_of(request))
    if gathered is None:
        raise PermissionDenied
    return _file(request, gathered, what, make(request, gathered))


@require_safe
def round_compare_export(request: HttpRequest, slug: str) -> Answer:
    """The plans that are asked, else all of them: a file has room for more than a page."""
    common.worker(request)
    found = results(common.found(slug), on=on_of(request))
    asked = set(request.GET.getlist("plan"))
    chosen = [item for item in found.evaluations if item.plan.slug in asked or not asked]
    scores = scores_of(chosen)
    columns = exports.headed(["criterium"], {"criterium": CRITERION}) + [
        Column(item.plan.title, "De score van dit plan.", derived=True) for item in chosen
    ]
    rows = [
        [criterion.name, *(scoring.told(criterion, scores.get((item.pk, criterion.pk))) for item in chosen)]
        for criterion in found.scored
    ]
    page = Page("Naast elkaar", columns, rows, _telling(found, "Wat is ingevuld, per plan een kolom."))
    return _file(request, found, "naast-elkaar", page)


@require_safe
def round_board_export(request: HttpRequest, slug: str) -> Answer:
    """As the board is today; `?van=mij` holds only one's own."""
    user, found, today = common.worker(request), common.found(slug), timezone.localdate()
    mine = request.GET.get("van") == "mij"
    rows = [item for item in boards.evaluations(found) if not mine or item.evaluator_id == user.pk]
    page = Page(
        "Bord",
        exports.headed([*BOARD, "demo"], BOARD),
        [boards.cells(item, today) for item in rows],
        lambda count: [
            f"{found.name}, stand op {long_date(today)}, {number(count)} rijen.",
            f"Alleen de plannen van {user.name}." if mine else "Alle plannen van de ronde.",
        ],
    )
    return exports.file_answer(f"{found.slug}-bord-{today.isoformat()}", exports.form_of(request), page)


def board_links(found: EvaluationRound, *, mine: bool) -> list[tuple[str, str]]:
    address = reverse("actionplans:round-board-export", args=[found.slug])
    return exports.links(f"{address}?van=mij" if mine else address)


def links(request: HttpRequest, found: Results, what: str, **query: str) -> list[tuple[str, str]]:
    """For a page: each form of one of the files of the results."""
    address = reverse("actionplans:round-results-export", args=[found.round.slug, what])
    return _links(request, f"{address}?{urlencode(query)}" if query else address)


def compare_links(request: HttpRequest, found: Results) -> list[tuple[str, str]]:
    address = reverse("actionplans:round-compare-export", args=[found.round.slug])
    asked = urlencode([("plan", slug) for slug in request.GET.getlist("plan")])
    return _links(request, f"{address}?{asked}" if asked else address)


def _links(request: HttpRequest, address: str) -> list[tuple[str, str]]:
    return exports.links(keep(request, address))


def _file(request: HttpRequest, found: Results, what: str, page: Page) -> Answer:
    name = f"{found.round.slug}-{what}-{found.on.isoformat()}"
    return exports.file_answer(name, exports.form_of(request), page)


def _telling(found: Results, told: str) -> Callable[[int], list[str]]:
    """Of which round and which day it is, and over how many plans."""
    demo = ["Verzonnen voor de demonstratie."] if found.round.is_demo else []
    return lambda count: [
        f"{found.round.name}, stand op {long_date(found.on)}, {number(count)} rijen.",
        f"{number(found.total)} plannen met een gepubliceerde evaluatie, met {found.round.rubric}.",
        told,
        *demo,
    ]


def _spread(_request: HttpRequest, found: Results) -> Page:
    rows = listed(found) if found.total else iter(())
    return Page("Verdeling", exports.headed(SPREAD, SPREAD), rows, _telling(found, "Alle criteria."))


def _kinds(request: HttpRequest, found: Results) -> Page:
    hides = not common.works_on_it(reader(request))
    told = OF_A_KIND + (TOGETHER.format(number(scoring.fewest())) if hides else "")
    table = per_kind(found, hide_small=hides)
    return _page(
        "Per soort", table, "Het aantal plannen van deze soort staat erachter.", _telling(found, told)
    )


def _beside(request: HttpRequest, found: Results) -> Page:
    before = chosen(request, other_rounds(request, found))
    if before is None:
        raise Http404
    comparison = compared(found, before)
    return _page("Naast een andere ronde", comparison.table, OF_A_KIND, _telling(found, comparison.note))


def _page(name: str, table: FrozenTable, of_others: str, told: Callable[[int], Sequence[str]]) -> Page:
    """A table of a page, its first column the criteria; what is a number is one in the file."""
    first, *others = table.header
    columns = [
        Column(first.lower(), CRITERION, derived=True),
        *(Column(heading, of_others, derived=True) for heading in others),
    ]
    return Page(name, columns, _cells(table), told)


def _cells(table: FrozenTable) -> Iterator[list[object]]:
    for name, *cells in table.rows:
        yield [name, *map(_cell, cells)]


def _cell(text: str) -> object:
    if text == "–":
        return None
    return float(text.replace(",", ".").replace("−", "-")) if DECIMAL.fullmatch(text) else text


_MADE: dict[str, Callable[[HttpRequest, Results], Page]] = {
    "verdeling": _spread,
    "per-soort": _kinds,
    "andere-ronde": _beside,
}
