"""Live figures: one without a value, and one that was published otherwise before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitoring.compared import DIFFERS
from mvi_portal.core import prose
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from reports.checks.findings import Finding, Weight
from reports.checks.subject import Subject
from reports.content import series_asked
from reports.content.checks import figure_problems, unknown_figures
from reports.frozen import FrozenFigure, FrozenLetter
from reports.models import CheckKey, Written

_SENT = "Kijk bij die brief wat er sindsdien is veranderd. Leg het uit in de tekst, of zet dit opzij."


def without_value(subject: Subject) -> Iterator[Finding]:
    """What the register cannot truly say, in the form that the text asks for."""
    for index, section in enumerate(subject.texts):
        try:
            prose.nodes(section.text)
        except prose.ProseError as error:
            yield _stuck(section, str(error))
            continue
        demands = subject.demands[index]
        known = [item for item in demands if item.key in registry]
        series = series_asked(subject.letter, demands).problems(demands)
        for problem in (*unknown_figures(demands), *figure_problems(known, subject.asked), *series):
            yield _stuck(section, _bare(problem))


def _stuck(section: Written, told: str) -> Finding:
    advice = "Kies een ander cijfer of een andere vorm."
    return Finding(CheckKey.FIGURE_WITHOUT_VALUE, Weight.ERROR, told, advice, section)


def _bare(problem: str) -> str:
    """Without the section, which stands beside it."""
    told = problem.partition("', bij ")[2] or problem.partition("' staat ")[2]
    return f"{told[:1].upper()}{told[1:]}" if told else problem


def published_otherwise(subject: Subject) -> Iterator[Finding]:
    """A figure that this letter says, of which an earlier document said something else for its day.

    What letters said that the portal sent counts as published, on the days that this letter compares.
    """
    yield from _stated_otherwise(subject)
    yield from _sent_otherwise(subject)


def _sent_otherwise(subject: Subject) -> Iterator[Finding]:
    for index, section in enumerate(subject.texts):
        for key in dict.fromkeys(item.key for item in subject.demands[index] if item.key in registry):
            for letter in subject.sent:
                printed, now = letter.figures.get(key), _now(subject, key, letter.reference_date)
                if printed and now is not None and printed.value != now:
                    told = _said_otherwise(letter, printed, now)
                    yield Finding(CheckKey.PUBLISHED_OTHERWISE, Weight.ERROR, told, _SENT, section)


def _said_otherwise(letter: FrozenLetter, printed: FrozenFigure, now: int) -> str:
    day = long_date(letter.reference_date)
    return (
        f"‘{printed.label}’ is eerder anders gepubliceerd: de verzonden brief ‘{letter.title}’ van "
        f"{long_date(letter.dated)} zegt {number(printed.value)} op {day}, het register telt nu "
        f"{number(now)} op die dag."
    )


def _now(subject: Subject, key: str, day: date) -> int | None:
    """What the register says of the day of the letter, or of the day that it compares with."""
    figure = subject.asked.frozen.get(key)
    if figure is None:
        return None
    return figure.value if day == subject.on else figure.previous


def _stated_otherwise(subject: Subject) -> Iterator[Finding]:
    seen: set[tuple[int, int]] = set()
    for index, section in enumerate(subject.texts):
        keys = {item.key for item in subject.demands[index]}
        for row in subject.published_before:
            found = subject.compared[row.pk]
            if row.figure_key not in keys or found.verdict != DIFFERS or (index, row.pk) in seen:
                continue
            seen.add((index, row.pk))
            told = (
                f"‘{found.label}’ is eerder anders gepubliceerd: {row.document} ({row.dated}) zegt "
                f"‘{row.wording}’ over {row.refers_on}, het register telt {number(found.register or 0)} "
                f"op {long_date(row.refers_on.last_day)}."
            )
            if row.remark:
                advice = f"De verklaring: {row.remark}"
                yield Finding(CheckKey.PUBLISHED_OTHERWISE, Weight.NOTE, told, advice, section)
            else:
                advice = "Leg bij ‘Gepubliceerde cijfers’ uit waarom, of leg het uit in de tekst."
                yield Finding(CheckKey.PUBLISHED_OTHERWISE, Weight.ERROR, told, advice, section)
