"""Line D, the integral approach: the plan's frame, its progress, and all that a letter tells about."""

from monitoring.models.activities import Activity, ActivityStatus, Milestone
from monitoring.models.adding import NotSummable
from monitoring.models.attachments import EntryFile, EntryPaper
from monitoring.models.commitments import (
    Commitment,
    CommitmentKind,
    CommitmentParty,
    CommitmentSide,
    CommitmentStatus,
    CommitmentStep,
)
from monitoring.models.consultations import (
    Consultation,
    ConsultationDecision,
    ConsultationKind,
    Participant,
)
from monitoring.models.context import FinanceCover, Position, PositionKind
from monitoring.models.following import Follow, Visit
from monitoring.models.frame import Frame, LineMapping, PlanRole, PolicyLine, Role
from monitoring.models.indicators import (
    Basis,
    Direction,
    Indicator,
    IndicatorMethod,
    IndicatorTarget,
    Qualifier,
)
from monitoring.models.measurements import Measurement
from monitoring.models.outreach import Channel, CommunicationMoment, Example, Programme, ProgrammeKind
from monitoring.models.papers import Paper, PaperKind, PaperParty, PaperPoint, PaperSender, SenderRole
from monitoring.models.progress import EntryState, ProgressEntry
from monitoring.models.published import PublishedFigure
from monitoring.models.rounds import ProgressQuestion, ProgressRequest, ProgressRound

__all__ = [
    "Activity",
    "ActivityStatus",
    "Basis",
    "Channel",
    "Commitment",
    "CommitmentKind",
    "CommitmentParty",
    "CommitmentSide",
    "CommitmentStatus",
    "CommitmentStep",
    "CommunicationMoment",
    "Consultation",
    "ConsultationDecision",
    "ConsultationKind",
    "Direction",
    "EntryFile",
    "EntryPaper",
    "EntryState",
    "Example",
    "FinanceCover",
    "Follow",
    "Frame",
    "Indicator",
    "IndicatorMethod",
    "IndicatorTarget",
    "LineMapping",
    "Measurement",
    "Milestone",
    "NotSummable",
    "Paper",
    "PaperKind",
    "PaperParty",
    "PaperPoint",
    "PaperSender",
    "Participant",
    "PlanRole",
    "PolicyLine",
    "Position",
    "PositionKind",
    "Programme",
    "ProgrammeKind",
    "ProgressEntry",
    "ProgressQuestion",
    "ProgressRequest",
    "ProgressRound",
    "PublishedFigure",
    "Qualifier",
    "Role",
    "SenderRole",
    "Visit",
]
