"""The verbs of the agreement on a letter, together."""

from reports.services.answering import TEXT_CHANGED, Given, Said, give_answer, meet_condition
from reports.services.asking import ask, remind
from reports.services.locks import sent
from reports.services.parties import add_party, propose_parties, remove_party
from reports.services.passing import advance, step_back
from reports.services.texts import edit_section

__all__ = [
    "TEXT_CHANGED",
    "Given",
    "Said",
    "add_party",
    "advance",
    "ask",
    "edit_section",
    "give_answer",
    "meet_condition",
    "propose_parties",
    "remind",
    "remove_party",
    "sent",
    "step_back",
]
