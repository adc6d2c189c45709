"""How far a letter is in the internal line: step by step, then the decision of each sending office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from reports.agreement.reading import ReadSection, ReadText, read_sections, text_of
from reports.frozen import FrozenLetter
from reports.models import Decision, DecisionNote, Letter, LetterState, LineRecord, LineStep, Verdict
from signatories.models import Office

TONES = {
    Verdict.AGREED: "good",
    Verdict.WITH_CHANGE: "warn",
    Verdict.DISCUSS: "warn",
    Verdict.NOT_AGREED: "bad",
}


@dataclass(frozen=True)
class Stage:
    """One step of the line, and the latest record of it; `is_current`: on the text of now."""

    step: LineStep
    record: LineRecord | None
    is_current: bool

    @property
    def is_done(self) -> bool:
        return self.record is not None and self.is_current

    @property
    def state(self) -> str:
        if self.record is None:
            return "nog niet"
        return "gezien" if self.is_current else "gezien, op een eerdere tekst"

    @property
    def tone(self) -> str:
        return "good" if self.is_done else "warn" if self.record else "neutral"


@dataclass(frozen=True)
class Ruling:
    """The decision that an office is to take, and its latest; `is_current`: on the text of now."""

    office: Office
    decision: Decision | None
    is_current: bool

    @property
    def missing(self) -> str:
        """Why the letter is not decided yet; empty when it is. A change that was asked must be made."""
        if self.decision is None:
            return f"{self.office} heeft nog niet besloten."
        match Verdict(self.decision.verdict):
            case Verdict.AGREED:
                told = (
                    f"De tekst van de brief of van de nota is gewijzigd sinds het besluit van {self.office}: "
                    "leg het opnieuw voor."
                )
                return "" if self.is_current else told
            case Verdict.WITH_CHANGE:
                told = (
                    f"{self.office} is akkoord met wijziging: voer de wijziging door in de nota, of zet de "
                    "brief terug en voer haar door in de brief."
                )
                return told if self.is_current else ""
            case Verdict.DISCUSS:
                return f"{self.office} wil de brief bespreken."
            case Verdict.NOT_AGREED:
                return f"{self.office} is niet akkoord."

    @property
    def state(self) -> str:
        return self.decision.get_verdict_display() if self.decision else "nog geen besluit"

    @property
    def tone(self) -> str:
        return TONES[Verdict(self.decision.verdict)] if self.decision else "neutral"


class Line:
    """The line of one letter. A step is of the letter with all its notes, a decision with its own note."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    @cached_property
    def offices(self) -> list[Office]:
        """The sender, and every office for which there is a decision note."""
        noted = [note.office for note in self._notes if note.office_id != self.letter.sender_id]
        return [self.letter.sender, *noted]

    @cached_property
    def sha256(self) -> str:
        return self._fingerprint(self._notes)

    def sha256_for(self, office: Office) -> str:
        """Of what the office has before it."""
        return self._fingerprint([note for note in self._notes if note.office_id == office.pk])

    def _fingerprint(self, notes: Iterable[DecisionNote]) -> str:
        text, letter = self._text
        told: list[ReadSection] = []
        for note in notes:
            told += read_sections(sorted(note.sections.all(), key=lambda row: row.order), letter.figures)
        return ReadText((*text.sections, *told)).sha256

    @cached_property
    def _text(self) -> tuple[ReadText, FrozenLetter]:
        return text_of(self.letter)

    @cached_property
    def _notes(self) -> list[DecisionNote]:
        rows = self.letter.decision_notes.select_related("office").prefetch_related("sections")
        return list(rows.order_by("office__slug"))

    @cached_property
    def stages(self) -> list[Stage]:
        latest: dict[str, LineRecord] = {}
        for record in self.letter.line_records.select_related("recorded_by"):
            latest.setdefault(record.step, record)
        return [self._stage(step, latest.get(step.title)) for step in LineStep.objects.all()]

    def _stage(self, step: LineStep, record: LineRecord | None) -> Stage:
        return Stage(step, record, record is not None and record.text_sha256 == self.sha256)

    @cached_property
    def rulings(self) -> list[Ruling]:
        latest: dict[int, Decision] = {}
        for decision in self.letter.decisions.select_related("recorded_by"):
            latest.setdefault(decision.office_id, decision)
        return [self._ruling(office, latest.get(office.pk)) for office in self.offices]

    def _ruling(self, office: Office, decision: Decision | None) -> Ruling:
        is_current = decision is not None and decision.text_sha256 == self.sha256_for(office)
        return Ruling(office, decision, is_current)

    @property
    def next_stage(self) -> Stage | None:
        """Steps come in order."""
        return next((stage for stage in self.stages if not stage.is_done), None)

    @property
    def missing(self) -> list[str]:
        stages = [f"De stap '{stage.step}' is nog niet gezet." for stage in self.stages if not stage.is_done]
        return [*stages, *(ruling.missing for ruling in self.rulings if ruling.missing)]

    @property
    def waiting(self) -> Iterable[str]:
        """The next step, and when all are done the offices."""
        if self.next_stage:
            return [str(self.next_stage.step)]
        return [str(ruling.office) for ruling in self.rulings if ruling.missing]


def line_of(letter: Letter) -> Line:
    """The line of this letter as it was fetched, made once for a page."""
    if "_line" not in letter.__dict__:
        letter.__dict__["_line"] = Line(letter)
    found: Line = letter.__dict__["_line"]
    return found


def is_in_line(letter: Letter) -> bool:
    return letter.stand in (LetterState.AGREED, LetterState.DECIDED, LetterState.FINAL)
