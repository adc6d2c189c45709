"""The kinds of papers that can be cited, each with its key, its printed form and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from .sessions import session_doubt, session_years

OFFICIAL = "https://zoek.officielebekendmakingen.nl"
PARLIAMENT = "https://www.tweedekamer.nl"

# A budget's chapter, of which some are split (IIA, IXB); a fund's letter; or a council's number (21 501-08).
_CHAPTER = re.compile(r"(?=[XVI])X{0,2}(?:IX|IV|V?I{0,3})[AB]?|[A-N]|[0-9]{2}")


class CitationError(ValueError):
    """The text cannot be read as a citation; the message is Dutch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kamerstuk:
    """A numbered paper of parliament.

    `chamber` is "II", "I" or empty; `session` "2020/21" or empty; `dossier` has no space; `addition` is the
    budget's chapter ("XII"), a fund ("A") or a council ("08"); `number` has letters in the First Chamber.
    With `annex` the annex of that paper is meant. Two citations name one paper when their keys are equal.
    """

    chamber: str = ""
    session: str = ""
    dossier: str
    addition: str = ""
    number: str
    annex: bool = False

    _SHAPE: ClassVar[re.Pattern[str]] = re.compile(
        r"(I{0,2})\|([0-9]{4}/(?:[0-9]{2}|[0-9]{4}))?\|[0-9]{4,5}\|([A-Z]{1,6}|[0-9]{2})?\|([0-9]{1,4}[a-z]?|[A-Z]{1,2})"
    )

    def __post_init__(self) -> None:
        parts = "|".join((self.chamber, self.session, self.dossier, self.addition, self.number))
        if not self._SHAPE.fullmatch(parts):
            raise CitationError(f"Dit kan geen Kamerstuk zijn: {self.dossier} {self.addition} {self.number}.")

    @property
    def key(self) -> str:
        """The official identifier: "kst-30196-746", "kst-36410-XIII-66"; "bijlage-" before an annex."""
        return ("bijlage-" if self.annex else "") + self._identifier

    @property
    def url(self) -> str:
        """Where it can be read; of an annex, the paper that it belongs to."""
        return f"{OFFICIAL}/{self._identifier}.html"

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a person should look at before this is printed; Dutch sentences."""
        found = (
            "" if self.chamber else "Welke Kamer het is (I of II), ontbreekt.",
            session_doubt(self.session),
            self._addition_doubt(),
            self._number_doubt(),
        )
        return tuple(doubt for doubt in found if doubt)

    def __str__(self) -> str:
        words = " ".join(word for word in ("Kamerstukken", self.chamber, self.session) if word)
        comma = "," if self.chamber or self.session else ""
        number = self.number if self.number.isupper() else f"nr. {self.number}"
        annex = "bijlage bij " if self.annex else ""
        return f"{annex}{words}{comma} {self._printed_dossier}, {number}"

    @property
    def _identifier(self) -> str:
        return "-".join(part for part in ("kst", self.dossier, self.addition, self.number) if part)

    @property
    def _printed_dossier(self) -> str:
        spaced = f"{self.dossier[:-3]} {self.dossier[-3:]}"
        if not self.addition:
            return spaced
        return f"{spaced}-{self.addition}" if self.addition.isdigit() else f"{spaced} {self.addition}"

    def _addition_doubt(self) -> str:
        if not self.addition or _CHAPTER.fullmatch(self.addition):
            return ""
        return f"{self.addition} is geen hoofdstuk van de begroting: het is geen Romeins cijfer."

    def _number_doubt(self) -> str:
        if self.chamber == "II" and self.number.isupper():
            return f"Nummer {self.number} is een letter: dat past bij de Eerste Kamer."
        if self.chamber == "I" and self.number.isdigit():
            return f"Nummer {self.number} is een cijfer: dat past bij de Tweede Kamer."
        return ""


@dataclass(frozen=True, slots=True)
class Staatscourant:
    """A publication in the government gazette: year and number."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"stcrt-{self.year}-{self.number}"

    @property
    def url(self) -> str:
        return f"{OFFICIAL}/{self.key}.html"

    @property
    def doubts(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return f"Staatscourant {self.year}, {self.number}"


@dataclass(frozen=True, slots=True)
class ParliamentDocument:
    """The Second Chamber's own number of a document (2023D06254) or of a case (2023Z02701)."""

    number: str

    @property
    def key(self) -> str:
        return self.number

    @property
    def url(self) -> str:
        """The page of a document; a case has none without its document, so there the search."""
        if self._is_case:
            return f"{PARLIAMENT}/zoeken?qry={self.number}"
        return f"{PARLIAMENT}/kamerstukken/detail?id={self.number}&did={self.number}"

    @property
    def doubts(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return f"Tweede Kamer, {'zaak' if self._is_case else 'document'} {self.number}"

    @property
    def _is_case(self) -> bool:
        return self.number[4] == "Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """An item of a sitting's report (Handelingen)."""

    chamber: str
    session: str
    number: int
    item: int

    @property
    def key(self) -> str:
        first, second = session_years(self.session)
        return f"h-{'tk' if self.chamber == 'II' else 'ek'}-{first}{second}-{self.number}-{self.item}"

    @property
    def url(self) -> str:
        return f"{OFFICIAL}/{self.key}.html"

    @property
    def doubts(self) -> tuple[str, ...]:
        doubt = session_doubt(self.session)
        return (doubt,) if doubt else ()

    def __str__(self) -> str:
        return f"Handelingen {self.chamber} {self.session}, nr. {self.number}, item {self.item}"


@dataclass(frozen=True, slots=True)
class AnnexDocument:
    """A separately published annex, known by its number only."""

    number: int

    @property
    def key(self) -> str:
        return f"blg-{self.number}"

    @property
    def url(self) -> str:
        return f"{OFFICIAL}/{self.key}.pdf"

    @property
    def doubts(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return f"bijlage {self.key}"


Citation = Kamerstuk | Staatscourant | ParliamentDocument | Proceedings | AnnexDocument
