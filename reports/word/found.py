"""What is found in a Word file that came back, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.models import DecisionNote, Letter, NoteSection, Section, WordExport

Target = Section | NoteSection

OTHER = "Dit bestand hoort bij een andere brief: ‘{}’. Breng het terug op de pagina Word van die brief."
UNKNOWN_LETTER = "Dit bestand hoort bij een brief die niet in dit portaal staat (‘{}’)."
NOTHING = (
    "Er is geen Word-bestand van deze brief uit het portaal om mee te vergelijken. Maak eerst hierboven een "
    "Word-bestand, en werk daarin."
)
NO_MARK = (
    "Het kenmerk van het portaal is uit dit bestand verdwenen. Het is daarom vergeleken met het Word-bestand "
    "dat het laatst uit het portaal is gehaald. Kijk de voorstellen extra goed na."
)
NO_VERSION = (
    "Van de versie van dit bestand is niets meer bekend. Het is daarom vergeleken met het Word-bestand dat "
    "het laatst uit het portaal is gehaald. Kijk de voorstellen extra goed na."
)
LOST_BASE = "Het Word-bestand waarmee moet worden vergeleken, is niet meer te lezen: {}"
CHANGED_SINCE = (
    "De tekst is gewijzigd sinds dit Word-bestand uit het portaal kwam: {}. Wat daar gelijk bleef, kan "
    "gewoon worden overgenomen."
)
MANY_GONE = (
    "In dit bestand ontbreken {} van de {} alinea's, zonder dat ze met ‘wijzigingen bijhouden’ zijn "
    "verwijderd. Waarschijnlijk is het een deel van de tekst. Er wordt niet voorgesteld om ze te "
    "laten vervallen."
)
IGNORED = "Niet gelezen: {}. Dat neemt het portaal niet over uit Word, en er is niets van opgehaald."
MOVED = (
    "De alinea ‘{}’ staat in Word op een andere plaats. Verplaatsen gaat niet als voorstel: doe dat zelf in "
    "de tekst. Andere wijzigingen in de alinea staan er wel bij."
)
CHANGED_HERE = (
    "De alinea is in het portaal gewijzigd of vervallen sinds dit Word-bestand, of zij wordt door het "
    "portaal gemaakt."
)
SHUFFLED = (
    "Een programma heeft bij het bewaren voetnoten verwisseld. De voetnoten uit het portaal blijven staan "
    "zoals ze waren."
)
SECTION_GONE = "Het onderdeel staat niet meer in de brief."
FROM_REGISTER = "De tabel of grafiek komt uit het register en wordt niet uit Word overgenomen."
AROUND = (
    "Dit is geen alinea van een onderdeel (een kop, de aanhef, het slot of een bijlage). Wijzig dat bij de "
    "gegevens van de brief, als het nodig is."
)
OUTSIDE = "De alinea staat buiten de onderdelen van de tekst."
MERGED = "In Word samengevoegd met een andere alinea."
AT_END = "Komt achteraan in het onderdeel: de alinea waar zij achter stond, is intussen gewijzigd."
EMPTY_REMARK = "De opmerking staat bij een onderdeel van de beslisnota waarin nog geen tekst staat."
LOOSE_REMARK = "De opmerking staat bij een kop, een nieuwe alinea of een vaste tekst."


@dataclass(frozen=True)
class Change:
    """One paragraph: as it is stored, as it would be, and as it was typed where that is something else."""

    target: Target
    sha256: str
    old: str
    new: str
    typed: str = ""
    flags: tuple[str, ...] = ()
    who: str = ""
    is_after: bool = False


@dataclass(frozen=True)
class Comment:
    """What was said in the margin of a paragraph."""

    target: Target
    sha256: str
    words: str
    text: str
    who: str
    html: str = ""  # the paragraph as it is stored


@dataclass(frozen=True)
class Unplaced:
    """What is not taken over, in its words, and why."""

    what: str
    words: str
    why: str
    who: str = ""


@dataclass
class Found:
    """`problem`: why nothing can be taken over at all."""

    problem: str = ""
    elsewhere: Letter | None = None
    export: WordExport | None = None
    note: DecisionNote | None = None
    changes: list[Change] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
