"""The pages of the agreement on a letter, a room for each noun."""

from reports.views.agreement.answering import consultation_new, party_answer, party_record, reply_file
from reports.views.agreement.board import agreement, agreement_ask, agreement_propose, agreement_remind
from reports.views.agreement.parties import party_condition, party_detail, party_new, party_remove

__all__ = [
    "agreement",
    "agreement_ask",
    "agreement_propose",
    "agreement_remind",
    "consultation_new",
    "party_answer",
    "party_condition",
    "party_detail",
    "party_new",
    "party_record",
    "party_remove",
    "reply_file",
]
