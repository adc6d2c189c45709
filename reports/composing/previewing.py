"""How one section reads while it is written: the very HTML that is printed, from only the figures it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from mvi_portal.core.figures import registry
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.prose import clean
from reports import content, render
from reports.content.demands import Demand, demands_of
from reports.frozen import FrozenSection
from reports.models import Section


@dataclass(frozen=True)
class Preview:
    """The section as it is printed; `problems` keep it from being built."""

    heading: str
    html: SafeString
    problems: list[str]
    figures: Mapping[str, FrozenFigure]


def preview(section: Section, text: str) -> Preview:
    """The text as it would stand in the letter; some ten queries for each line of the plan that it counts."""
    written = Section(
        pk=section.pk, letter=section.letter, title=section.title, code=section.code, text=clean(text)
    )
    demands, problems = demands_of([written])
    known: list[Demand] = [item for item in demands if item.key in registry]
    figures, found = content.figures_of(section.letter, known)
    problems += [*content.unknown_figures(demands), *found]
    printed = FrozenSection(code=section.code, title=section.title, html=written.text)
    part, unprintable = render.to_section(
        printed,
        figures.frozen,
        on=figures.on,
        since=section.letter.counts_from,
        is_dated=_says_figures_before(section),
    )
    return Preview(part.heading, part.html, problems or unprintable, figures.frozen)


def _says_figures_before(section: Section) -> bool:
    """Only behind the first figure of the letter is said on which day all figures hold."""
    earlier = section.letter.sections.filter(order__lt=section.order)
    return earlier.filter(text__contains="<mvi-figure").exists()
