"""The letter to parliament: what it says, who sends it, and every version that was built of it."""

from reports.models.agreement import Answer, Assent, AssentKind
from reports.models.freezes import Freeze
from reports.models.letters import Annex, AnnexKind, AnnexPlace, CoSender, Letter, LetterState, Section
from reports.models.notes import DecisionNote, NoteSection
from reports.models.parties import Addressee, AddresseeAddress, SenderDetails
from reports.models.passages import Passage
from reports.models.versions import BUILD_STEPS, LetterVersion, SentFile, VersionState

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
    "CoSender",
    "DecisionNote",
    "Freeze",
    "Letter",
    "LetterState",
    "LetterVersion",
    "NoteSection",
    "Passage",
    "Section",
    "SenderDetails",
    "SentFile",
    "VersionState",
]
