"""What parliament asked, what the governments agreed on, and where they meet."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.models import (
    Commitment,
    CommitmentKind,
    CommitmentParty,
    CommitmentSide,
    Consultation,
    ConsultationDecision,
    ConsultationKind,
    Paper,
    Participant,
)
from mvi_portal.core.dates import PartialDate
from mvi_portal.demo.common import NOTE, Fields, Organisations
from mvi_portal.demo.frames import MAIN_LINES, Lines
from mvi_portal.demo.papers import MOTIONS
from mvi_portal.demo.register import BZK, EZ, IENW
from mvi_portal.demo.writer import Writer

AGREEMENT, FIRST, JUNE = "voortzetten-mvoi-2024", "bestuurlijk-overleg-2023", "bestuurlijk-overleg-juni-2024"
_NOT_SEEN = "Of de motie is aangenomen, was in het openbare materiaal niet te zien."
_IN_JUNE = PartialDate.month(2024, 6)
_AT_THE_TABLE = {
    IENW: "bewindspersoon",
    BZK: "bewindspersoon",
    EZ: "bewindspersoon",
    "ipo": "bestuurder van de koepel",
    "uvw": "bestuurder van de koepel",
    "vng": "bestuurder van de koepel",
}
_CONTINUES = (
    "Rijk en koepels van de medeoverheden gaan ook de komende jaren door met het beleid voor maatschappelijk "
    "verantwoord opdrachtgeven en inkopen."
)


def load(writer: Writer, known: Organisations, papers: dict[str, Paper], lines: Lines) -> None:
    """Motions and the agreement, the consultations, and the decision that the agreement comes from."""
    rows = [*_motions(papers, lines), _agreement(known, lines)]
    commitments = {row.slug: row for row in writer.write(Commitment, rows, key=["slug"]).values()}
    writer.write(
        CommitmentParty, _parties(commitments, known), key=["commitment", "side", "organisation", "name"]
    )
    meetings = {
        row.slug: row for row in writer.write(Consultation, _consultations(lines), key=["slug"]).values()
    }
    writer.write(
        Participant, _participants(meetings, known), key=["consultation", "organisation", "capacity"]
    )
    decision = {
        "consultation": meetings[JUNE],
        "number": 1,
        "text": _CONTINUES,
        "owner": known[IENW],
        "agreement": commitments[AGREEMENT],
        "source": NOTE,
    }
    writer.write(ConsultationDecision, [decision], key=["consultation", "number"])


def _motions(papers: dict[str, Paper], lines: Lines) -> Iterator[Fields]:
    for motion in MOTIONS:
        yield {
            "slug": motion.slug,
            "kind": CommitmentKind.MOTION,
            "text": motion.demand,
            "made_on": motion.handed_in,
            "citation": motion.citation,
            "paper": papers[motion.slug],
            "line": lines[MAIN_LINES, motion.line],
            "remark": _NOT_SEEN,
            "source": motion.citation,
        }


def _agreement(known: Organisations, lines: Lines) -> Fields:
    return {
        "slug": AGREEMENT,
        "kind": CommitmentKind.AGREEMENT,
        "text": _CONTINUES,
        "made_on": _IN_JUNE,
        "owner": known[IENW],
        "line": lines[MAIN_LINES, "A"],
        "source": NOTE,
    }


def _parties(commitments: dict[str, Commitment], known: Organisations) -> Iterator[Fields]:
    for motion in MOTIONS:
        row = {"commitment": commitments[motion.slug], "organisation": None, "source": motion.citation}
        yield {**row, "side": CommitmentSide.GIVER, "name": f"het lid {motion.member}"}
        yield {**row, "side": CommitmentSide.RECEIVER, "name": "de regering"}
    for key in _AT_THE_TABLE:
        yield {
            "commitment": commitments[AGREEMENT],
            "side": CommitmentSide.GIVER,
            "organisation": known[key],
            "name": "",
            "source": NOTE,
        }


def _consultations(lines: Lines) -> Iterator[Fields]:
    for slug, title, held_on in (
        (FIRST, "Bestuurlijk overleg MVI (begin van de reeks)", PartialDate.end(2023)),
        (JUNE, "Bestuurlijk overleg MVOI, juni 2024", _IN_JUNE),
    ):
        yield {
            "slug": slug,
            "kind": ConsultationKind.ADMINISTRATIVE,
            "title": title,
            "held_on": held_on,
            "line": lines[MAIN_LINES, "A"],
            "source": NOTE,
        }


def _participants(meetings: dict[str, Consultation], known: Organisations) -> Iterator[Fields]:
    for meeting in meetings.values():
        for key, capacity in _AT_THE_TABLE.items():
            yield {
                "consultation": meeting,
                "organisation": known[key],
                "capacity": capacity,
                "source": NOTE,
            }
