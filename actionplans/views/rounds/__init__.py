"""The pages of a round of evaluations."""

from actionplans.views.rounds.assigning import evaluation_drop, round_assign, round_deal
from actionplans.views.rounds.choosing import RoundPlans
from actionplans.views.rounds.exporting import round_board_export, round_compare_export, round_results_export
from actionplans.views.rounds.keeping import (
    findings_edit,
    round_close,
    round_edit,
    round_new,
    round_reopen,
)
from actionplans.views.rounds.printing import (
    evaluation_concept,
    evaluation_reply,
    printed_cancel,
    printed_detail,
    printed_file,
    printed_progress,
    round_files,
    round_replies,
    round_report,
    round_template,
)
from actionplans.views.rounds.reading import RoundList, round_board, round_detail
from actionplans.views.rounds.results import round_compare, round_results

__all__ = [
    "RoundList",
    "RoundPlans",
    "evaluation_concept",
    "evaluation_drop",
    "evaluation_reply",
    "findings_edit",
    "printed_cancel",
    "printed_detail",
    "printed_file",
    "printed_progress",
    "round_assign",
    "round_board",
    "round_board_export",
    "round_close",
    "round_compare",
    "round_compare_export",
    "round_deal",
    "round_detail",
    "round_edit",
    "round_files",
    "round_new",
    "round_reopen",
    "round_replies",
    "round_report",
    "round_results",
    "round_results_export",
    "round_template",
]
