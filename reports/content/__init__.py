"""What a letter freezes: everything that is printed, from one moment of the database.

The number of queries depends on how many figures there are and what the letter asks, never on how many
organisations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mvi_portal.core.figures import registry
from reports.content.checks import figure_problems, text_problems, unknown_figures
from reports.content.demands import Demand, demands_of
from reports.content.figures import Figures
from reports.content.parties import Parties
from reports.content.snapshot import snapshot
from reports.content.tables import frozen_annex
from reports.errors import LetterError
from reports.frozen import FrozenLetter, FrozenSection
from reports.models import Annex, Letter, LetterVersion, Section

__all__ = ["Draft", "collect", "draft", "gather"]


def collect(version: LetterVersion) -> FrozenLetter:
    """The content of the version, in one repeatable-read pass of its own.

    Raises LetterError with every problem at once.
    """
    with snapshot():
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
    """A letter as it would be frozen now, and what keeps it from being built: Dutch sentences."""

    letter: FrozenLetter
    problems: list[str]


def draft(letter_id: int, *, section: Section | None = None) -> Draft:
    """The texts, or one of them, with the figures on the letter's reference date; without the annexes."""
    letter = _whole(letter_id)
    return _draft(letter, [section] if section else _sections(letter), [], on=letter.reference_date)


def _whole(letter_id: int) -> Letter:
    return Letter.objects.select_related("frame", "previous", "sender", "addressee").get(pk=letter_id)


def _sections(letter: Letter) -> list[Section]:
    return list(letter.sections.select_related("line").order_by("order"))


def _draft(letter: Letter, sections: list[Section], annexes: Iterable[Annex], *, on: date) -> Draft:
    demands, problems = demands_of(sections)
    known = [demand for demand in demands if demand.key in registry]
    figures = Figures(on=on, since=letter.counts_from, charts=_charts(known))
    parties = Parties(letter)
    problems += [
        *text_problems(letter, sections),
        *unknown_figures(demands),
        *figure_problems(known, figures),
        *parties.problems,
    ]
    return Draft(_frozen(letter, sections, annexes, figures, parties), problems)


def _frozen(
    letter: Letter, sections: list[Section], annexes: Iterable[Annex], figures: Figures, parties: Parties
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
        is_demo=letter.is_demo or figures.made_up,
        reference=letter.reference,
        sender=parties.sender,
        co_senders=parties.co_senders,
        addressee=parties.addressee,
        salutation=letter.salutation,
        closing=letter.closing,
        sections=tuple(_section(section) for section in sections),
        figures=figures.frozen,
        annexes=tuple(frozen_annex(annex, figures) for annex in annexes),
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
