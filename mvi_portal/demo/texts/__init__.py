"""The words of the demonstration letters: our own, with every number a live figure of the register.

A text is a section's heading and its HTML; the sections stand in the order of the letter.
"""

from __future__ import annotations

from dataclasses import dataclass

from mvi_portal.core.prose import FigureNode, Form


@dataclass(frozen=True)
class Text:
    """A section; `code` is that of the frame's line, and empty for the opening and the closing."""

    code: str
    html: str
    title: str = ""  # empty: the line's own title, or none


@dataclass(frozen=True)
class Count:
    """A figure in the forms that a sentence asks for: `{COUNT}`, `{COUNT.words}`."""

    key: str

    def __str__(self) -> str:
        return str(FigureNode(self.key, Form.NUMBER))

    @property
    def words(self) -> FigureNode:
        return FigureNode(self.key, Form.WORDS)

    @property
    def all(self) -> FigureNode:
        return FigureNode(self.key, Form.ALL)

    @property
    def change(self) -> FigureNode:
        return FigureNode(self.key, Form.CHANGE)

    @property
    def trend(self) -> FigureNode:
        return FigureNode(self.key, Form.TREND)

    @property
    def known(self) -> FigureNode:
        """With how complete the register is: "minstens 53", "zo'n 35"."""
        return FigureNode(self.key, Form.AT_LEAST)


MINISTRIES = Count("ondertekenaars.departementen")
PROVINCES = Count("ondertekenaars.provincies")
MUNICIPALITIES = Count("ondertekenaars.gemeenten")
WATER_AUTHORITIES = Count("ondertekenaars.waterschappen")
OTHERS = Count("ondertekenaars.overige")
ORGANISATIONS = Count("ondertekenaars.organisaties")
SIGNATURES = Count("ondertekenaars.handtekeningen")
GROUPS = Count("buyergroups.gestart")
EXPECTED = Count("actieplannen.verwacht")
RECEIVED = Count("actieplannen.ontvangen")
OVERDUE = Count("actieplannen.termijn_verstreken")
EVALUATED = Count("actieplannen.geevalueerd")

SIGNATORIES = tuple(
    item.key
    for item in (
        MINISTRIES, PROVINCES, MUNICIPALITIES, WATER_AUTHORITIES, OTHERS, ORGANISATIONS, SIGNATURES,
    )
)  # fmt: skip
PLANS = tuple(item.key for item in (EXPECTED, RECEIVED, OVERDUE, EVALUATED))
