"""The pages of the letters, a room for each noun."""

from reports.views.letters import LetterList, letter_detail
from reports.views.passing import letter_advance, letter_back
from reports.views.preview import (
    letter_figures,
    letter_preview,
    version_figures,
    version_pages,
    version_picture,
    version_preview,
)
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
    "letter_advance",
    "letter_back",
    "letter_detail",
    "letter_figures",
    "letter_preview",
    "section_edit",
    "version_build",
    "version_cancel",
    "version_detail",
    "version_figures",
    "version_file",
    "version_pages",
    "version_picture",
    "version_preview",
    "version_progress",
]
