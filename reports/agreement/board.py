"""Who takes part in the agreement on a letter, and how it stands with each, on the text of now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reports.agreement.comparing import Change, Choices, changes
from reports.agreement.reading import ReadText, from_content, text_of
from reports.frozen import FrozenLetter
from reports.models import Answer, Assent, AssentKind, Choice, Letter
from signatories.models import Organisation

TONES = {Answer.AGREED: "good", Answer.AGREED_IF: "warn", Answer.NOT_AGREED: "bad"}


@dataclass(frozen=True)
class Touched:
    """A change since the answer, and what was chosen for it; None: still to choose."""

    change: Change
    choice: Choice | None


@dataclass(frozen=True)
class Party:
    """A party with its name on the letter's date, and what was touched since it answered."""

    assent: Assent
    name: str
    short: str
    touched: tuple[Touched, ...] = field(default=())

    @property
    def is_assent(self) -> bool:
        return self.assent.kind == AssentKind.ASSENT

    @property
    def is_answered(self) -> bool:
        return bool(self.assent.answer)

    @property
    def to_ask_again(self) -> list[Change]:
        return [item.change for item in self.touched if item.choice is Choice.ASK]

    @property
    def to_choose(self) -> list[Change]:
        return [item.change for item in self.touched if item.choice is None]

    @property
    def has_to_answer(self) -> bool:
        return not self.is_answered or bool(self.to_ask_again)

    @property
    def is_positive(self) -> bool:
        """Agreed, or agreed under a condition that is met."""
        is_met = self.assent.answer == Answer.AGREED_IF and self.assent.met_on is not None
        return self.assent.answer == Answer.AGREED or is_met

    @property
    def is_settled(self) -> bool:
        return self.is_positive and not self.to_ask_again and not self.to_choose

    @property
    def state(self) -> str:
        """In a few words."""
        if not self.is_answered:
            return "gevraagd" if self.assent.is_asked else "nog niet gevraagd"
        if self.to_ask_again:
            return "gewijzigd sinds het antwoord"
        if self.to_choose:
            return "wijziging nog te beoordelen"
        met = ", voldaan" if self.assent.answer == Answer.AGREED_IF and self.assent.met_on else ""
        return f"{self.assent.get_answer_display()}{met}"

    @property
    def tone(self) -> str:
        if not self.is_answered:
            return "info" if self.assent.is_asked else "neutral"
        if self.to_ask_again or self.to_choose:
            return "warn"
        return "good" if self.is_positive else TONES[Answer(self.assent.answer)]

    @property
    def waited_for(self) -> str:
        """As in "EZ (instemming)", for the bar."""
        return f"{self.short} ({self.assent.get_kind_display()})"

    @property
    def missing(self) -> str:
        """Why there is no agreement yet; empty when there is."""
        if self.is_settled:
            return ""
        if not self.is_answered:
            return f"{self.name} heeft nog geen antwoord gegeven."
        if self.to_ask_again:
            return f"{self.name} moet opnieuw antwoorden: er is iets gewijzigd sinds het antwoord."
        if self.to_choose:
            return f"Kies wat de wijzigingen betekenen voor het akkoord van {self.name}."
        if self.assent.answer == Answer.AGREED_IF:
            return f"{self.name} is akkoord onder een voorwaarde: leg vast hoe daaraan is voldaan."
        return f"{self.name} is niet akkoord."


class Board:
    """All parties of a letter. The text of now is read once, and only when somebody answered."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        rows = letter.assents.parties().select_related("organisation", "reading")
        self._rows = list(rows.order_by("kind", "organisation__key"))
        self._names = names(letter, (row.organisation_id for row in self._rows))

    @cached_property
    def _now(self) -> tuple[ReadText, FrozenLetter]:
        return text_of(self.letter)

    @property
    def text(self) -> ReadText:
        return self._now[0]

    @property
    def drawn(self) -> FrozenLetter:
        """What prints the text of now."""
        return self._now[1]

    @cached_property
    def parties(self) -> list[Party]:
        """Assent first; by name."""
        found = [Party(row, *self._names[row.organisation_id], self._touched(row)) for row in self._rows]
        return sorted(found, key=lambda party: (not party.is_assent, party.name))

    @cached_property
    def _choices(self) -> Choices:
        return Choices(self.letter.text_changes.all())

    def _touched(self, row: Assent) -> tuple[Touched, ...]:
        if row.reading is None:
            return ()
        found = changes(from_content(row.reading.content), self.text)
        return tuple(Touched(change, self._choices.of(change)) for change in found)

    def party(self, key: str) -> Party | None:
        return next((item for item in self.parties if item.assent.organisation.key == key), None)

    @property
    def waiting(self) -> list[Party]:
        """Who has been asked, or is to be asked again, and whose answer is not there."""
        return [party for party in self.parties if party.has_to_answer]

    @property
    def missing(self) -> list[str]:
        """Only who must assent can keep a letter from going on."""
        return [party.missing for party in self.parties if party.is_assent and party.missing]

    @property
    def to_choose(self) -> list[tuple[Change, list[Party]]]:
        """Each change for which is still to choose, with the parties that answered to the text before it."""
        found: dict[tuple[int, str, str], tuple[Change, list[Party]]] = {}
        for party in self.parties:
            for change in party.to_choose:
                found.setdefault(change.key, (change, []))[1].append(party)
        return list(found.values())


def board_of(letter: Letter) -> Board:
    """The board of this letter as it was fetched, made once for a page."""
    if "_board" not in letter.__dict__:
        letter.__dict__["_board"] = Board(letter)
    found: Board = letter.__dict__["_board"]
    return found


def names(letter: Letter, organisations: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By key the name, and the abbreviation or else the name, on the letter's date; one query."""
    named = Organisation.objects.with_name(on=letter.dated, fields=("name", "abbreviation"))
    found: dict[int, Any] = named.in_bulk(set(organisations))
    return {
        key: (row.name_on_day or row.key, row.abbreviation_on_day or row.name_on_day or row.key)
        for key, row in found.items()
    }
