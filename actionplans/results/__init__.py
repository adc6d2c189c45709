"""What a round found: how scores are spread, per kind of organisation, against an earlier round."""

from actionplans.results.comparing import Comparison, comparable_rounds, compared
from actionplans.results.gathering import Results, for_others, results, shown
from actionplans.results.kinds import per_kind
from actionplans.results.spreading import Part, listed, parts

__all__ = [
    "Comparison",
    "Part",
    "Results",
    "comparable_rounds",
    "compared",
    "for_others",
    "listed",
    "parts",
    "per_kind",
    "results",
    "shown",
]
