"""The report of a round as HTML: its findings, the spread of its scores, and which plans it was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actionplans import livefigures
from actionplans.models import EvaluationRound
from actionplans.results import (
    Comparison,
    Part,
    Results,
    compared,
    for_others,
    parts,
    per_kind,
    results,
)
from actionplans.results.kinds import merged
from actionplans.scoring import fewest, interim
from mvi_portal.core import spreads
from mvi_portal.core.dates import long_date
from mvi_portal.core.numbers import number
from mvi_portal.core.printing import house, tables
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenTable

TOO_FEW = (
    "Er zijn minder dan {} plannen geëvalueerd. De verdeling staat daarom niet in dit verslag: zij "
    "zou de score van één organisatie kunnen verraden."
)
STAYS = (
    "Dit verslag geeft de stand van {}. Wat daarna is gepubliceerd of gecorrigeerd, telt niet mee. Zo blijft "
    "de score van één organisatie besloten."
)
NOT_BESIDE = "{} staat hier niet: van die ronde is er geen verdeling die iedereen mag zien."
INSIDE = "Alleen voor PIANOo en het secretariaat"
EXPLAINED = (
    "Per onderdeel ziet u hoeveel plannen welk oordeel kregen. De tabel onder een grafiek geeft dezelfde "
    "aantallen."
)


class ReportError(Exception):
    """What the report says cannot be printed; the message is Dutch, a line for each problem."""


@dataclass(frozen=True)
class PrintedPart:
    title: str
    html: SafeString


@dataclass(frozen=True)
class Report:
    """All that the template prints."""

    lead: str
    facts: SafeString
    findings: SafeString
    explained: str
    parts: Sequence[PrintedPart]
    kinds: SafeString
    kinds_note: str
    compared: SafeString
    compared_note: str
    plans: SafeString
    figures: Sequence[FrozenFigure]


def to_html(
    round_: EvaluationRound, *, on: date, against: EvaluationRound | None, plain: bool = False
) -> str:
    """The report as it would be printed on the day: what everybody may have, or marked as for us alone.

    Raises ReportError.

    `plain` is for a text document: the same words without the places on paper.
    """
    found, is_interim = _found(round_, on)
    told = {
        "head": _head(round_, on, is_interim=is_interim),
        "report": _report(found, against, on, is_interim=is_interim),
    }
    if plain:
        return render_to_string(
            "actionplans/print/plain.html", {**told, "body": "actionplans/print/report_text.html"}
        )
    return render_to_string("actionplans/print/report.html", {**told, "dated": on})


def _found(round_: EvaluationRound, on: date) -> tuple[Results, bool]:
    """What everybody may have; else the state of the day, and whether it has a spread to keep inside."""
    if (shared := for_others(round_, on=on)) is not None:
        return shared, False
    found = results(round_, on=on)
    return found, found.total >= fewest()


def _beside(
    found: Results, against: EvaluationRound | None, on: date, *, is_interim: bool
) -> Comparison | None:
    """Beside the other round as far as who gets this report may see that."""
    if against is None or found.total < fewest():
        return None
    before = for_others(against, on=on)
    if before is None and is_interim:
        before = results(against, on=on)
    return compared(found, before) if before and before.total >= fewest() else None


def _head(round_: EvaluationRound, on: date, *, is_interim: bool) -> house.Head:
    demo = f"{house.DEMO}: plannen en scores in dit verslag zijn verzonnen."
    told = [(INSIDE, interim(round_))] if is_interim else []
    told += [(house.DEMO, demo)] if round_.is_demo else []
    return house.Head(
        sender=settings.EVALUATION_SENDER,
        title=f"Verslag van de {_lowered(round_.name)}",
        dated=on,
        addressee=(),
        marks=tuple(mark for mark, _notice in told),
        notices=tuple(notice for _mark, notice in told),
        logo=house.logo(),
    )


def _lowered(name: str) -> str:
    """Within a title: "Evaluatie mei 2024" as "evaluatie mei 2024"."""
    return name[:1].lower() + name[1:]


def _report(found: Results, against: EvaluationRound | None, on: date, *, is_interim: bool) -> Report:
    round_, comparison = found.round, _beside(found, against, on, is_interim=is_interim)
    printer = livefigures.printer(round_)
    findings = printer.passage(round_.findings, where="de bevindingen")
    if printer.problems:
        raise ReportError("\n".join(printer.problems))
    shown = found.total >= fewest()
    return Report(
        lead=_lead(found),
        facts=tables.of_rows([_facts(round_, found)]),
        findings=findings,
        explained=_explained(found, is_interim=is_interim),
        parts=[_printed(part, index) for index, part in enumerate(parts(found))] if shown else [],
        kinds=tables.of_rows([per_kind(found, hide_small=True)]) if shown and found.total else SafeString(),
        kinds_note=_kinds_note(found),
        compared=tables.of_rows([comparison.table]) if comparison else SafeString(),
        compared_note=_compared_note(comparison, against) if shown else "",
        plans=tables.of_rows([_plans(found)]),
        figures=list(printer.used.values()),
    )


def _lead(found: Results) -> str:
    chosen = found.round.evaluations.values("plan").distinct().count()
    plans = "1 actieplan" if chosen == 1 else f"{number(chosen)} actieplannen"
    return (
        f"In de {_lowered(found.round.name)} zijn {plans} gekozen om te evalueren. Van {number(found.total)} "
        f"is de evaluatie op {long_date(found.on)} gepubliceerd."
    )


def _facts(round_: EvaluationRound, found: Results) -> FrozenTable:
    told = (
        ("Beoordelingskader", str(round_.rubric)),
        ("Begin", str(round_.starts_on) if round_.starts_on else ""),
        ("Klaar op", long_date(round_.due_on) if round_.due_on else ""),
        ("Afgesloten op", long_date(round_.closed_on) if round_.closed_on else "de ronde loopt nog"),
        ("Gepubliceerde evaluaties", number(found.total)),
        ("Voorbeeld", "Dit kader is een voorbeeld van dit portaal." if round_.rubric.is_example else ""),
    )
    return FrozenTable("De ronde", ("Wat", "Gegeven"), tuple(pair for pair in told if pair[1]))


def _printed(part: Part, index: int) -> PrintedPart:
    pictures = format_html_join(
        "",
        '<div class="picture">{}{}{}</div>',
        (
            (
                _called(item.title, part),
                spreads.svg(item, name=f"verdeling-{index}-{place}"),
                spreads.table(item),
            )
            for place, item in enumerate(part.spreads)
        ),
    )
    return PrintedPart(part.title, format_html("{}{}", pictures, tables.of_rows(part.tables)))


def _called(title: str, part: Part) -> SafeString:
    """The picture's title, unless the heading above it says the same."""
    return SafeString() if title == part.title else format_html('<p class="picture-title">{}</p>', title)


def _explained(found: Results, *, is_interim: bool) -> str:
    if found.total < fewest():
        return TOO_FEW.format(number(fewest()))
    return EXPLAINED if is_interim else f"{EXPLAINED} {STAYS.format(long_date(found.on))}"


def _compared_note(comparison: Comparison | None, against: EvaluationRound | None) -> str:
    if comparison is not None:
        return comparison.note
    return NOT_BESIDE.format(against.name) if against else ""


def _kinds_note(found: Results) -> str:
    if merged(found.kinds) == found.kinds:
        return ""
    return f"Soorten met minder dan {number(fewest())} plannen staan samen in één kolom."


def _plans(found: Results) -> FrozenTable:
    rows = sorted((item.plan.title, str(item.evaluated_on or "")) for item in found.evaluations)
    return FrozenTable("Geëvalueerde actieplannen", ("Actieplan", "Geëvalueerd"), tuple(rows))
