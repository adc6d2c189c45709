"""What is done for the plan, what runs beside it, what is told about it, and what others think of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitoring.models import (
    Activity,
    ActivityStatus,
    Channel,
    CommunicationMoment,
    Example,
    Milestone,
    Position,
    PositionKind,
    Programme,
    ProgrammeKind,
)
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import DEMO, NEWS_2022, NOTE, Fields, Organisations, municipality
from mvi_portal.demo.frames import MAIN_LINES, Lines
from mvi_portal.demo.manifest import SIGNED
from mvi_portal.demo.register import IENW
from mvi_portal.demo.writer import Writer
from signatories.models import Manifest

PHASE_1, PHASE_2, NEXT_PLAN = "regie-op-monitoring-1", "regie-op-monitoring-2", "nationaal-plan-vanaf-2026"
_AUTUMN_2024, _MID_2025 = PartialDate.season(2024, "najaar"), PartialDate.mid(2025)
_NOTED = PartialDate.begin(2025)  # the note has no day


_SIMPLE_AND_CIRCULAR = (
    "Vraagt om eenvoud: overheden stellen overal dezelfde eisen. Ziet de overheid als grote kracht achter de "
    "vraag naar circulaire materialen en wil daarvan een speerpunt maken."
)

_EXPECTED: Fields = {
    "kind": PositionKind.POLITICS,
    "holder_name": "verwachting van DGMI",
    "dated": _NOTED,
    "stance": "Goed voorbeeld van de overheid bij het inkopen blijft in de politiek een belangrijk thema.",
    "source": NOTE,
}


_TEN_POINTS: Fields = {
    "kind": PositionKind.POLITICS,
    "holder_name": "ChristenUnie, met PvdA/GroenLinks, SP en Volt",
    "dated": PartialDate.day(date(2023, 10, 10)),
    "stance": "Vraagt met een plan van tien punten om meer maatschappelijk verantwoord inkopen.",
    "source": f"christenunie.nl, 10 oktober 2023; {NOTE}",
}


def load(writer: Writer, manifest: Manifest, known: Organisations, lines: Lines) -> None:
    """Everything here is public; what is not known stays open."""
    rows = [{**row, "source": NOTE} for row in _activities(known, lines)]
    activities = {row.slug: row for row in writer.write(Activity, rows, key=["slug"]).values()}
    phase = {"activity": activities[PHASE_2], "source": NOTE}
    milestones = (
        {**phase, "title": "Fase 2 is begonnen", "planned_on": None, "reached_on": _AUTUMN_2024},
        {**phase, "title": "Fase 2 is afgerond", "planned_on": _MID_2025, "reached_on": None},
    )
    writer.write(Milestone, milestones, key=["activity", "title"])
    writer.write(Programme, _programmes(manifest, known, lines), key=["slug"])
    writer.write(Example, [_example(manifest, known, lines)], key=["slug"])
    writer.write(CommunicationMoment, _moments(known, lines), key=["slug"])
    writer.write(Position, _positions(known), key=["kind", "organisation", "dated"])
    writer.write(Position, [_EXPECTED, _TEN_POINTS], key=["kind", "holder_name", "dated"])


def _activities(known: Organisations, lines: Lines) -> Iterator[Fields]:
    coordinator = {"owner": known[IENW]}
    yield {
        "slug": "bestuurlijk-overleg",
        "line": lines[MAIN_LINES, "A"],
        "title": "Bestuurlijk overleg van Rijk en koepels",
        "description": "Bewindspersonen van BZK, EZ en IenW met de besturen van IPO, UvW en VNG.",
        "started_on": PartialDate.end(2023),
        **coordinator,
    }
    yield {
        "slug": "buyer-groups",
        "line": lines[MAIN_LINES, "B"],
        "title": "Buyer groups",
        "description": "Opdrachtgevers in een sector maken met de markt één vraag.",
        "started_on": PartialDate.year(2020),
        **coordinator,
    }
    yield {
        "slug": "evaluatie-actieplannen-2024",
        "line": lines[MAIN_LINES, "C"],
        "owner": known["pianoo"],
        "title": "Evaluatie van actieplannen",
        "started_on": PartialDate.month(2024, 5),
        "ended_on": PartialDate.month(2024, 5),
    }
    yield from ({**row, **coordinator, "line": lines[MAIN_LINES, "D"]} for row in _INTEGRAL)


_INTEGRAL: tuple[Fields, ...] = (
    {
        "slug": PHASE_1,
        "title": "Regie op Monitoring, fase 1",
        "description": "Inhoud en data van deze fase zijn niet gevonden.",
        "override": ActivityStatus.DONE,
        "override_since": _AUTUMN_2024.last_day,
        "override_reason": "Fase 2 is begonnen; de eigen data van fase 1 zijn niet bekend.",
    },
    {
        "slug": PHASE_2,
        "title": "Regie op Monitoring, fase 2",
        "description": "Onderzoek naar meer eenheid in de monitoring van alle overheden.",
        "started_on": _AUTUMN_2024,
        "planned_end": _MID_2025,
    },
    {
        "slug": NEXT_PLAN,
        "title": "Nieuw Nationaal plan MVOI vanaf 2026",
        "description": "Voorbereiding van het plan dat op dat van 2021-2025 volgt.",
        "planned_end": PartialDate.end(2025),
        "override": ActivityStatus.RUNNING,
        "override_since": date(2025, 1, 31),
        "override_reason": "Er wordt aan gewerkt; het begin is niet bekend.",
    },
)


def _programmes(manifest: Manifest, known: Organisations, lines: Lines) -> Iterator[Fields]:
    circular = manifest.themes.get(slug="circulair")
    yield {
        "slug": "npce",
        "kind": ProgrammeKind.PROGRAMME,
        "name": "Nationaal Programma Circulaire Economie",
        "description": "Heeft een deel over circulair inkopen, een van de thema's van het plan.",
        "owner": known[IENW],
        "theme": circular,
        "line": lines[MAIN_LINES, "D"],
        "source": f"{NOTE}; de eigenaar is een eigen lezing",
    }
    yield {
        "slug": "mvi-criteriatool",
        "kind": ProgrammeKind.INSTRUMENT,
        "name": "MVI-criteriatool",
        "description": "Criteria op drie ambitieniveaus, van geschiktheidseis tot contractbepaling.",
        "line": lines[MAIN_LINES, "A"],
        "link": "https://www.mvicriteria.nl/",
        "source": "mvicriteria.nl",
    }
    yield {
        "slug": "mvi-zet",
        "kind": ProgrammeKind.INSTRUMENT,
        "name": "MVI-ZET",
        "description": "Haalt aanbestedingen uit TenderNed; de organisatie vult aan wat die opleverden.",
        "line": lines[MAIN_LINES, "D"],
        "source": "tenderned.nl",
    }


def _example(manifest: Manifest, known: Organisations, lines: Lines) -> Fields:
    return {
        "slug": "voorbeeld-tegels",
        "organisation": known[municipality(7)],
        "theme": manifest.themes.get(slug="circulair"),
        "title": "Stoeptegels met een tweede leven",
        "result": "Bij de herinrichting van een plein zijn de oude tegels opnieuw gebruikt.",
        "dated": PartialDate.season(2024, "najaar"),
        "line": lines[MAIN_LINES, "B"],
        **DEMO,
    }


def _moments(known: Organisations, lines: Lines) -> Iterator[Fields]:
    yield {
        "slug": "ondertekening-manifest",
        "channel": Channel.PRESS,
        "dated": SIGNED,
        "title": "Bericht over de ondertekening van het Manifest MVOI",
        "line": lines[MAIN_LINES, "A"],
        "source": NEWS_2022,
    }
    for slug, channel, title in (
        ("website-pianoo", Channel.WEBSITE, "Het Manifest MVOI op de website van PIANOo"),
        ("nieuwsbrieven", Channel.NEWSLETTER, "Het Manifest MVOI in nieuwsbrieven"),
        ("bijeenkomsten", Channel.MEETING, "Bijeenkomsten over het Manifest MVOI"),
    ):
        yield {
            "slug": slug,
            "channel": channel,
            "organisation": known["pianoo"] if channel == Channel.WEBSITE else None,
            "dated": _NOTED,
            "title": title,
            "line": lines[MAIN_LINES, "A"],
            "source": f"{NOTE}: doorlopend, zonder dag",
        }


def _positions(known: Organisations) -> Iterator[Fields]:
    together = "Wil als partner bij het beleid betrokken blijven en is daar positief over."
    for kind, key, stance in (
        (PositionKind.GOVERNMENTS, "ipo", together),
        (PositionKind.GOVERNMENTS, "uvw", together),
        (PositionKind.GOVERNMENTS, "vng", together),
        (
            PositionKind.BUSINESS,
            "vno-ncw",
            _SIMPLE_AND_CIRCULAR,
        ),
        (PositionKind.BUSINESS, "mvo-nl", "Vraagt opdrachtgevers om zo ambitieus mogelijk uit te vragen."),
    ):
        yield {
            "kind": kind,
            "organisation": known[key],
            "dated": _NOTED,
            "stance": stance,
            "source": NOTE,
        }
    for key in ("ipo", "uvw", "vng"):
        yield {
            "kind": PositionKind.GOVERNMENTS,
            "organisation": known[key],
            "dated": PartialDate.month(2024, 6),
            "stance": "Zegt in het Bestuurlijk Overleg toe om met het MVOI-beleid door te gaan.",
            "source": NOTE,
        }
