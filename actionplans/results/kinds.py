"""The results per kind of organisation; who may not see scores never gets a group that is too small."""

from __future__ import annotations

from actionplans.models import Criterion, CriterionKind
from actionplans.results.gathering import Results
from actionplans.results.spreading import mean
from actionplans.scoring import fewest
from mvi_portal.core.numbers import number
from mvi_portal.core.printing.frozen import FrozenTable

OTHERS = "overige soorten samen"


def per_kind(found: Results, *, hide_small: bool) -> FrozenTable:
    """Each criterion with, per kind, how many plans said yes, or the average step or number of points."""
    groups = merged(found.kinds) if hide_small else found.kinds
    columns = [(label, keys) for label, keys in groups.items()]
    header = ("Criterium", *(f"{label} ({number(len(keys))})" for label, keys in columns))
    rows = tuple(
        (item.name, *(_told(item, found.of(item, keys)) for _label, keys in columns)) for item in found.scored
    )
    return FrozenTable(
        "Per soort organisatie: hoeveel plannen ja, of gemiddeld", header, rows, tuple(range(1, len(header)))
    )


def merged(groups: dict[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """The small groups go together, with so many of the next ones that the whole is no longer small.

    Otherwise a small group could be found by taking the others off the total.
    """
    few = fewest()
    by_size = sorted(groups.items(), key=lambda item: (len(item[1]), item[0]))
    together: dict[str, frozenset[int]] = {}
    for label, keys in by_size:
        held = sum(map(len, together.values()))
        if len(keys) < few or 0 < held < few:
            together[label] = keys
    if not together:
        return groups
    kept = {label: keys for label, keys in groups.items() if label not in together}
    return {**kept, OTHERS: frozenset().union(*together.values())}


def _told(criterion: Criterion, values: list[int]) -> str:
    if not values:
        return "–"
    if criterion.kind == CriterionKind.YES_NO:
        return f"{number(sum(values))} van {number(len(values))}"
    return mean(values)
