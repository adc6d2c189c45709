"""The pages of line B, a room for each noun."""

from buyergroups.views.exports import OutputExport, ParticipationExport, PhaseExport
from buyergroups.views.groups import group_detail, group_edit, group_new
from buyergroups.views.lists import BuyerGroupList
from buyergroups.views.rows import output_file, row_drop, row_edit, row_new
from buyergroups.views.timeline import timeline

__all__ = [
    "BuyerGroupList",
    "OutputExport",
    "ParticipationExport",
    "PhaseExport",
    "group_detail",
    "group_edit",
    "group_new",
    "output_file",
    "row_drop",
    "row_edit",
    "row_new",
    "timeline",
]
