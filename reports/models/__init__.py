"""The letter to parliament: what it says, who sends it, and every version that was built of it."""

from reports.models.agreement import Answer, Assent, AssentKind, Remark, Reply
from reports.models.annexes import Annex, AnnexKind, AnnexPlace
from reports.models.comments import Comment
from reports.models.freezes import Freeze
from reports.models.letters import (
    CoSender,
    Letter,
    LetterState,
    Marking,
    Section,
)
from reports.models.line import Decision, LineRecord, LineStep, Verdict
from reports.models.notes import (
    DecisionNote,
    Ground,
    NoteSection,
    NoteTemplate,
    TemplateSection,
    Withholding,
)
from reports.models.parcels import Edition, Parcel, ParcelFile
from reports.models.parties import Addressee, AddresseeAddress, SenderDetails
from reports.models.passages import Passage
from reports.models.planning import PlanStep, Recess, StepKind
from reports.models.proposals import Choice, Proposal, ProposalSource, ProposalState, TextChange
from reports.models.readings import Reading
from reports.models.reasons import FigureReason
from reports.models.sent import DifferenceKind, SentDifference, SentFile
from reports.models.taken import Taken
from reports.models.versions import BUILD_STEPS, LetterVersion, VersionState
from reports.models.waivers import CheckKey, Waiver
from reports.models.word import ImportState, WordExport, WordImport
from reports.models.written import Written

__all__ = [
    "BUILD_STEPS",
    "Addressee",
    "AddresseeAddress",
    "Annex",
    "AnnexKind",
    "AnnexPlace",
    "Answer",
    "Assent",
    "AssentKind",
    "CheckKey",
    "Choice",
    "CoSender",
    "Comment",
    "Decision",
    "DecisionNote",
    "DifferenceKind",
    "Edition",
    "FigureReason",
    "Freeze",
    "Ground",
    "ImportState",
    "Letter",
    "LetterState",
    "LetterVersion",
    "LineRecord",
    "LineStep",
    "Marking",
    "NoteSection",
    "NoteTemplate",
    "Parcel",
    "ParcelFile",
    "Passage",
    "PlanStep",
    "Proposal",
    "ProposalSource",
    "ProposalState",
    "Reading",
    "Recess",
    "Remark",
    "Reply",
    "Section",
    "SenderDetails",
    "SentDifference",
    "SentFile",
    "StepKind",
    "Taken",
    "TemplateSection",
    "TextChange",
    "Verdict",
    "VersionState",
    "Waiver",
    "Withholding",
    "WordExport",
    "WordImport",
    "Written",
]
