"""What is typed about buyer groups."""

from buyergroups.forms.groups import GroupForm
from buyergroups.forms.rows import OutputForm, ParticipationForm, PhaseForm

__all__ = ["GroupForm", "OutputForm", "ParticipationForm", "PhaseForm"]
