"""Where a letter stands, what keeps it from going on, and who is waited for.

An app or a room of ours adds what must be true before a letter gets somewhere (`gates`), and whom it waits
for (`waits`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mvi_portal.core.contributions import Place
from reports.models import Letter, LetterState

VERBS = {
    LetterState.IN_AGREEMENT: "Begin de akkoordronde",
    LetterState.AGREED: "Stel vast: iedereen is akkoord",
    LetterState.DECIDED: "Stel vast: er is besloten",
    LetterState.FINAL: "Maak de brief definitief",
    LetterState.SENT: "Leg vast wat is verzonden",
}


class Told(str):
    """What is missing, and the page of the letter on which that is done, by the name of its address."""

    page: str
    label: str

    def __new__(cls, words: str, page: str, label: str) -> Told:
        told = super().__new__(cls, words)
        told.page, told.label = page, label
        return told


@dataclass(frozen=True)
class Gate:
    """What must be true before a letter gets to `state`: Dutch sentences for what is not yet."""

    state: LetterState
    missing: Callable[[Letter], Iterable[str]]


gates: Place[Gate] = Place("letter.gates")
# each is asked as waited(letter): who or what a letter waits for now, in words: "BZK (instemming)"
waits: Place[Callable[[Letter], Iterable[str]]] = Place("letter.waits")


@dataclass(frozen=True)
class Step:
    """A state in the bar."""

    label: str
    is_passed: bool
    is_current: bool


@dataclass(frozen=True)
class Standing:
    """The bar of a letter: where it stands, the next step with what it still needs, and the ways back."""

    steps: tuple[Step, ...]
    state: LetterState
    next: LetterState | None
    missing: tuple[str, ...]
    waiting: tuple[str, ...]

    @property
    def verb(self) -> str:
        return VERBS[self.next] if self.next else ""

    @property
    def is_next_sending(self) -> bool:
        """Sending is no click but a file."""
        return self.next is LetterState.SENT

    @property
    def may_go_back(self) -> bool:
        return bool(self.state.earlier)


def obstacles(letter: Letter, state: LetterState) -> list[str]:
    """All that is missing before the letter gets there, at once."""
    return [told for gate in gates if gate.state is state for told in gate.missing(letter)]


def standing(letter: Letter) -> Standing:
    """What the bar tells of the letter now."""
    now, following = letter.stand, letter.stand.following
    steps = (Step(str(state.label), state.place < now.place, state is now) for state in LetterState)
    missing = obstacles(letter, following) if following else []
    waiting = [told for waited in waits for told in waited(letter)]
    return Standing(tuple(steps), now, following, tuple(missing), tuple(waiting))
