"""Two rounds of progress, invented: one that was accepted, one that is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitoring.models import EntryState, ProgressEntry, ProgressQuestion, ProgressRequest, ProgressRound
from mvi_portal.accounts.models import User
from mvi_portal.demo.common import DEMO, Fields, Organisations
from mvi_portal.demo.frames import MAIN_LINES, Lines
from mvi_portal.demo.register import BZK, EZ, IENW
from mvi_portal.demo.writer import Writer

PAST, OPEN = "voortgang-2024", "voortgang-2025"
ASKED = (IENW, BZK, EZ, "ipo", "uvw", "vng")
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_HANDED_IN = datetime(2024, 12, 10, 9, 30, tzinfo=_AMSTERDAM)
_ACCEPTED = datetime(2024, 12, 17, 14, 0, tzinfo=_AMSTERDAM)
_QUESTIONS = (
    ("A", "Wat deed u om meer organisaties mee te krijgen, en om inkopen met impact gewoon te maken?"),
    ("B", "In welke sectoren zette u uw inkoopkracht in, en wat leverde dat op?"),
    ("C", "Hoe hield u bij of gemaakte afspraken worden nagekomen?"),
    ("D", "Wat deed u om op één manier te meten en te sturen?"),
)
_WRITERS = {IENW: "ienw", BZK: "bzk", EZ: "ez"}
_HANDED_IN_NOW = datetime(2025, 11, 20, 10, 0, tzinfo=_AMSTERDAM)
_ACCEPTED_NOW = datetime(2025, 11, 24, 15, 0, tzinfo=_AMSTERDAM)
_WRITTEN = ((IENW, "A"), (IENW, "D"), (BZK, "A"), (EZ, "B"))
TEXT = "<p>Voorbeeldtekst. Hier staat wat de organisatie op deze lijn heeft gedaan.</p>"


def load(writer: Writer, known: Organisations, users: dict[str, User], lines: Lines) -> None:
    """Every text says itself that it is an example, and nothing of the organisation, which is a real one."""
    frame = lines[MAIN_LINES, "A"].frame
    rows = ({**row, "frame": frame, **DEMO} for row in _rounds())
    rounds = {item.slug: item for item in writer.write(ProgressRound, rows, key=["slug"]).values()}
    requests = (
        {"round": item, "organisation": known[key], **DEMO} for item in rounds.values() for key in ASKED
    )
    writer.write(ProgressRequest, requests, key=["round", "organisation"])
    questions = (
        {"round": item, "line": lines[MAIN_LINES, code], "text": text, **DEMO}
        for item in rounds.values()
        for code, text in _QUESTIONS
    )
    writer.write(ProgressQuestion, questions, key=["round", "line"])
    past = ({**row, "round": rounds[PAST]} for row in _entries(known, users, lines))
    now = ({**row, "round": rounds[OPEN]} for row in _under_way(known, users, lines))
    writer.write(ProgressEntry, [*past, *now], key=["round", "organisation", "line"])


def _rounds() -> Iterator[Fields]:
    yield {
        "slug": PAST,
        "title": "Voortgang over 2023 en 2024",
        "period_from": date(2023, 2, 15),
        "period_until": date(2024, 12, 31),
        "asked_on": date(2024, 11, 4),
        "due_on": date(2024, 12, 13),
        "closed_on": date(2025, 1, 24),
    }
    yield {
        "slug": OPEN,
        "title": "Voortgang over 2025",
        "period_from": date(2025, 1, 1),
        "period_until": date(2025, 12, 31),
        "asked_on": date(2025, 11, 3),
        "due_on": date(2026, 12, 18),
        "closed_on": None,
    }


def _under_way(known: Organisations, users: dict[str, User], lines: Lines) -> Iterator[Fields]:
    """In several states, so that the board of the open round has something to tell."""
    handed_in = {"state": EntryState.SUBMITTED, "submitted_at": _HANDED_IN_NOW}
    states: tuple[tuple[str, str, Fields], ...] = (
        (IENW, "A", handed_in),
        (BZK, "B", handed_in),
        (EZ, "A", {**handed_in, "state": EntryState.ACCEPTED, "accepted_at": _ACCEPTED_NOW}),
        (EZ, "C", {"state": EntryState.DRAFT}),
    )
    for key, code, stamps in states:
        yield {
            "organisation": known[key],
            "line": lines[MAIN_LINES, code],
            "text": TEXT,
            "nothing_new": False,
            **stamps,
            **_stamped_by(stamps, users, _WRITERS[key]),
            **DEMO,
        }


def _stamped_by(stamps: Fields, users: dict[str, User], writer: str) -> Fields:
    """Who took each step that was taken."""
    secretariat, officer = users["secretariaat@voorbeeld.example"], users[f"{writer}@voorbeeld.example"]
    who = {"submitted": officer, "accepted": secretariat}
    return {f"{step}_by": user for step, user in who.items() if f"{step}_at" in stamps}


def _entries(known: Organisations, users: dict[str, User], lines: Lines) -> Iterator[Fields]:
    secretariat = users["secretariaat@voorbeeld.example"]
    for key, code in _WRITTEN:
        yield {
            "organisation": known[key],
            "line": lines[MAIN_LINES, code],
            "text": TEXT,
            "nothing_new": False,
            "state": EntryState.ACCEPTED,
            "submitted_at": _HANDED_IN,
            "submitted_by": users[f"{_WRITERS[key]}@voorbeeld.example"],
            "accepted_at": _ACCEPTED,
            "accepted_by": secretariat,
            **DEMO,
        }
