"""Numbers typed by hand, where a live figure of the register should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.models import PublishedFigure
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import Unit, registry
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenFigure, FrozenUnit
from reports.checks.findings import Finding, Weight, at
from reports.checks.subject import Subject
from reports.checks.typed import Typed, typed
from reports.models import CheckKey

CERTAIN = 3  # from here on a figure is probably what was meant
_STEM = 5


@dataclass(frozen=True)
class Guess:
    """A figure that the number may be, and how likely."""

    figure: FrozenFigure
    score: int
    stated: PublishedFigure | None  # the document that said the same number


def typed_numbers(subject: Subject) -> Iterator[Finding]:
    for passage in subject.passages:
        for words in (passage.words, *passage.notes):
            for item in typed(words):
                guess = probably(item, subject)
                if guess is None and item.is_word:
                    continue  # "twee stappen" counts nothing of ours
                weight = Weight.ERROR if guess else Weight.WARNING
                told = f"‘{item.shown}’ is met de hand getypt."
                if guess:
                    told += _explained(guess, subject)
                yield at(passage, CheckKey.TYPED_NUMBER, weight, told, _advice(guess))


def probably(item: Typed, subject: Subject) -> Guess | None:
    """The likeliest figure, if any is likely at all; the register is only asked when one may be."""
    keys = [figure.key for figure in registry if _named(item, figure.unit, _stated(figure.key, subject))]
    guesses = (_guess(item, subject.figures.frozen[key], subject) for key in keys)
    best = max(guesses, key=lambda guess: guess.score, default=None)
    return best if best and best.score >= CERTAIN else None


def _guess(item: Typed, figure: FrozenFigure, subject: Subject) -> Guess:
    """What is counted tells most; then whether the number is, was, or was said to be the figure's."""
    stated = _stated(figure.key, subject)
    same = _said(item, stated)
    nouns = _counted(figure.unit, stated)
    phrase = " ".join(item.behind)
    is_named = _has_noun(phrase, nouns)
    is_next = any(noun in " ".join(item.behind[:2]) for noun in nouns)
    score = (
        3 * is_named + is_next + 2 * (item.value in {figure.value, figure.previous}) + 3 * (same is not None)
    )
    stems = _stems(figure.label) - _stems(figure.unit.many)
    score += len(stems & (_stems(phrase) | _stems(" ".join(item.before))))
    return Guess(figure, score, same)


def _named(item: Typed, unit: Unit | FrozenUnit, stated: list[PublishedFigure]) -> bool:
    """Whether the number can be the figure's at all: what it counts is named, or a document said it."""
    return _has_noun(" ".join(item.behind), _counted(unit, stated)) or _said(item, stated) is not None


def _stated(key: str, subject: Subject) -> list[PublishedFigure]:
    return [row for row in subject.published if row.figure_key == key]


def _said(item: Typed, stated: list[PublishedFigure]) -> PublishedFigure | None:
    return next((row for row in stated if row.value == item.value and _alike(item, row)), None)


def _counted(unit: Unit | FrozenUnit, stated: list[PublishedFigure]) -> set[str]:
    """The words for what the figure counts, those of documents too."""
    return {unit.one, unit.many} | {noun for row in stated for noun in _nouns(row)}


def _has_noun(phrase: str, nouns: set[str]) -> bool:
    return any(re.search(rf"\b{re.escape(noun)}\b", phrase) for noun in nouns)


def _alike(item: Typed, row: PublishedFigure) -> bool:
    """Said of the same thing, in the document and here."""
    phrase = " ".join(item.behind)
    return any(re.search(rf"\b{re.escape(noun)}\b", phrase) for noun in _nouns(row))


def _nouns(row: PublishedFigure) -> set[str]:
    """What a document counted, in its own words: "64 deelnemers"."""
    words = re.findall(r"[a-zà-ÿ]+", row.wording.lower())
    return {words[-1]} if words and len(words[-1]) > _STEM else set()


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"[a-zà-ÿ]+", text.lower()) if len(word) > _STEM}


def _explained(guess: Guess, subject: Subject) -> str:
    """Which figure, what the register says of it, and which document said this number."""
    figure = guess.figure
    told = (
        f" Waarschijnlijk is dit het cijfer ‘{figure.label}’: het register telt "
        f"{number(figure.value)} op {long_date(subject.on)}."
    )
    if guess.stated is None:
        return told
    row, compared = guess.stated, subject.compared.get(guess.stated.pk)
    told += f" Dit getal staat als ‘{row.wording}’ in {row.document} ({row.dated}), over {row.refers_on}"
    if compared is not None and compared.register is not None:
        told += f"; het register telt {number(compared.register)} op {long_date(row.refers_on.last_day)}"
    return f"{told}. {row.remark}".strip() if row.remark else f"{told}."


def _advice(guess: Guess | None) -> str:
    if guess is None:
        return "Is dit een aantal uit het register, zet daar dan het cijfer. Anders kan dit opzij."
    return f"Zet het cijfer ‘{guess.figure.label}’ in de tekst, dan klopt het op de peildatum."
