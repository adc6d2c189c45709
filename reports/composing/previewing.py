"""How one section reads while it is written: the very HTML that is printed, from only the figures it says."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from django.utils.safestring import SafeString

from mvi_portal.core.figures import registry
from mvi_portal.core.printing.frozen import FrozenFigure
from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.prose import clean
from reports import content, render
from reports.content.demands import Demand, demands_of
from reports.content.figures import Figures
from reports.content.series import Series
from reports.frozen import FrozenSection
from reports.models import NoteSection, Section, Written
from reports.notes.freezing import section_of
from reports.render import notes


@dataclass(frozen=True)
class Preview:
    """The section as it is printed; `problems` keep it from being built."""

    heading: str
    html: SafeString
    problems: list[str]
    figures: Mapping[str, FrozenFigure]
    document: str = "de brief"


def preview(section: Written, text: str) -> Preview:
    """The text as it would stand in the letter, or in the internal edition of a note.

    Some ten queries for each line of the plan that it counts.
    """
    written = copy(section)
    written.text = clean(text)
    with content.read_once():
        return _preview(written)


def _preview(written: Written) -> Preview:
    demands, problems = demands_of([written])
    known: list[Demand] = [item for item in demands if item.key in registry]
    figures, found = content.figures_of(written.letter, known)
    series = content.series_asked(written.letter, demands)
    problems += [*content.unknown_figures(demands), *found, *series.problems(demands)]
    if isinstance(written, NoteSection):
        title, html, unprintable = _of_note(written, figures, series)
        return Preview(title, html, problems or unprintable, figures.frozen, "de nota")
    heading, html, unprintable = _of_letter(written, figures, series)
    return Preview(heading, html, problems or unprintable, figures.frozen)


def _of_letter(section: Section, figures: Figures, series: Series) -> tuple[str, SafeString, list[str]]:
    part, unprintable = render.to_section(
        FrozenSection(code=section.code, title=section.title, html=section.text),
        figures.frozen,
        on=figures.on,
        since=section.letter.counts_from,
        is_dated=_says_figures_before(section),
        series=series.found,
    )
    return part.heading, part.html, unprintable


def _of_note(section: NoteSection, figures: Figures, series: Series) -> tuple[str, SafeString, list[str]]:
    printer = Printer(
        figures.frozen,
        on=figures.on,
        since=section.letter.counts_from,
        document=notes.DOCUMENT,
        is_dated=_says_figures_before(section),
        series=series.found,
    )
    part, unprintable = notes.to_part(*section_of(section), printer)
    return part.title, part.html, unprintable


def _says_figures_before(section: Written) -> bool:
    """Only behind the first figure of the document is said on which day all figures hold."""
    rows = section.note.sections if isinstance(section, NoteSection) else section.letter.sections
    return rows.filter(order__lt=section.order, text__contains="<mvi-figure").exists()
