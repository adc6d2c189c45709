"""Papers to and from parliament: letters, motions, and a plan of parties with the cabinet's reaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitoring.models import Paper, PaperKind, PaperParty, PaperPoint, PaperSender, SenderRole
from mvi_portal.core.citations import session_of
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import DEMO, GAZETTE, LETTER_2021, LETTER_2023, NOTE, Fields, Organisations
from mvi_portal.demo.register import BZ, BZK, EZ, IENW, LNV, OCW, SZW
from mvi_portal.demo.writer import Writer
from signatories.models import Office

PLAN_2021, LETTER, GAZETTED = "nationaal-plan-2021", "voortgangsbrief-2023", "manifest-mvoi-2022-2025"
TEN_POINTS, REACTION = "tienpuntenplan-2023", "kabinetsreactie-tienpuntenplan-2024"


@dataclass(frozen=True)
class Motion:
    """A motion in our own words; `member` handed it in, mostly with others."""

    dossier: str  # "30 196, nr. 394"
    handed_in: date
    member: str
    demand: str
    line: str  # of the main lines of 2025

    @property
    def slug(self) -> str:
        words = self.dossier.replace(" ", "-").replace(",", "").replace("-nr.", "")
        return f"motie-{words.lower()}"

    @property
    def citation(self) -> str:
        return f"Kamerstukken II {session_of(self.handed_in)}, {self.dossier}"


MOTIONS = (
    Motion(
        "30 196, nr. 394",
        date(2016, 2, 10),
        "Dik-Faber",
        "Laat het Rijk, gemeenten, provincies en semioverheden elk jaar verslag doen van hoe zij "
        "maatschappelijk verantwoord inkopen.",
        "C",
    ),
    Motion(
        "30 196, nr. 395",
        date(2016, 2, 10),
        "Dik-Faber",
        "Zet een route uit voor het aanscherpen van de criteria, met een bestuurlijke afspraak over een "
        "aandeel boven het minimum vanaf 2020.",
        "C",
    ),
    Motion(
        "35 040, nr. 10",
        date(2019, 12, 2),
        "Dik-Faber c.s.",
        "Geef sociale ondernemingen ruimte bij aanbestedingen, en informeer de Kamer daarover voor de zomer "
        "van 2020.",
        "A",
    ),
    Motion(
        "35 830, nr. 17",
        date(2021, 6, 9),
        "Van Raan c.s.",
        "Stel meetbare doelen voor internationale sociale voorwaarden in de gunningscriteria, en informeer "
        "de Kamer.",
        "C",
    ),
    Motion(
        "36 410 XIII, nr. 66",
        date(2023, 10, 12),
        "Van der Graaf c.s.",
        "Breng het hele beleid voor maatschappelijk verantwoord inkopen in lijn met de richtlijnen van de "
        "OESO en de uitgangspunten van de Verenigde Naties.",
        "D",
    ),
)

_LETTERS: tuple[Fields, ...] = (
    {
        "slug": PLAN_2021,
        "title": "Aanbieding van het Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025",
        "dated": date(2021, 1, 22),
        "citation": LETTER_2021,
        "summary": "Biedt het plan aan, met vier lijnen: goed opdrachtgeverschap, minder vrijblijvend, "
        "kansrijke sectoren en een integrale aanpak.",
    },
    {
        "slug": LETTER,
        "title": "Voortgang van het Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025",
        "dated": date(2023, 2, 15),
        "number": "2023D06254",
        "citation": LETTER_2023,
        "summary": "De voortgang langs zeven actielijnen, sinds begin 2021.",
    },
    {
        "slug": "voortgangsbrief-2017",
        "title": "Eerdere brief over de voortgang van maatschappelijk verantwoord inkopen",
        "dated": PartialDate.year(2017),
        "citation": "Kamerstukken II, 26 485, nr. 249",
        "summary": "Over de voortgang van het Manifest van toen, de monitoring en de criteriadocumenten.",
    },
    {
        "slug": "verzamelbrief-aanbesteden-2025",
        "title": "Verzamelbrief aanbesteden",
        "dated": date(2025, 2, 19),
        "number": "2025D07149",
        "citation": "Kamerstukken II 2024/25, 26 485, nr. 450",
        "summary": "Zusterbrief van het ministerie van Economische Zaken, met een beslisnota.",
    },
)
_OTHERS: tuple[Fields, ...] = (
    {
        "slug": "vragen-en-antwoorden-2017",
        "kind": PaperKind.QUESTIONS,
        "title": "Vragen en antwoorden over de voortgang van maatschappelijk verantwoord inkopen",
        "dated": PartialDate.year(2017),
        "citation": "Kamerstukken II, 26 485, nr. 254",
    },
    {
        "slug": GAZETTED,
        "kind": PaperKind.STAATSCOURANT,
        "title": "Manifest Maatschappelijk Verantwoord Opdrachtgeven en Inkopen 2022-2025",
        "dated": PartialDate.year(2024),
        "citation": GAZETTE,
        "summary": "De tekst van het Manifest met de ondertekenaars. “Waterschap De Bommel” in de lijst is "
        "waterschap De Dommel.",
    },
    {
        "slug": TEN_POINTS,
        "kind": PaperKind.PARTY_PLAN,
        "title": "Tienpuntenplan voor maatschappelijk verantwoord inkopen",
        "dated": date(2023, 10, 10),
        "source": "christenunie.nl, 10 oktober 2023",
    },
)
POINTS = 3  # of the ten
_PARTIES = ("ChristenUnie", "GroenLinks-PvdA", "SP", "Volt")
_SENDERS = {
    PLAN_2021: ((IENW,), ()),
    LETTER: ((IENW,), (BZK, EZ, SZW, OCW, LNV, BZ)),
    REACTION: ((IENW, BZK, EZ), (SZW, BZ)),
    "verzamelbrief-aanbesteden-2025": ((EZ,), ()),
}
_OFFICES = {  # where the paper, or the note of 2025, names the office-holder
    (PLAN_2021, IENW): "staatssecretaris-ienw",
    (LETTER, IENW): "staatssecretaris-ienw",
    (LETTER, BZ): "minister-bhos",
    (REACTION, IENW): "staatssecretaris-ienw-ovm",
    (REACTION, BZ): "minister-bhos",
}


def load(writer: Writer, known: Organisations) -> dict[str, Paper]:
    """The papers by slug, with their senders and parties."""
    found = writer.write(Paper, _papers(), key=["slug"])
    papers = {paper.slug: paper for paper in found.values()}
    reaction = {
        "slug": REACTION,
        "kind": PaperKind.CABINET_REACTION,
        "title": "Kabinetsreactie op het tienpuntenplan voor maatschappelijk verantwoord inkopen",
        "dated": date(2024, 12, 3),
        "answers": papers[TEN_POINTS],
        "source": f"{NOTE}; het nummer van het Kamerstuk is niet bekend",
    }
    (papers[REACTION],) = writer.write(Paper, [reaction], key=["slug"]).values()
    writer.write(PaperSender, _senders(papers, known), key=["paper", "organisation"])
    parties = (
        {"paper": papers[TEN_POINTS], "name": name, "order": order, "source": NOTE}
        for order, name in enumerate(_PARTIES, 1)
    )
    writer.write(PaperParty, parties, key=["paper", "name"])
    writer.write(PaperPoint, _points(papers[REACTION]), key=["paper", "number"])
    return papers


def _points(paper: Paper) -> Iterator[Fields]:
    """Made up: what the ten points say, and what was said to each, is not in the sources that we have."""
    for number in range(1, POINTS + 1):
        yield {
            "paper": paper,
            "number": number,
            "text": f"Voorbeeld van punt {number}. De woorden van het plan zelf staan hier niet.",
            "reaction": "Voorbeeld van een reactie. De woorden van het kabinet zelf staan hier niet.",
            **DEMO,
        }


def _papers() -> Iterator[Fields]:
    yield from ({"kind": PaperKind.LETTER, "source": row["citation"], **row} for row in _LETTERS)
    yield from ({"source": row.get("citation", ""), **row} for row in _OTHERS)
    for motion in MOTIONS:
        yield {
            "slug": motion.slug,
            "kind": PaperKind.MOTION,
            "title": f"Motie van het lid {motion.member} ({motion.dossier})",
            "dated": motion.handed_in,
            "citation": motion.citation,
            "summary": motion.demand,
            "source": motion.citation,
        }


def _senders(papers: dict[str, Paper], known: Organisations) -> Iterator[Fields]:
    offices = {office.slug: office for office in Office.objects.all()}
    for slug, (senders, on_behalf) in _SENDERS.items():
        roles = ((SenderRole.SENDER, senders), (SenderRole.ON_BEHALF, on_behalf))
        for role, keys in roles:
            for order, key in enumerate(keys, 1):
                yield {
                    "paper": papers[slug],
                    "organisation": known[key],
                    "office": offices.get(_OFFICES.get((slug, key), "")),
                    "role": role,
                    "order": order,
                    "source": papers[slug].source,
                }
