"""Checks that are always on: what is the matter with a letter or its notes, where, and what to do about it.

Each check is one small function under a stable key. What it finds can be put aside, with a reason and by
name; another text there, and it is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from reports.checks.figures import published_otherwise, without_value
from reports.checks.findings import ORDER, Finding, Weight
from reports.checks.names import of_another_date, of_people
from reports.checks.numbers import typed_numbers
from reports.checks.subject import Subject, note_texts
from reports.checks.writing import doubtful_citations, open_commitments, without_text
from reports.models import CheckKey, Letter, Waiver, Written

__all__ = ["CHECKS", "Checked", "Finding", "Weight", "checked", "open_errors", "open_errors_of_notes"]

CHECKS: dict[CheckKey, Callable[[Subject], Iterable[Finding]]] = {
    CheckKey.WITHOUT_TEXT: without_text,
    CheckKey.TYPED_NUMBER: typed_numbers,  # before what asks for less of the register than it may
    CheckKey.FIGURE_WITHOUT_VALUE: without_value,
    CheckKey.PUBLISHED_OTHERWISE: published_otherwise,
    CheckKey.CITATION: doubtful_citations,
    CheckKey.COMMITMENT: open_commitments,
    CheckKey.NAME_OF_DATE: of_another_date,
    CheckKey.PERSON: of_people,
}


ALL = frozenset(CheckKey)
NEVER_ERRORS = frozenset({CheckKey.COMMITMENT, CheckKey.NAME_OF_DATE})  # what they find keeps nobody waiting


@dataclass(frozen=True)
class Checked:
    """A finding, and the waiver by which it was put aside, if it was."""

    finding: Finding
    waiver: Waiver | None

    @property
    def is_open(self) -> bool:
        return self.waiver is None


def checked(
    letter: Letter, texts: Sequence[Written] | None = None, *, without: Set[CheckKey] = frozenset()
) -> list[Checked]:
    """All that was found in the letter and its notes, the worst first.

    Of some of the texts only what can be seen in them alone. Checks that are named in `without` are not done.
    """
    subject = Subject(letter, texts)
    waivers = {(row.check_key, row.anchor): row for row in letter.waivers.select_related("by")}
    found = {finding.anchor: finding for finding in _found(subject, without)}.values()
    places: dict[Written, int] = {text: place for place, text in enumerate(subject.texts)}
    ordered = sorted(found, key=lambda item: (ORDER.index(item.weight), _place(item, places)))
    return [Checked(item, waivers.get((item.check.value, item.anchor))) for item in ordered]


def open_errors(letter: Letter) -> list[str]:
    """What must be mended or put aside before anybody is asked to agree: Dutch sentences."""
    return _errors(checked(letter, without=NEVER_ERRORS))


def open_errors_of_notes(letter: Letter, *, only: Set[CheckKey] = ALL) -> list[str]:
    """The same of the decision notes alone: a note can be made, or changed, after that."""
    texts = note_texts(letter)
    return _errors(checked(letter, texts, without=NEVER_ERRORS | (ALL - only))) if texts else []


def _errors(found: list[Checked]) -> list[str]:
    return [item.finding.line for item in found if item.is_open and item.finding.is_error]


def _found(subject: Subject, without: Set[CheckKey]) -> Iterator[Finding]:
    for key, check in CHECKS.items():
        if key not in without:
            yield from check(subject)


def _place(item: Finding, places: Mapping[Written, int]) -> int:
    return places.get(item.section, -1) if item.section and item.section.pk else -1
