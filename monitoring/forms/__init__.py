"""What is typed about line D, a room for each noun."""

from monitoring.forms.activities import ActivityForm
from monitoring.forms.attaching import FileForm, PaperChoiceForm
from monitoring.forms.commitments import CommitmentForm
from monitoring.forms.consultations import ConsultationForm
from monitoring.forms.context import (
    CommunicationForm,
    ExampleForm,
    FinanceCoverForm,
    PositionForm,
    ProgrammeForm,
)
from monitoring.forms.facts import FactForm
from monitoring.forms.frames import CopyFrameForm, FrameForm, FrameRolesForm, MappingForm
from monitoring.forms.indicators import IndicatorForm, MeasurementForm
from monitoring.forms.papers import PaperForm
from monitoring.forms.progress import FORMS, EntryForm, RemarkForm, typed
from monitoring.forms.rounds import DueForm, RepairForm, RoundForm

__all__ = [
    "FORMS",
    "ActivityForm",
    "CommitmentForm",
    "CommunicationForm",
    "ConsultationForm",
    "CopyFrameForm",
    "DueForm",
    "EntryForm",
    "ExampleForm",
    "FactForm",
    "FileForm",
    "FinanceCoverForm",
    "FrameForm",
    "FrameRolesForm",
    "IndicatorForm",
    "MappingForm",
    "MeasurementForm",
    "PaperChoiceForm",
    "PaperForm",
    "PositionForm",
    "ProgrammeForm",
    "RemarkForm",
    "RepairForm",
    "RoundForm",
    "typed",
]
