"""How the scores of a round are spread: per theme and per criterion, as charts with their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actionplans.models import Criterion, CriterionKind
from actionplans.results.gathering import Results
from actionplans.scoring import STEPS
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenTable
from mvi_portal.core.spreads import Spread

WHOLE = "Het hele plan"
STEP_SCALE = tuple(f"stap {step}" for step in STEPS)
YES_NO = ("ja", "nee", "geen oordeel")


@dataclass(frozen=True)
class Part:
    """What belongs together: the steps per theme, or the questions of one theme."""

    title: str
    spreads: tuple[Spread, ...]
    tables: tuple[FrozenTable, ...] = ()


def parts(found: Results) -> list[Part]:
    """First the steps of all themes together, then the other criteria of each theme and of the whole plan."""
    if not found.total:
        return []
    steps = [item for item in found.scored if item.kind == CriterionKind.FIVE_STEP]
    rows = tuple((_called(item), _steps(found, item)) for item in steps)
    overview = [Part("Stappen", (Spread("Plannen per stap", "plannen", STEP_SCALE, rows),))] if rows else []
    return [*overview, *(part for title, items in _groups(found) if (part := _part(found, title, items)))]


def _called(criterion: Criterion) -> str:
    return criterion.theme.name if criterion.theme else criterion.name


def _groups(found: Results) -> Iterator[tuple[str, list[Criterion]]]:
    """The criteria by theme, in the order of the rubric."""
    groups: dict[str, list[Criterion]] = {}
    for item in found.scored:
        groups.setdefault(item.theme.name if item.theme else WHOLE, []).append(item)
    yield from groups.items()


def _part(found: Results, title: str, criteria: Sequence[Criterion]) -> Part | None:
    questions = [item for item in criteria if item.kind == CriterionKind.YES_NO]
    points = [item for item in criteria if item.kind == CriterionKind.POINTS]
    rows = tuple((item.name, _answers(found, item)) for item in questions)
    spreads = (Spread(title, "plannen", YES_NO, rows),) if rows else ()
    tables = (_points(found, title, points),) if points else ()
    return Part(title, spreads, tables) if spreads or tables else None


def listed(found: Results) -> Iterator[tuple[str, str, str, str, float | None]]:
    """Each number of the spread by itself, in the order of the rubric: of what, by which scale, on what."""
    for item in found.scored:
        theme = item.theme.name if item.theme else ""
        for answer, value in _outcomes(found, item):
            yield theme, item.name, CriterionKind(item.kind).label, answer, value


def _outcomes(found: Results, criterion: Criterion) -> Iterator[tuple[str, float | None]]:
    if criterion.kind == CriterionKind.FIVE_STEP:
        yield from zip(STEP_SCALE, _steps(found, criterion), strict=True)
    elif criterion.kind == CriterionKind.YES_NO:
        yield from zip(YES_NO, _answers(found, criterion), strict=True)
    else:
        yield from _scored_points(criterion, found.of(criterion))


def _scored_points(criterion: Criterion, values: Sequence[int]) -> Iterator[tuple[str, float | None]]:
    yield "laagste", min(values, default=None)
    yield "gemiddeld", round(sum(values) / len(values), 1) if values else None
    yield "hoogste", max(values, default=None)
    yield "te halen", criterion.max_points or 0
    yield "plannen met punten", len(values)


def _steps(found: Results, criterion: Criterion) -> tuple[int, ...]:
    counts = Counter(found.of(criterion))
    return tuple(counts[step] for step in STEPS)


def _answers(found: Results, criterion: Criterion) -> tuple[int, int, int]:
    counts = Counter(found.of(criterion))
    return counts[1], counts[0], found.total - counts.total()


def _points(found: Results, title: str, criteria: Sequence[Criterion]) -> FrozenTable:
    header = ("Criterium", "Laagste", "Gemiddeld", "Hoogste", "Te halen", "Plannen")
    rows = tuple(_line(item, found.of(item)) for item in criteria)
    return FrozenTable(f"Punten: {title}", header, rows, (1, 2, 3, 4, 5))


def _line(criterion: Criterion, values: Sequence[int]) -> tuple[str, ...]:
    if not values:
        return (criterion.name, "–", "–", "–", number(criterion.max_points or 0), "0")
    told = (number(min(values)), mean(values), number(max(values)))
    return (criterion.name, *told, number(criterion.max_points or 0), number(len(values)))


def mean(values: Sequence[int]) -> str:
    """With one decimal, as Dutch prints it."""
    return f"{sum(values) / len(values):.1f}".replace(".", ",")
