"""The verbs of the letter."""

from reports.services.building import BUILD, build_once, cancel_build, request_build
from reports.services.commenting import comment, reopen, reply, settle
from reports.services.composing import (
    add_part,
    edit_letter,
    move_part,
    remove_letter,
    remove_part,
    rename_part,
    set_reference,
    start_letter,
    why_it_stays,
)
from reports.services.freezing import freeze_letter
from reports.services.keeping import keep
from reports.services.locks import sent, texts_locked
from reports.services.notes import (
    change_note,
    edit_note_section,
    make_note,
    new_template,
    note_locked,
    release,
    withhold,
)
from reports.services.parcels import PARCEL, cancel_parcel, parcel_once, request_parcel
from reports.services.passing import advance, step_back
from reports.services.planning import keep_recess, plan_letter, remove_recess, set_step
from reports.services.taking import take_material, take_note_material
from reports.services.texts import edit_section
from reports.services.waiving import finding_at, unwaive, waive

__all__ = [
    "BUILD",
    "PARCEL",
    "add_part",
    "advance",
    "build_once",
    "cancel_build",
    "cancel_parcel",
    "change_note",
    "comment",
    "edit_letter",
    "edit_note_section",
    "edit_section",
    "finding_at",
    "freeze_letter",
    "keep",
    "keep_recess",
    "make_note",
    "move_part",
    "new_template",
    "note_locked",
    "parcel_once",
    "plan_letter",
    "release",
    "remove_letter",
    "remove_part",
    "remove_recess",
    "rename_part",
    "reopen",
    "reply",
    "request_build",
    "request_parcel",
    "sent",
    "set_reference",
    "set_step",
    "settle",
    "start_letter",
    "step_back",
    "take_material",
    "take_note_material",
    "texts_locked",
    "unwaive",
    "waive",
    "why_it_stays",
    "withhold",
]
