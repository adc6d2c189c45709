"""What keeps a letter from coming out: everything at once, each with the section and the figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches

from mvi_portal.core import prose
from mvi_portal.core.dates import long_date, reference_dates
from mvi_portal.core.figures import registry
from mvi_portal.core.prose import Form
from reports.content.demands import Demand
from reports.content.figures import Figures
from reports.content.parties import chosen
from reports.frozen_register import FrozenRegister
from reports.models import Letter, Section

_AGAIN = "Bevries de cijfers opnieuw."


def text_problems(letter: Letter, sections: list[Section]) -> Iterator[str]:
    """A section without a word, or of another frame than the letter's."""
    if not sections:
        yield "De brief heeft nog geen secties."
    for section in sections:
        if not prose.plain_text(section.text) and "<mvi-" not in section.text:
            yield f"{_place(str(section))} staat nog niets."
        if section.line and section.line.frame_id != letter.frame_id:
            yield f"{_place(str(section))} staat een lijn van een ander kader dan dat van de brief."


def unknown_figures(demands: Iterable[Demand]) -> Iterator[str]:
    """Figures that the registry does not have, with what was perhaps meant."""
    for demand in demands:
        if demand.key not in registry and not demand.is_series:
            likely = get_close_matches(demand.key, [item.key for item in registry], n=1)
            hint = f" Bedoelt u '{likely[0]}'?" if likely else ""
            yield f"{_place(demand.where)} staat het cijfer '{demand.key}', maar dat bestaat niet.{hint}"


def frozen_problems(letter: Letter, register: FrozenRegister) -> Iterator[str]:
    """What the letter asks by now that its freeze does not hold."""
    if register.reference_date != letter.reference_date or register.since != letter.counts_from:
        day = long_date(register.reference_date)
        yield f"De cijfers zijn bevroren op peildatum {day}; de datums van de brief zijn nu anders. {_AGAIN}"
    if register.parties.chosen != chosen(letter):
        yield f"Afzender, medeafzenders of geadresseerde zijn na het bevriezen veranderd. {_AGAIN}"


def unfrozen_figures(demands: Iterable[Demand], figures: Figures) -> Iterator[str]:
    """Figures and charts that the texts ask for by now, and that the freeze does not hold."""
    for demand in demands:
        begun = figures.begun.get(demand.key)
        if demand.key not in figures.frozen:
            yield f"{_place(demand.where)}, bij '{_label(demand)}': dit cijfer is niet bevroren. {_AGAIN}"
        elif begun and demand.chart_from and _first(demand.chart_from, figures.on) < begun:
            told = f"bevroren is de reeks vanaf {long_date(begun)}"
            yield f"{_place(demand.where)}, bij '{_label(demand)}': {told}. {_AGAIN}"


def _first(start: date, on: date) -> date:
    """The first day that a series from the start shows."""
    return reference_dates(min(start, on), on)[0]


def figure_problems(demands: Iterable[Demand], figures: Figures) -> Iterator[str]:
    """What each place in the text asks, but the register cannot truly say."""
    seen: set[str] = set()
    for demand in demands:
        problem = _problem(demand, figures)
        if problem and (line := f"{_place(demand.where)}, bij '{_label(demand)}': {problem}") not in seen:
            seen.add(line)
            yield line


def _problem(demand: Demand, figures: Figures) -> str:
    if not figures.knows(demand.key, figures.on):
        return f"het register heeft op {long_date(figures.on)} nog niets om te tellen."
    if demand.compares:
        return _comparison(demand, figures)
    if demand.is_chart:
        return _chart(demand, figures)
    return _whole(demand, figures) if demand.form == Form.ALL else ""


def _comparison(demand: Demand, figures: Figures) -> str:
    since = figures.since
    if since is None:
        return "een verschil heeft een vorige brief nodig, of een datum om vanaf te tellen."
    if since >= figures.on:
        return f"er wordt vergeleken met {long_date(since)}, niet vóór de peildatum {long_date(figures.on)}."
    if not figures.knows(demand.key, since):
        begin = figures.begin(demand.key)
        first = f" van {long_date(begin)}" if begin else ""
        return f"er wordt vergeleken met {long_date(since)}, maar dat is vóór het eerste gegeven{first}."
    return ""


def _chart(demand: Demand, figures: Figures) -> str:
    start = figures.chart_start(demand.key)
    if start is None:
        return "geef de grafiek een begindatum."
    if start >= figures.on:
        return f"de grafiek begint op {long_date(start)}, niet vóór de peildatum {long_date(figures.on)}."
    return ""


def _whole(demand: Demand, figures: Figures) -> str:
    frozen = figures.frozen[demand.key]
    if frozen.population is None:
        return "dit cijfer kent geen geheel, dus 'alle' is niet te controleren."
    if frozen.value != frozen.population:
        return f"'alle' klopt niet: het zijn er {frozen.value} van de {frozen.population}."
    return ""


def _place(where: str) -> str:
    return f"In de sectie '{where}'"


def _label(demand: Demand) -> str:
    return registry.get(demand.key).label
