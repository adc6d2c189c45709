"""The verbs of the letter."""

from reports.services.building import BUILD, build_once, cancel_build, request_build
from reports.services.composing import (
    add_part,
    edit_letter,
    move_part,
    remove_letter,
    remove_part,
    rename_part,
    start_letter,
)
from reports.services.freezing import freeze_letter
from reports.services.locks import sent, texts_locked
from reports.services.passing import advance, step_back
from reports.services.texts import edit_section

__all__ = [
    "BUILD",
    "add_part",
    "advance",
    "build_once",
    "cancel_build",
    "edit_letter",
    "edit_section",
    "freeze_letter",
    "move_part",
    "remove_letter",
    "remove_part",
    "rename_part",
    "request_build",
    "sent",
    "start_letter",
    "step_back",
    "texts_locked",
]
