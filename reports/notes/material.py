"""What surrounds the plan, offered to a section of a decision note: of all lines, since the letter before."""

from __future__ import annotations

from mvi_portal.core.printing.nodes import Printer
from mvi_portal.core.prose.paragraphs import paragraphs
from reports.composing.material import Group, Materials
from reports.models import Letter
from reports.surroundings import Offer, Scope, covers, examples, moments, positions, programmes


def material(letter: Letter) -> Materials:
    """Only what there is; none of it says a figure."""
    scope = Scope(letter.reference_date, letter.counts_from, of_all_lines=True)
    groups = (
        Group("Standpunten", list(positions(scope))),
        Group("Voorbeelden", list(examples(scope))),
        Group("Instrumenten en programma's", list(programmes(scope))),
        Group("Communicatie", list(moments(scope))),
        Group("Financiële dekking", list(covers(scope, letter.frame))),
    )
    printer = Printer({}, on=scope.on, since=scope.since, is_dated=True)
    return Materials([group for group in groups if group.offers], printer)


def is_taken(offer: Offer, text: str) -> bool:
    """Whether all that is offered stands in the text, unchanged."""
    held = {block.sha256 for block in paragraphs(text)}
    return {block.sha256 for block in paragraphs(offer.html)} <= held
