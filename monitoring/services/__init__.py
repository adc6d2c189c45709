"""The verbs of line D: one function is one intention of a user, keyword-only, atomic, in the history."""

from monitoring.services.agreements import agree
from monitoring.services.facts import keep_fact, remove_fact
from monitoring.services.progress import (
    NO_ANSWER,
    NO_REMARK,
    NotPossible,
    accept_entry,
    return_entry,
    save_entry,
    submit_entry,
    take_back_entry,
)

__all__ = [
    "NO_ANSWER",
    "NO_REMARK",
    "NotPossible",
    "accept_entry",
    "agree",
    "keep_fact",
    "remove_fact",
    "return_entry",
    "save_entry",
    "submit_entry",
    "take_back_entry",
]
