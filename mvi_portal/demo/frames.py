"""The two divisions in lines, how they map, who does what for the plan, and who pays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitoring.models import FinanceCover, Frame, LineMapping, Paper, PlanRole, PolicyLine, Role
from mvi_portal.demo.common import LETTER_2023, NOTE, Fields, Organisations
from mvi_portal.demo.register import BZ, BZK, EZ, IENW, LNV, OCW, SZW
from mvi_portal.demo.writer import Writer

ACTION_LINES, MAIN_LINES = "actielijnen-2023", "hoofdlijnen-2025"
PLAN = (
    "Nationaal plan Maatschappelijk Verantwoord Inkopen 2021-2025 "
    "“Opdrachtgeven met ambitie, inkopen met impact”"
)
PAYING = (IENW, BZK, EZ, BZ, LNV, OCW, SZW)
_YEARS = range(2021, 2026)

Lines = dict[tuple[str, str], PolicyLine]

_FRAMES = (
    {
        "slug": ACTION_LINES,
        "name": "Zeven actielijnen (2023)",
        "valid_from": date(2023, 2, 15),
        "valid_until": date(2025, 1, 30),
        "source": f"{LETTER_2023}; het einde is de eerste dag van de volgende indeling",
    },
    {
        "slug": MAIN_LINES,
        "name": "Hoofdlijnen A tot en met D (2025)",
        "valid_from": date(2025, 1, 31),
        "valid_until": None,
        "source": f"{NOTE}; de ingangsdatum is de peildatum van die brief",
    },
)
_LINES = {
    ACTION_LINES: (
        ("1", "Bestuurlijke afspraken", "Overheden leggen zich op bestuurlijk niveau vast."),
        ("2", "Impact in kansrijke sectoren", "Inkoopkracht richten op sectoren waar veel te winnen is."),
        ("3", "Maatschappelijk verantwoord opdrachtgeverschap aanjagen",
         "Opdrachtgevers nemen maatschappelijke doelen mee vanaf het begin van een opdracht."),
        ("4", "Ondersteunen van inkopers en opdrachtgevers", "Wie inkoopt, vindt kennis en hulp."),
        ("5", "Communiceren", "Laten zien wat er kan en wat het oplevert."),
        ("6", "Monitoring", "Weten wat het beleid doet en wat het oplevert."),
        ("7", "Governance", "Duidelijk is wie waarvoor aan de lat staat."),
    ),
    MAIN_LINES: (
        ("A", "Brede borging van MVI in de organisatie",
         "Maatschappelijk verantwoord inkopen hoort bij het gewone werk van elke overheidsorganisatie."),
        ("B", "Strategische inzet op sectoren", "Opdrachtgevers in een sector stellen samen dezelfde vraag."),
        ("C", "Minder vrijblijvendheid", "Wie het Manifest ondertekent, maakt een plan en doet verslag."),
        ("D", "Integrale aanpak van MVI", "Overheden meten, leren en sturen op één manier."),
    ),
}  # fmt: skip
_MAPPINGS = (
    ("1", "A"), ("1", "C"), ("2", "B"), ("3", "A"), ("4", "A"), ("5", "A"), ("6", "D"), ("7", "D"),
)  # fmt: skip
_EVERYWHERE = (
    (Role.COORDINATES, (IENW,)),
    (Role.SECRETARIAT, (IENW,)),
    (Role.PAYS, PAYING),
    (Role.ADVISES, ("ipo", "uvw", "vng")),
    (Role.EVALUATES, ("pianoo",)),
)
_CO_SENDERS = {
    ACTION_LINES: ((BZK, EZ, SZW, OCW, LNV, BZ), LETTER_2023),
    MAIN_LINES: ((BZK, EZ), NOTE),
}


def load(writer: Writer, known: Organisations, papers: dict[str, Paper]) -> Lines:
    """Frames with lines, mappings, roles and cover; gives the lines by frame and code."""
    offered_with = {ACTION_LINES: papers["voortgangsbrief-2023"], MAIN_LINES: papers["nationaal-plan-2021"]}
    rows = [{**row, "plan_title": PLAN, "paper": offered_with[str(row["slug"])]} for row in _FRAMES]
    frames = {frame.slug: frame for frame in writer.write(Frame, rows, key=["slug"]).values()}
    written = writer.write(PolicyLine, _lines(frames), key=["frame", "code"])
    slugs = {frame.pk: slug for slug, frame in frames.items()}
    lines = {(slugs[frame], code): line for (frame, code), line in written.items()}
    writer.write(LineMapping, _mappings(lines), key=["from_line", "to_line"])
    writer.write(PlanRole, _roles(frames, known), key=["frame", "organisation", "role"])
    writer.write(FinanceCover, _cover(frames, known), key=["frame", "organisation", "year", "line"])
    return lines


def _lines(frames: dict[str, Frame]) -> Iterator[Fields]:
    for slug, lines in _LINES.items():
        for order, (code, title, aim) in enumerate(lines, 1):
            yield {
                "frame": frames[slug],
                "code": code,
                "title": title,
                "aim": aim,
                "order": order,
                "source": f"{LETTER_2023 if slug == ACTION_LINES else NOTE}; het doel in eigen woorden",
            }


def _mappings(lines: Lines) -> Iterator[Fields]:
    for before, after in _MAPPINGS:
        yield {
            "from_line": lines[ACTION_LINES, before],
            "to_line": lines[MAIN_LINES, after],
            "source": "eigen lezing; nog niet nagekeken bij een bron",
        }


def _roles(frames: dict[str, Frame], known: Organisations) -> Iterator[Fields]:
    for slug, frame in frames.items():
        co_senders, source = _CO_SENDERS[slug]
        yield from _role(frame, Role.CO_SENDS, co_senders, known, source)
        for role, keys in _EVERYWHERE:
            yield from _role(frame, role, keys, known, NOTE)


def _role(
    frame: Frame, role: Role, keys: tuple[str, ...], known: Organisations, source: str
) -> Iterator[Fields]:
    for key in keys:
        yield {"frame": frame, "organisation": known[key], "role": role, "source": source}


def _cover(frames: dict[str, Frame], known: Organisations) -> Iterator[Fields]:
    """That the costs are covered is known, not how much."""
    for key in PAYING:
        for year in _YEARS:
            yield {
                "frame": frames[MAIN_LINES],
                "organisation": known[key],
                "year": year,
                "line": None,  # the plan as a whole
                "covered": True,
                "source": f"{NOTE}: meerjarig gedekt door de zeven departementen",
            }
