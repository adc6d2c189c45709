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
from monitoring.services.rounds import (
    ask_round,
    change_round,
    close_round,
    drop_round,
    make_round,
    move_due,
    reopen_round,
)

__all__ = [
    "NO_ANSWER",
    "NO_REMARK",
    "NotPossible",
    "accept_entry",
    "agree",
    "keep_fact",
    "remove_fact",
    "ask_round",
    "change_round",
    "close_round",
    "drop_round",
    "make_round",
    "move_due",
    "reopen_round",
    "return_entry",
    "save_entry",
    "submit_entry",
    "take_back_entry",
]
