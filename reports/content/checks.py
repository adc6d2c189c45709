"""What keeps a letter from coming out: everything at once, each with the section and the figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from mvi_portal.core import prose
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.prose import Form
from reports.content.demands import Demand
from reports.content.figures import Figures
from reports.models import Letter, Section


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
        if demand.key not in registry:
            likely = get_close_matches(demand.key, [item.key for item in registry], n=1)
            hint = f" Bedoelt u '{likely[0]}'?" if likely else ""
            yield f"{_place(demand.where)} staat het cijfer '{demand.key}', maar dat bestaat niet.{hint}"


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
