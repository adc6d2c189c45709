"""The verbs of line B: one function is one intention of a user, keyword-only, atomic, in the history.

What is refused raises ValidationError with a Dutch message.
"""

from buyergroups.services.groups import change_group, make_group
from buyergroups.services.phases import drop_phase, save_phase
from buyergroups.services.rows import drop_output, drop_participation, save_output, save_participation

__all__ = [
    "change_group",
    "drop_output",
    "drop_participation",
    "drop_phase",
    "make_group",
    "save_output",
    "save_participation",
    "save_phase",
]
