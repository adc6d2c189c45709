"""What a letter freezes: everything that is printed, from one moment of the database.

The number of queries depends on how many figures there are and what the letter asks, never on how many
organisations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mvi_portal.core.figures import registry
from reports.composing.standard import reference_of
from reports.content.checks import (
    figure_problems,
    frozen_problems,
    text_problems,
    unfrozen_figures,
    unknown_figures,
)
from reports.content.demands import Demand, demands_of
from reports.content.figures import Figures, frozen_figures, live_figures, read_once
from reports.content.freezing import frozen_register
from reports.content.parties import Parties
from reports.content.series import Series, asked_series, names_of_series
from reports.content.snapshot import snapshot
from reports.content.tables import frozen_annex
from reports.errors import LetterError
from reports.frozen import FrozenAnnex, FrozenLetter, FrozenSection
from reports.frozen_register import FrozenParties, FrozenRegister, from_json
from reports.models import Annex, Freeze, Letter, LetterVersion, Section

__all__ = [
    "Draft",
    "collect",
    "draft",
    "figures_of",
    "gather",
    "names_of_series",
    "newest",
    "read_once",
    "register_of",
    "series_asked",
    "unknown_figures",
]


def collect(version: LetterVersion) -> FrozenLetter:
    """The content of the version, in one repeatable-read pass of its own; tells the version its freeze.

    Raises LetterError with every problem at once.
    """
    with snapshot():
        version.freeze = None if version.what_if else newest(version.letter_id)
        return gather(version.letter_id, on=version.reference_date)


def gather(letter_id: int, *, on: date) -> FrozenLetter:
    """The same within the caller's transaction. Raises LetterError."""
    letter = _whole(letter_id)
    drawn = _draft(letter, _sections(letter), letter.annexes.order_by("number"), on=on)
    if drawn.problems:
        raise LetterError(drawn.problems)
    return drawn.letter


@dataclass(frozen=True)
class Draft:
    """A letter as it would be printed now, and what keeps it from being built: Dutch sentences."""

    letter: FrozenLetter
    problems: list[str]


def draft(letter_id: int, *, section: Section | None = None) -> Draft:
    """The texts, or one of them, with the figures on the letter's reference date; without the annexes."""
    letter = _whole(letter_id)
    return _draft(letter, [section] if section else _sections(letter), [], on=letter.reference_date)


def figures_of(letter: Letter, demands: list[Demand]) -> tuple[Figures, list[str]]:
    """The figures of the lines that are asked of, frozen or else of now; and what they cannot say."""
    charts, freeze = _charts(demands), newest(letter.pk)
    if freeze:
        figures = frozen_figures(from_json(freeze.content), charts)
        return figures, [*(list(unfrozen_figures(demands, figures)) or figure_problems(demands, figures))]
    lines = {registry.get(item.key).line for item in demands}
    figures = live_figures(on=letter.reference_date, since=letter.counts_from, charts=charts, lines=lines)
    return figures, [*figure_problems(demands, figures)]


def series_asked(letter: Letter, demands: list[Demand]) -> Series:
    """The indicators that are drawn, frozen or else of now."""
    freeze = newest(letter.pk) if any(demand.is_series for demand in demands) else None
    return asked_series(demands, letter.reference_date, from_json(freeze.content) if freeze else None)


def register_of(letter_id: int) -> FrozenRegister:
    """What would be frozen for the letter now, within the caller's transaction.

    Raises LetterError when it is not known who sends the letter to whom.
    """
    letter = _whole(letter_id)
    demands, _problems = demands_of(_sections(letter))
    return frozen_register(letter, _charts([demand for demand in demands if demand.key in registry]))


def newest(letter_id: int) -> Freeze | None:
    """What the letter is printed from; None while nothing was frozen."""
    return Freeze.objects.filter(letter=letter_id).order_by("-number").first()


def _whole(letter_id: int) -> Letter:
    return Letter.objects.select_related("frame", "previous", "sender", "addressee").get(pk=letter_id)


def _sections(letter: Letter) -> list[Section]:
    return list(letter.sections.select_related("line").order_by("order"))


def _draft(letter: Letter, sections: list[Section], annexes: Iterable[Annex], *, on: date) -> Draft:
    demands, problems = demands_of(sections)
    known = [demand for demand in demands if demand.key in registry]
    freeze = newest(letter.pk) if on == letter.reference_date else None
    problems += [*text_problems(letter, sections), *unknown_figures(demands)]
    if freeze:
        register = from_json(freeze.content)
        figures, parties, kept = frozen_figures(register, _charts(known)), register.parties, register.tables
        series = asked_series(demands, on, register)
        gaps = [*frozen_problems(letter, register), *unfrozen_figures(known, figures)]
        problems += gaps or figure_problems(known, figures)
    else:
        figures, kept = live_figures(on=on, since=letter.counts_from, charts=_charts(known)), {}
        found, series = Parties(letter), asked_series(demands, on)
        parties = found.frozen
        problems += [*figure_problems(known, figures), *found.problems]
    problems += series.problems(demands)
    shown = [frozen_annex(item, figures, kept) for item in annexes]
    return Draft(_frozen(letter, sections, shown, figures, parties, series), problems)


def _frozen(
    letter: Letter,
    sections: list[Section],
    annexes: Iterable[FrozenAnnex],
    figures: Figures,
    parties: FrozenParties,
    series: Series,
) -> FrozenLetter:
    return FrozenLetter(
        name=letter.slug,
        title=letter.title,
        dated=letter.dated,
        reference_date=figures.on,
        since=letter.counts_from,
        since_title=letter.previous.title if letter.previous else "",
        plan=letter.frame.plan_title,
        what_if=figures.on != letter.reference_date,
        is_demo=letter.is_demo or figures.made_up or any(item.is_demo for item in series.found.values()),
        is_concept=letter.stand.is_concept,
        marking=letter.get_marking_display() if letter.marking else "",
        reference=reference_of(letter),
        your_reference=letter.your_reference,
        sender=parties.sender,
        co_senders=parties.co_senders,
        addressee=parties.addressee,
        salutation=letter.salutation,
        closing=letter.closing,
        sections=tuple(_section(section) for section in sections),
        figures=figures.frozen,
        annexes=tuple(annexes),
        series=dict(series.found),
    )


def _charts(demands: list[Demand]) -> dict[str, date | None]:
    """Per figure the earliest day that a chart of it asks for; None leaves the beginning to the register."""
    charts: dict[str, date | None] = {}
    for demand in demands:
        if demand.is_chart:
            asked = [day for day in (charts.get(demand.key), demand.chart_from) if day]
            charts[demand.key] = min(asked, default=None)
    return charts


def _section(section: Section) -> FrozenSection:
    code = section.code or (section.line.code if section.line else "")
    return FrozenSection(code=code, title=section.title, html=section.text)
