"""The pages of the letters, a room for each noun."""

from reports.views.letters import LetterList, letter_detail
from reports.views.sections import section_edit
from reports.views.versions import (
    version_build,
    version_cancel,
    version_detail,
    version_file,
    version_progress,
)

__all__ = [
    "LetterList",
    "letter_detail",
    "section_edit",
    "version_build",
    "version_cancel",
    "version_detail",
    "version_file",
    "version_progress",
]
