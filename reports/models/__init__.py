"""The letter to parliament: what it says, who sends it, and every version that was built of it."""

from reports.models.agreement import Answer, Assent, AssentKind, Reading, Remark, Reply
from reports.models.comments import Comment
from reports.models.freezes import Freeze
from reports.models.letters import Annex, AnnexKind, AnnexPlace, CoSender, Letter, LetterState, Section
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
from reports.models.taken import Taken
from reports.models.versions import BUILD_STEPS, LetterVersion, SentFile, VersionState
from reports.models.waivers import CheckKey, Waiver

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
    "DecisionNote",
    "Edition",
    "Freeze",
    "Ground",
    "Letter",
    "LetterState",
    "LetterVersion",
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
    "SentFile",
    "StepKind",
    "Taken",
    "TemplateSection",
    "TextChange",
    "VersionState",
    "Waiver",
    "Withholding",
]
