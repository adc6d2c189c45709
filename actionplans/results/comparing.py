"""A round beside an earlier one, also when the rubric changed: only criteria that are mapped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actionplans.models import Criterion, CriterionKind, EvaluationRound
from actionplans.results.gathering import Results
from actionplans.results.spreading import mean
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenTable


@dataclass(frozen=True)
class Comparison:
    """The table, and in words what could not be compared."""

    table: FrozenTable
    note: str


def comparable_rounds(round_: EvaluationRound, *, on: date) -> list[EvaluationRound]:
    """Other rounds with something published by the day, the newest first."""
    known = EvaluationRound.objects.exclude(pk=round_.pk).select_related("rubric")
    published = known.filter(evaluations__published_on__lte=on).distinct()
    return list(published.order_by("-starts_on", "slug"))


def compared(found: Results, before: Results) -> Comparison:
    """The pairs in the order of this round's rubric; each round of the day that its reader sees."""
    pairs, left = _pairs(found.scored, before.scored)
    rows = tuple(_row(found, before, one, match) for one, match in pairs)
    earlier, later = before.round.name, found.round.name
    header = ("Criterium", earlier, later, "Verschil")
    table = FrozenTable(f"{later} naast {earlier}", header, rows, (1, 2, 3))
    return Comparison(table, _note(found, before, len(pairs), left))


def _pairs(
    ours: list[Criterion], theirs: list[Criterion]
) -> tuple[list[tuple[Criterion, Criterion]], list[Criterion]]:
    """Each of ours with the one of theirs that it is the same as, by whatever way; and what has none."""
    by_key = {item.pk: item for item in theirs}
    roots = _roots([*ours, *theirs])
    by_root = {roots[key]: item for key, item in by_key.items()}
    pairs, left = [], []
    for item in ours:
        match = by_root.get(roots[item.pk])
        if match is not None and (match.kind, match.max_points) == (item.kind, item.max_points):
            pairs.append((item, match))
        else:
            left.append(item)
    return pairs, left


def _roots(criteria: list[Criterion]) -> dict[int, int]:
    """Of each criterion the oldest that it leads back to; a rubric may have changed more than once."""
    leads: dict[int, int] = {}
    asked = {item.pk for item in criteria}
    while asked:
        found = Criterion.objects.filter(Q(pk__in=asked), mapped_to__isnull=False)
        new = dict(found.values_list("pk", "mapped_to"))
        asked = {target for target in new.values() if target is not None} - set(leads)
        leads |= {key: target for key, target in new.items() if target is not None}
    return {item.pk: _oldest(item.pk, leads) for item in criteria}


def _oldest(key: int, leads: dict[int, int]) -> int:
    seen = {key}
    while (following := leads.get(key)) is not None and following not in seen:
        seen.add(following)
        key = following
    return key


def _row(found: Results, before: Results, one: Criterion, match: Criterion) -> tuple[str, ...]:
    now, then = found.of(one), before.of(match)
    return one.name, _told(match, then), _told(one, now), _difference(one, now, then)


def _told(criterion: Criterion, values: list[int]) -> str:
    if not values:
        return "–"
    if criterion.kind == CriterionKind.YES_NO:
        share = f"{round(100 * sum(values) / len(values))}%"
        return f"{number(sum(values))} van {number(len(values))} ({share})"
    return mean(values)


def _difference(criterion: Criterion, now: list[int], then: list[int]) -> str:
    """In points of a percent for a yes or no, else in steps or points."""
    if not now or not then:
        return "–"
    difference = sum(now) / len(now) - sum(then) / len(then)
    if criterion.kind == CriterionKind.YES_NO:
        return _signed(f"{abs(round(100 * difference))}%-punt", difference)
    return _signed(f"{abs(difference):.1f}".replace(".", ","), round(difference, 1))


def _signed(told: str, difference: float) -> str:
    return f"+{told}" if difference > 0 else f"−{told}" if difference < 0 else told


def _note(found: Results, before: Results, pairs: int, left: list[Criterion]) -> str:
    if found.round.rubric_id == before.round.rubric_id:
        return "Beide rondes hebben hetzelfde beoordelingskader."
    told = (
        f"De rondes hebben een ander beoordelingskader. Alleen de {number(pairs)} criteria die aan elkaar "
        "zijn gekoppeld en dezelfde schaal hebben, staan hier."
    )
    if not left:
        return told
    names = ", ".join(item.name for item in left)
    return f"{told} Niet te vergelijken: {names}."
