"""Live figures: one without a value, and one that was published otherwise before."""

from __future__ import annotations

from collections.abc import Iterator

from mvi_portal.core import prose
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import registry
from mvi_portal.core.numbers import number
from reports.checks.findings import Finding, Weight
from reports.checks.subject import Subject
from reports.content.checks import figure_problems, unknown_figures
from reports.models import CheckKey


def without_value(subject: Subject) -> Iterator[Finding]:
    """What the register cannot truly say, in the form that the text asks for."""
    for index, section in enumerate(subject.sections):
        try:
            prose.nodes(section.text)
        except prose.ProseError as error:
            yield _stuck(section, str(error))
            continue
        demands = subject.demands[index]
        known = [item for item in demands if item.key in registry]
        for problem in (*unknown_figures(demands), *figure_problems(known, subject.asked)):
            yield _stuck(section, _bare(problem))


def _stuck(section: object, told: str) -> Finding:
    advice = "Kies een ander cijfer of een andere vorm."
    return Finding(CheckKey.FIGURE_WITHOUT_VALUE, Weight.ERROR, told, advice, section)  # type: ignore[arg-type]


def _bare(problem: str) -> str:
    """Without the section, which stands beside it."""
    told = problem.partition("', bij ")[2] or problem.partition("' staat ")[2]
    return f"{told[:1].upper()}{told[1:]}" if told else problem


def published_otherwise(subject: Subject) -> Iterator[Finding]:
    """A figure that this letter says, of which an earlier document said something else for its day."""
    seen: set[tuple[int, int]] = set()
    for index, section in enumerate(subject.sections):
        keys = {item.key for item in subject.demands[index]}
        for row in subject.published_before:
            found = subject.compared[row.pk]
            if row.figure_key not in keys or found.verdict != "verschil" or (section.pk, row.pk) in seen:
                continue
            seen.add((section.pk, row.pk))
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
