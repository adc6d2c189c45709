"""The pages of the letters, a room for each noun."""

from reports.views.composing import letter_edit, letter_new, letter_remove
from reports.views.letters import LetterList, letter_detail
from reports.views.parts import part_list, part_move, part_new, part_remove, part_rename
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
    "letter_edit",
    "letter_figures",
    "letter_new",
    "letter_preview",
    "letter_remove",
    "part_list",
    "part_move",
    "part_new",
    "part_remove",
    "part_rename",
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
