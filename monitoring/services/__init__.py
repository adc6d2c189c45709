"""The verbs of line D: one function is one intention of a user, keyword-only, atomic, in the history."""

from monitoring.services.attaching import attach_file, attach_paper, detach
from monitoring.services.consultations import agree, request_sheet, sheets_of
from monitoring.services.facts import keep_fact, remove_fact
from monitoring.services.following import follow, looked, unfollow
from monitoring.services.frames import copy_frame, map_lines
from monitoring.services.inviting import Sent, remind, tell_returned
from monitoring.services.progress import (
    NO_ANSWER,
    NO_REMARK,
    NOT_PREPARED,
    NotPossible,
    OtherText,
    accept_entry,
    edition_of_entry,
    prepare_entry,
    report_nothing_new,
    return_entry,
    save_entry,
    submit_entry,
    take_back_entry,
    use_prepared,
)
from monitoring.services.rounds import (
    REPAIRED,
    ask_round,
    change_round,
    close_round,
    drop_round,
    make_round,
    move_due,
    reopen_round,
    repair_round,
)

__all__ = [
    "NOT_PREPARED",
    "NO_ANSWER",
    "NO_REMARK",
    "REPAIRED",
    "NotPossible",
    "OtherText",
    "Sent",
    "accept_entry",
    "agree",
    "ask_round",
    "attach_file",
    "attach_paper",
    "change_round",
    "close_round",
    "copy_frame",
    "detach",
    "drop_round",
    "edition_of_entry",
    "follow",
    "keep_fact",
    "looked",
    "make_round",
    "map_lines",
    "move_due",
    "prepare_entry",
    "remind",
    "remove_fact",
    "reopen_round",
    "repair_round",
    "report_nothing_new",
    "request_sheet",
    "return_entry",
    "save_entry",
    "sheets_of",
    "submit_entry",
    "take_back_entry",
    "tell_returned",
    "unfollow",
    "use_prepared",
]
