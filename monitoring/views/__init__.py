"""The pages of line D, a room for each noun."""

from monitoring.views.activities import ActivityList, activity_detail
from monitoring.views.attaching import (
    entry_attach,
    entry_detach,
    entry_file,
    prepared_attach,
    prepared_detach,
    prepared_file,
)
from monitoring.views.commitments import CommitmentList, commitment_detail
from monitoring.views.consultations import (
    ConsultationList,
    consultation_detail,
    consultation_sheet,
    decision_agree,
)
from monitoring.views.following import follow, follow_list
from monitoring.views.frames import frame_copy, frame_list, frame_mapping, frame_roles
from monitoring.views.indicators import IndicatorList, ValueExport, indicator_detail
from monitoring.views.new_round import round_new
from monitoring.views.papers import PaperList, paper_detail
from monitoring.views.plan import frame_detail, line_detail, start
from monitoring.views.prepared import prepared_detail, prepared_draft, prepared_list
from monitoring.views.progress import (
    entry_decide,
    entry_detail,
    entry_draft,
    entry_nothing_new,
    entry_take_back,
    entry_use_prepared,
    request_detail,
)
from monitoring.views.rounds import (
    round_detail,
    round_edit,
    round_line,
    round_list,
    round_remind,
    round_step,
)

__all__ = [
    "ActivityList",
    "CommitmentList",
    "ConsultationList",
    "IndicatorList",
    "PaperList",
    "ValueExport",
    "activity_detail",
    "commitment_detail",
    "consultation_detail",
    "consultation_sheet",
    "decision_agree",
    "entry_attach",
    "entry_decide",
    "entry_detach",
    "entry_detail",
    "entry_draft",
    "entry_file",
    "entry_nothing_new",
    "entry_take_back",
    "entry_use_prepared",
    "follow",
    "follow_list",
    "frame_copy",
    "frame_detail",
    "frame_list",
    "frame_mapping",
    "frame_roles",
    "indicator_detail",
    "line_detail",
    "paper_detail",
    "prepared_attach",
    "prepared_detach",
    "prepared_detail",
    "prepared_draft",
    "prepared_file",
    "prepared_list",
    "request_detail",
    "round_detail",
    "round_edit",
    "round_line",
    "round_list",
    "round_new",
    "round_remind",
    "round_step",
    "start",
]
