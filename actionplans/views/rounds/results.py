"""What a round found: spread over the scale, per kind, beside an earlier round, and plans side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actionplans import scoring, tables
from actionplans.filters import LAST
from actionplans.models import EvaluationRound
from actionplans.results import (
    Part,
    Results,
    compared,
    parts,
    per_kind,
    results,
    shown,
)
from actionplans.views.rounds import common, exporting
from actionplans.views.rounds.beside import chosen, other_rounds, scores_of
from mvi_portal.accounts.permissions import reader
from mvi_portal.core import spreads
from mvi_portal.core.figures import registry
from mvi_portal.core.reference import on_of
from mvi_portal.core.tables import Cell, Column, Row, Table
from mvi_portal.core.templatetags.mvi import keep

RECEIVED = "actieplannen.ontvangen"
MOST = 6  # plans side by side that a page can hold


@require_safe
def round_results(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may not see scores of one organisation gets only what cannot tell them."""
    on, user, found = on_of(request), reader(request), common.found(slug)
    gathered, works = results(found, on=on), common.works_on_it(user)
    seen = gathered if works else shown(found, user, on=on)
    context = {
        **common.told(request, found, "Resultaten"),
        "on": on,
        "links": _links(request, gathered),
        "works": works,
        "shown": seen is not None,
        "spread_told": scoring.stays(seen.on) if seen and not works else "",
        "why_not": scoring.why_not(),
        **(_told(request, seen, works=works) if seen else {}),
    }
    return render(request, "actionplans/round_results.html", context)


def _told(request: HttpRequest, found: Results, *, works: bool) -> dict[str, Any]:
    others = other_rounds(request, found)
    before = chosen(request, others)
    other = before.round if before else None
    comparison = compared(found, before) if before else None
    return {
        "parts": [_drawn(part, index) for index, part in enumerate(parts(found))],
        "kinds": tables.shown(per_kind(found, hide_small=not works)) if found.total else None,
        "others": others,
        "other": other,
        "compared": tables.shown(comparison.table) if comparison else None,
        "note": comparison.note if comparison else "",
        **_files(request, found, other),
    }


def _files(request: HttpRequest, found: Results, other: EvaluationRound | None) -> dict[str, Any]:
    """What is shown, as files."""
    if not found.total:
        return {}
    beside = exporting.links(request, found, "andere-ronde", naast=other.slug) if other else []
    return {
        "spread_files": exporting.links(request, found, "verdeling"),
        "kind_files": exporting.links(request, found, "per-soort"),
        "beside_files": beside,
    }


def _drawn(part: Part, index: int) -> dict[str, Any]:
    """Each picture for a wide page and for a narrow one: the style sheet shows one of them."""
    pictures = [
        (
            spreads.svg(item, name=f"verdeling-{index}-{place}"),
            spreads.svg(item, name=f"verdeling-smal-{index}-{place}", layout=spreads.NARROW),
            spreads.table(item),
        )
        for place, item in enumerate(part.spreads)
    ]
    return {"title": part.title, "pictures": pictures, "tables": [tables.shown(item) for item in part.tables]}


def _links(request: HttpRequest, found: Results) -> dict[str, Any]:
    """The two numbers of "27 of 53", each with the address of its rows."""
    query = urlencode({"ronde": found.round.slug, "versie": LAST})
    return {
        "evaluated": found.total,
        "evaluated_url": keep(request, f"{reverse('actionplans:evaluation-list')}?{query}"),
        "received": registry.get(RECEIVED).value(found.on),
        "received_url": keep(request, reverse("core:definition-detail", args=[RECEIVED])),
    }


@require_safe
def round_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The scores of some plans side by side, for who may see those of every organisation."""
    common.worker(request)
    on, found = on_of(request), common.found(slug)
    gathered = results(found, on=on)
    asked = request.GET.getlist("plan")
    chosen = [item for item in gathered.evaluations if item.plan.slug in asked]
    context = {
        **common.told(request, found, "Naast elkaar"),
        "on": on,
        "choices": [
            (item.plan.slug, item.plan.title, item.plan.slug in asked) for item in gathered.evaluations
        ],
        "too_many": len(chosen) > MOST,
        "most": MOST,
        "table": _side_by_side(gathered, chosen[:MOST]) if chosen else None,
        "exports": exporting.compare_links(request, gathered),
    }
    return render(request, "actionplans/round_compare.html", context)


def _side_by_side(found: Results, chosen: list[Any]) -> Table:
    scores = scores_of(chosen)
    columns = (
        Column("criterion", "Criterium"),
        *(Column(f"plan-{item.pk}", item.plan.title) for item in chosen),
    )
    rows = [
        Row(
            [
                Cell(criterion.name),
                *(Cell(scoring.told(criterion, scores.get((item.pk, criterion.pk)))) for item in chosen),
            ]
        )
        for criterion in found.scored
    ]
    return Table("Scores naast elkaar", columns, rows, "Dit beoordelingskader heeft geen scores.")
