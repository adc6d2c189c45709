"""The sections of a decision note as they usually are, until the secretariat makes a template of its own."""

from __future__ import annotations

from dataclasses import dataclass

from reports.models.notes import (
    ADVICE,
    ANNEXES,
    BUSINESS,
    COMMUNICATION,
    FORCES,
    KEY_POINTS,
    MONEY,
    OCCASION,
    POLITICS,
    ROLES,
    WITHHELD,
)


@dataclass(frozen=True)
class Heading:
    """A section of the standard template."""

    slug: str
    title: str
    help: str


STANDARD = (
    Heading(OCCASION, "Aanleiding", "Waarom ligt deze brief nu voor? Noem de vorige brief en het plan."),
    Heading(ADVICE, "Geadviseerd besluit", "Eén zin: wat vraagt u, en wanneer gaat de brief weg?"),
    Heading(
        KEY_POINTS,
        "Kernpunten",
        "Het belangrijkste per hoofdlijn, met de cijfers van de brief. Wat moet de bewindspersoon weten?",
    ),
    Heading(
        FORCES,
        "Krachtenveld",
        "Wie vindt wat? De zinnen over instemming en afstemming komen uit de akkoordronde.",
    ),
    Heading(POLITICS, "Politieke context", "Wat speelt er in de Kamer en in het kabinet?"),
    Heading(BUSINESS, "Positie bedrijfsleven", "Wat vragen brancheorganisaties en marktpartijen?"),
    Heading(
        MONEY,
        "Financiële en juridische overwegingen",
        "Wat kost het, wie betaalt, en zijn er juridische gevolgen?",
    ),
    Heading(ROLES, "Rollen en taken", "Wie coördineert en wie voert uit?"),
    Heading(COMMUNICATION, "Communicatie", "Hoe en wanneer horen anderen van de brief?"),
    Heading(
        WITHHELD,
        "Informatie die niet openbaargemaakt kan worden",
        "Het portaal vult deze sectie met de gronden van de passages die u niet openbaar maakt.",
    ),
    Heading(ANNEXES, "Bijlagen", "Het portaal maakt de tabel: de brief en haar bijlagen."),
)
