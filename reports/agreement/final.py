"""What a letter needs to become final, and which of its versions can be signed and sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from mvi_portal.core.printing import house
from reports.agreement.board import board_of
from reports.agreement.line import line_of
from reports.composing.standard import UNFINISHED, begun, reference_of
from reports.frozen import FrozenLetter, from_json
from reports.models import Letter, LetterVersion
from reports.models.versions import LetterVersionQuerySet
from reports.states import Told

FREEZE = Told(
    "Bevries eerst de cijfers: wat wordt ondertekend, hoort bij cijfers die vastliggen.",
    "reports:letter-freeze",
    "Cijfers bevriezen",
)
PRINT = "Bouw eerst de brief: er is nog geen versie van de tekst van nu."
SIGN = Told(
    f"Er is nog geen versie zonder {house.CONCEPT} om te ondertekenen, met de laatste tekst en de laatste "
    "bevroren cijfers. Bouw de brief nog een keer, of maak het pakket.",
    "reports:letter-parcels",
    "Pakket",
)
_AGAIN = "Bouw de brief nog een keer en laat die versie ondertekenen."


class Final:
    """The letter as it is to be signed: its newest freeze, and the texts that all agreed with."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    @cached_property
    def freeze(self) -> int | None:
        """The key of the newest."""
        return self.letter.freezes.order_by("-number").values_list("pk", flat=True).first()

    @cached_property
    def texts(self) -> list[str]:
        return list(self.letter.sections.order_by("order").values_list("text", flat=True))

    @cached_property
    def reference(self) -> str:
        return reference_of(self.letter)

    @property
    def printed(self) -> LetterVersionQuerySet:
        """What was built on the letter's own reference date, the newest first."""
        rows: Any = LetterVersion.objects.ready().filter(letter=self.letter, what_if=False)
        found: LetterVersionQuerySet = rows.order_by("-number")
        return found

    def says_the_text(self, version: LetterVersion) -> bool:
        return self._says(from_json(version.content))

    def _says(self, printed: FrozenLetter) -> bool:
        return [part.html for part in printed.sections] == self.texts

    def why_not(self, version: LetterVersion) -> str:
        """Why the version cannot be the one that is sent; empty when it can."""
        printed = from_json(version.content)
        if printed.is_concept:
            why = f"zegt nog {house.CONCEPT}: zij is gebouwd voordat de brief definitief was"
        elif version.freeze_id is None or version.freeze_id != self.freeze:
            why = "heeft andere cijfers dan de laatste bevriezing"
        elif version.what_if or not self._says(printed):
            why = "heeft een andere tekst dan de brief"
        elif printed.reference != self.reference:
            why = "heeft een ander kenmerk dan de brief"
        else:
            return ""
        return Told(f"Versie {version.number} {why}. {_AGAIN}", "reports:letter-parcels", "Pakket")

    @property
    def signable(self) -> Iterator[LetterVersion]:
        """The newest first; each is read when it is asked for."""
        if self.freeze is not None:
            rows = self.printed.filter(freeze=self.freeze)
            yield from (version for version in rows.iterator() if not self.why_not(version))


def frozen(letter: Letter) -> Iterator[str]:
    """The figures are fixed, and are those of the text on which all agreed and that was decided on."""
    if Final(letter).freeze is None:
        yield FREEZE
    yield from board_of(letter).missing
    yield from line_of(letter).missing


def referenced(letter: Letter) -> Iterator[str]:
    """Nothing is signed whose number is still to come."""
    if begun(letter, letter.reference):
        told = UNFINISHED.format(letter.reference.strip())
        yield Told(told, "reports:letter-reference", "Ons kenmerk")


def printed(letter: Letter) -> Iterator[str]:
    """That it can be printed appears before it is final."""
    final = Final(letter)
    newest = final.printed.first()
    if newest is None or not final.says_the_text(newest):
        yield PRINT


def signable(letter: Letter) -> Iterator[str]:
    if next(Final(letter).signable, None) is None:
        yield SIGN
