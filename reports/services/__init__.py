"""The verbs of the letter."""

from reports.services.building import BUILD, build_once, cancel_build, request_build
from reports.services.freezing import freeze_letter
from reports.services.locks import sent, texts_locked
from reports.services.passing import advance, step_back
from reports.services.texts import edit_section

__all__ = [
    "BUILD",
    "advance",
    "build_once",
    "cancel_build",
    "edit_section",
    "freeze_letter",
    "request_build",
    "sent",
    "step_back",
    "texts_locked",
]
