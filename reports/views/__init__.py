"""The pages of the letters, a room for each noun."""

from reports.views.checking import check_count_again, check_waive, letter_checks
from reports.views.comments import comment_reply, comment_settle, note_section_comments, section_comments
from reports.views.composing import letter_edit, letter_new, letter_reference, letter_remove
from reports.views.earlier import note_section_earlier, section_earlier
from reports.views.keeping import kept_edit, kept_list, kept_new
from reports.views.letters import LetterList, letter_detail
from reports.views.material import section_material
from reports.views.note_material import note_material
from reports.views.note_sections import (
    note_passages,
    passage_release,
    passage_withhold,
)
from reports.views.note_templates import template_detail, template_edit
from reports.views.notes import note_detail, note_edit, note_list, note_make, note_preview
from reports.views.parts import part_list, part_move, part_new, part_remove, part_rename
from reports.views.passing import letter_advance, letter_back
from reports.views.planning import letter_plan, plan_step, recess_edit, recess_list, recess_new, recess_remove
from reports.views.preview import (
    letter_figures,
    letter_preview,
    version_figures,
    version_pages,
    version_picture,
    version_preview,
)
from reports.views.remembering import figure_then, letter_then, then_export
from reports.views.sections import (
    note_section_checks,
    note_section_draft,
    note_section_edit,
    note_section_preview,
    section_checks,
    section_draft,
    section_edit,
    section_preview,
)
from reports.views.versions import (
    version_build,
    version_cancel,
    version_detail,
    version_file,
    version_progress,
)

__all__ = [
    "LetterList",
    "check_count_again",
    "check_waive",
    "comment_reply",
    "comment_settle",
    "figure_then",
    "kept_edit",
    "kept_list",
    "kept_new",
    "letter_advance",
    "letter_back",
    "letter_checks",
    "letter_detail",
    "letter_edit",
    "letter_figures",
    "letter_new",
    "letter_plan",
    "letter_preview",
    "letter_reference",
    "letter_remove",
    "letter_then",
    "note_detail",
    "note_edit",
    "note_list",
    "note_make",
    "note_material",
    "note_passages",
    "note_preview",
    "note_section_checks",
    "note_section_comments",
    "note_section_draft",
    "note_section_earlier",
    "note_section_edit",
    "note_section_preview",
    "part_list",
    "part_move",
    "part_new",
    "part_remove",
    "part_rename",
    "passage_release",
    "passage_withhold",
    "plan_step",
    "recess_edit",
    "recess_list",
    "recess_new",
    "recess_remove",
    "section_checks",
    "section_comments",
    "section_draft",
    "section_earlier",
    "section_edit",
    "section_material",
    "section_preview",
    "template_detail",
    "template_edit",
    "then_export",
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
