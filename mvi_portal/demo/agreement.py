"""The letter of 2025 in its round: who answered to which text, and what has changed since.

That BZK and EZ agreed and that the others were aligned with is published; what they say here, when and in
which function is made up, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitoring.models import Consultation, ConsultationKind
from mvi_portal.accounts.models import User
from mvi_portal.core.dates import PartialDate
from mvi_portal.core.prose.paragraphs import Paragraph, paragraphs
from mvi_portal.demo.common import DEMO, Fields, Organisations
from mvi_portal.demo.frames import MAIN_LINES, Lines
from mvi_portal.demo.letters import OF_2025, earlier
from mvi_portal.demo.register import BZ, BZK, EZ, LNV, SZW
from mvi_portal.demo.texts.of_2025 import EARLIER
from mvi_portal.demo.writer import Writer
from reports.agreement.reading import ReadSection, ReadText, text_of
from reports.models import (
    Answer,
    Assent,
    Choice,
    Comment,
    Letter,
    LetterState,
    LineStep,
    Passage,
    Proposal,
    ProposalSource,
    ProposalState,
    Reading,
    Remark,
    Reply,
    Section,
    TextChange,
)
from reports.services.answering import take_reading

STEPS = ("directeur", "financiën", "juridische zaken", "directeur-generaal")
EXAMPLE = "voorbeeld, verzonnen voor de demonstratie"
FUNCTION = f"ambtelijk contact ({EXAMPLE})"
MEETING = "directeurenoverleg-januari-2025"
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_BEGUN, _ASKED, _DUE = date(2025, 1, 13), date(2025, 1, 13), date(2025, 1, 24)
_READ_FIRST, _CHANGED, _READ_NOW = date(2025, 1, 15), date(2025, 1, 20), date(2025, 1, 22)
_CHOICES = {
    "A": (Choice.EDITORIAL, "Alleen de volgorde van de woorden is anders."),
    "D": (Choice.ASK, ""),
}


@dataclass(frozen=True)
class Answered:
    """What a party said, to the text that it first had or to that of now."""

    key: str
    answer: Answer
    is_first: bool = False
    remark: str = ""
    proof: str = ""
    who: str = ""  # who gave it after logging in
    in_meeting: bool = False


_ANSWERS = (
    Answered(BZK, Answer.AGREED, is_first=True, who="bzk"),
    Answered("vng", Answer.AGREED, is_first=True, who="vng"),
    Answered(EZ, Answer.AGREED_IF, remark="Voorbeeld van een voorwaarde.", proof=f"mail ({EXAMPLE})"),
    Answered("ipo", Answer.AGREED_IF, remark="Voorbeeld: zie het voorstel bij hoofdlijn B.", who="ipo"),
    *(Answered(key, Answer.AGREED, in_meeting=True) for key in (BZ, LNV, SZW)),
)
_WAITING = (BZK, "uvw")  # asked, and to answer still or again


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=_AMSTERDAM)


@dataclass
class Round:
    """One letter in its round, with what every step needs."""

    letter: Letter
    users: dict[str, User]
    known: Organisations
    sections: dict[str, Section] = field(init=False)

    def __post_init__(self) -> None:
        self.sections = {row.code: row for row in self.letter.sections.all()}

    def user(self, who: str) -> User:
        return self.users[f"{who}@voorbeeld.example"]

    @property
    def secretariat(self) -> User:
        return self.user("secretariaat")


def load_steps(writer: Writer) -> None:
    """The internal line as set up; whoever set it up otherwise, keeps that."""
    if not LineStep.objects.exists():
        rows = ({"title": title, "order": order} for order, title in enumerate(STEPS, 1))
        writer.write(LineStep, rows, key=["title"])


def load(writer: Writer, users: dict[str, User], known: Organisations, lines: Lines) -> None:
    """Once, for a letter that is new: what people did with it since, is theirs."""
    found = Round(Letter.objects.get(slug=OF_2025), users, known)
    meeting = _meeting(writer, lines)
    _begin(found)
    first, now = _readings(found)
    _asked(found)
    replies = {item.key: _reply(found, item, first if item.is_first else now, meeting) for item in _ANSWERS}
    _remark(found, replies["vng"], "B", 1)
    _remark(found, replies[EZ], "D", 0)
    _propose(found, replies["ipo"])
    _choose(found)
    _comment(found)


def _begin(found: Round) -> None:
    step = {"from_state": LetterState.DRAFT, "to_state": LetterState.IN_AGREEMENT}
    Passage.objects.create(letter=found.letter, **step, at=at(_BEGUN), by=found.secretariat)


def _readings(found: Round) -> tuple[Reading, Reading]:
    """The text as it was first read, and, once the words of now are in their place, that of now."""
    for code, (_now, then) in EARLIER.items():
        section = found.sections[code]
        section.text = section.text.replace(then, EARLIER[code][0])
        section.save(update_fields=["text"])
    now = text_of(found.letter)[0]
    readings = take_reading(found.letter, _as_it_was(now)), take_reading(found.letter, now)
    for row, day in zip(readings, (_BEGUN, _CHANGED), strict=True):
        row.taken_at = at(day, 9)
        row.save(update_fields=["taken_at"])
    return readings


def _as_it_was(text: ReadText) -> ReadText:
    return ReadText(tuple(_section_as_it_was(section) for section in text.sections))


def _section_as_it_was(section: ReadSection) -> ReadSection:
    code = section.heading.partition(".")[0]
    found = tuple(
        replace(item, html=earlier(code, item.html), words=earlier(code, item.words))
        for item in section.paragraphs
    )
    return replace(section, paragraphs=found)


def _asked(found: Round) -> None:
    rows = Assent.objects.filter(letter=found.letter)
    asked = [*_WAITING, *(item.key for item in _ANSWERS)]
    rows.filter(organisation__key__in=asked).update(asked_on=_ASKED, due_on=_DUE)
    rows.filter(organisation__key__in=_WAITING).update(is_asked=True)


def _reply(found: Round, item: Answered, reading: Reading, meeting: Consultation) -> Reply:
    assent = Assent.objects.get(letter=found.letter, organisation=found.known[item.key])
    day = _READ_FIRST if item.is_first else _READ_NOW
    by = found.user(item.who) if item.who else found.secretariat
    shared: Fields = {
        "answer": item.answer,
        "given_on": day,
        "function": FUNCTION,
        "proof": item.proof,
        "remark": item.remark,
        "reading": reading,
        "recorded_by": by,
    }
    for name, value in shared.items():
        setattr(assent, name, value)
    assent.paragraphs = [
        Paragraph(block["html"]).sha256 for part in reading.content for block in part["paragraphs"]
    ]
    assent.save()
    held = meeting if item.in_meeting else None
    return Reply.objects.create(
        assent=assent, consultation=held, is_own=bool(item.who), recorded_at=at(day), **shared
    )


def _meeting(writer: Writer, lines: Lines) -> Consultation:
    row = {
        "slug": MEETING,
        "kind": ConsultationKind.DIRECTORS,
        "title": "Directeurenoverleg MVI (voorbeeld)",
        "held_on": PartialDate.day(_READ_NOW),
        "line": lines[MAIN_LINES, "A"],
        **DEMO,
    }
    (meeting,) = writer.write(Consultation, [row], key=["slug"]).values()
    return meeting


def _remark(found: Round, reply: Reply, code: str, place: int) -> None:
    section = found.sections[code]
    block = paragraphs(section.text)[place]
    Remark.objects.create(
        reply=reply,
        section=section,
        heading=section.heading,
        sha256=block.sha256,
        words=block.text,
        text="Voorbeeld van een opmerking bij deze alinea.",
    )


def _propose(found: Round, reply: Reply) -> None:
    """One that is open, and one that was not taken over."""
    section = found.sections["B"]
    blocks = paragraphs(section.text)
    shared: Fields = {
        "letter": found.letter,
        "section": section,
        "source": ProposalSource.PARTY,
        "from_whom": f"IPO, {FUNCTION}",
        "reply": reply,
        "made_by": reply.recorded_by,
        "made_at": at(_READ_NOW),
        "comment": "Voorbeeld van een voorstel.",
    }
    words = blocks[2].text
    changed = words.replace("helpen hen daarbij", "helpen hen daarbij, ook na afloop van een groep")
    Proposal.objects.create(**shared, sha256=blocks[2].sha256, old=words, new=changed)
    words = blocks[0].text
    decided: Fields = {
        "state": ProposalState.DECLINED,
        "decided_at": at(_READ_NOW, 15),
        "decided_by": found.secretariat,
        "why": "Voorbeeld: de brief volgt hier de woorden van het plan.",
    }
    changed = words.replace("verandert een markt niet", "verandert een markt nog niet")
    Proposal.objects.create(**shared, **decided, sha256=blocks[0].sha256, old=words, new=changed)


def _choose(found: Round) -> None:
    """What two of the three changes mean; the third waits for the secretariat."""
    for code, (choice, why) in _CHOICES.items():
        section = found.sections[code]
        block = next(item for item in paragraphs(section.text) if EARLIER[code][0] in item.text)
        before = Paragraph(earlier(code, block.html))
        TextChange.objects.create(
            letter=found.letter,
            section=section,
            old_sha256=before.sha256,
            new_sha256=block.sha256,
            old_words=before.text,
            new_words=block.text,
            choice=choice,
            why=why,
            at=at(_CHANGED, 11),
            by=found.secretariat,
        )


def _comment(found: Round) -> None:
    """One that is open, with an answer, and one that was dealt with."""
    said = found.user("ienw"), found.secretariat
    first = _said(found, "B", 1, at(_CHANGED, 13), said[0], "Voorbeeld: noemen we hier ook de facilitators?")
    answer = "Voorbeeld: die staan in de alinea hierna."
    Comment.objects.create(
        section=first.section,
        anchor=first.anchor,
        words=first.words,
        parent=first,
        text=answer,
        by=said[1],
        at=at(_CHANGED, 14),
    )
    done = _said(found, "A", 0, at(_BEGUN, 15), said[0], "Voorbeeld: kan deze zin korter?")
    done.resolved_at, done.resolved_by = at(_BEGUN, 16), said[1]
    done.save(update_fields=["resolved_at", "resolved_by"])


def _said(found: Round, code: str, place: int, moment: datetime, by: User, text: str) -> Comment:
    section = found.sections[code]
    block = paragraphs(section.text)[place]
    return Comment.objects.create(
        section=section, anchor=block.sha256, words=block.text, text=text, by=by, at=moment
    )
